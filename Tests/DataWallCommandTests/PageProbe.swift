import Foundation

/// What a browser finds in a page, loaded at two widths side by side; nothing of it is shown.
enum PageProbe {
    /// What was measured of a page at a width.
    struct Measured: Decodable {
        var width: Int
        var scrollWidth: Int
        var isDark: Bool
        var scriptRan: Bool
        var titlesLeft: Int
        var marks: [String: Int]
        var overflowing: [String]
        /// Texts of too little contrast with what is behind them, as WCAG AA counts it.
        var faint: [String]
        /// How many texts were judged for it.
        var judged: Int
        /// What keys do not reach, or reach in a wrong order.
        var unreachable: [String]
        /// Charts whose marks were all read by the arrow keys.
        var readCharts: Int
        /// Rows that are left when the last name of a long table is looked up; -1 without such a table.
        var found: Int
        /// Tables that are wider than their place and do not say so.
        var uncued: [String]
    }

    static let page = """
        <!doctype html><meta charset="utf-8"><body><script>
        const frames = [390, 1440].map(width => {
          const frame = document.createElement('iframe');
          frame.style.cssText = `width:${width}px;height:900px;border:0`;
          frame.src = 'report.html';
          document.body.append(frame);
          return [width, frame];
        });
        \(functions)
        addEventListener('load', () => setTimeout(() => {
          const measured = frames.map(([width, frame]) => measure(frame.contentWindow, width));
          document.body.textContent = 'MEASURED' + JSON.stringify(measured) + 'DERUSAEM';
        }, 500));
        </script>
        """

    private static let functions = """
        const channels = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
        const opacity = color => color.length > 3 ? color[3] : 1;
        const blend = (over, share, under) => [0, 1, 2].map(i => over[i] * share + under[i] * (1 - share));
        const luminance = color => color.slice(0, 3).map(value => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        }).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
        const contrast = (a, b) => {
          const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
          return (x + 0.05) / (y + 0.05);
        };
        function behind(view, element) {
          let color = null;
          for (let at = element; at; at = at.parentElement) {
            const own = channels(view.getComputedStyle(at).backgroundColor);
            if (opacity(own) > 0) { color = own; break; }
          }
          color = color || [255, 255, 255];
          const svg = element.closest('svg');
          if (!svg) return color;
          const text = element.getBoundingClientRect();
          const [x, y] = [text.left + text.width / 2, text.top + text.height / 2];
          for (const cell of svg.querySelectorAll('.cell, .blank')) {
            const box = cell.getBoundingClientRect();
            if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
            const style = view.getComputedStyle(cell);
            color = blend(channels(style.fill), Number(style.fillOpacity), color);
          }
          return color;
        }
        function judge(view, result) {
          const page = view.document;
          for (const element of page.body.querySelectorAll('*')) {
            if (['SCRIPT', 'STYLE'].includes(element.tagName) || element.closest('.silent')) continue;
            if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
            if (element.tagName === 'desc' || !element.getClientRects().length) continue;
            const style = view.getComputedStyle(element);
            const isDrawn = element.closest('svg') !== null;
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
            const ratio = contrast(channels(isDrawn ? style.fill : style.color), behind(view, element));
            result.judged += 1;
            if (ratio < (isLarge ? 3 : 4.5))
              result.faint.push(`${element.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
          }
        }
        const press = (view, element, key) =>
          element.dispatchEvent(new view.KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
        function useKeys(view, result) {
          const page = view.document;
          const tip = page.querySelector('.tip');
          for (const element of page.querySelectorAll('a[href], summary, input, [tabindex]')) {
            if (element.id === 'main') continue;
            if (element.tabIndex !== 0) result.unreachable.push(`${element.tagName} ${element.textContent.slice(0, 40)}`);
          }
          for (const svg of page.querySelectorAll('svg')) {
            if (!svg.getClientRects().length || !svg.querySelector('.mark')) continue;
            const name = svg.closest('figure').id;
            svg.focus();
            if (page.activeElement !== svg) { result.unreachable.push(name); continue; }
            const reached = new Set();
            for (let before = -1; reached.size > before;) {
              before = reached.size;
              press(view, svg, 'ArrowRight');
              const mark = svg.querySelector('.reached');
              if (mark && !tip.hidden && tip.textContent) reached.add(mark);
            }
            const marks = svg.querySelectorAll('.mark').length;
            if (reached.size < marks) result.unreachable.push(`${name}: ${reached.size} of ${marks} marks`);
            for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'Home', 'End']) {
              press(view, svg, key);
              if (!svg.querySelector('.reached')) result.unreachable.push(`${name}: ${key}`);
            }
            press(view, svg, 'Escape');
            if (!tip.hidden) result.unreachable.push(`${name}: Escape`);
            svg.blur();
            result.readCharts += 1;
          }
          const field = page.querySelector('.find input');
          if (!field) return;
          const rows = [...field.closest('figure').querySelectorAll('tbody tr:not(.total)')];
          field.value = rows[rows.length - 1].cells[0].textContent;
          field.dispatchEvent(new view.Event('input'));
          result.found = rows.filter(row => row.getClientRects().length).length;
          field.value = '';
          field.dispatchEvent(new view.Event('input'));
        }
        function measure(view, width) {
          const page = view.document;
          const root = page.documentElement;
          const result = {
            width, scrollWidth: root.scrollWidth, scriptRan: page.querySelector('.tip') !== null,
            isDark: view.matchMedia('(prefers-color-scheme:dark)').matches,
            titlesLeft: page.querySelectorAll('.dw-chart title').length, marks: {}, overflowing: [],
            faint: [], judged: 0, unreachable: [], readCharts: 0, found: -1, uncued: [],
          };
          for (const place of page.querySelectorAll('.scroll')) {
            const isCut = place.scrollWidth > place.clientWidth + 1;
            const cue = place.nextElementSibling;
            if (isCut && place.checkVisibility() && !(cue && cue.className === 'more'))
              result.uncued.push(place.textContent.trim().slice(0, 40));
          }
          useKeys(view, result);
          for (const details of page.querySelectorAll('details')) details.open = true;
          for (const svg of page.querySelectorAll('svg')) {
            if (svg.getClientRects().length === 0) continue;
            const figure = svg.closest('figure').id;
            result.marks[figure] = svg.querySelectorAll('.mark').length;
            const box = svg.viewBox.baseVal;
            const [outer, scale] = [svg.getBoundingClientRect(), svg.getBoundingClientRect().width / box.width];
            for (const text of svg.querySelectorAll('text')) {
              const at = text.getBoundingClientRect();
              const [left, top] = [(at.left - outer.left) / scale, (at.top - outer.top) / scale];
              if (left < -1 || top < -1 || left + at.width / scale > box.width + 1 || top + at.height / scale > box.height + 1)
                result.overflowing.push(`${figure}: ${text.textContent}`);
            }
          }
          judge(view, result);
          for (const element of page.body.querySelectorAll('*')) {
            if (element.closest('.scroll') || element.closest('svg') || element.closest('.silent')) continue;
            if (element.closest('nav') || element.className === 'skip' || element.className === 'tip') continue;
            const place = element.getBoundingClientRect();
            if (place.width > 0 && (place.right > root.clientWidth + 1 || place.left < -1))
              result.overflowing.push(`${element.tagName}: ${element.textContent.slice(0, 60)}`);
          }
          return result;
        }
        """
}
