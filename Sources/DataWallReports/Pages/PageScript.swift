/// The script of a page: it shows the tip of a mark that is pointed at or reached by keys, searches names in long
/// tables, marks the visible entry of the contents, and unfolds tables for paper.
///
/// Without it no number is lost: the marks of wide charts keep their titles, and every number is in a table.
enum PageScript {
    static let text = """

        (() => {
          const make = (tag, kind, parent) => {
            const element = document.createElement(tag);
            if (kind) element.className = kind;
            if (parent) parent.append(element);
            return element;
          };
          const tip = make('div', 'tip', document.body);
          tip.hidden = true;
          tip.setAttribute('role', 'status');
          const charts = document.querySelectorAll('.dw-chart');
          const texts = new Map();
          for (const title of document.querySelectorAll('.dw-chart title')) {
            texts.set(title.parentNode, title.textContent);
            title.remove();
          }
          // A narrow chart has the marks of the wide one in the same order, and their texts.
          const marksOf = place => place.querySelectorAll('.mark, .hit, .hollow');
          for (const narrow of document.querySelectorAll('.narrow')) {
            const wide = marksOf(narrow.closest('figure').querySelector('.wide'));
            marksOf(narrow).forEach((mark, index) => {
              if (texts.has(wide[index])) texts.set(mark, texts.get(wide[index]));
            });
          }
          let reached = null;
          const leave = () => {
            if (reached) reached.classList.remove('reached');
            reached = null;
          };
          const hide = () => { tip.hidden = true; };
          const say = (text, x, top, bottom) => {
            tip.textContent = text;
            tip.hidden = false;
            const box = tip.getBoundingClientRect();
            const above = top - box.height - 10;
            tip.style.left = Math.min(Math.max(8, x - box.width / 2), innerWidth - box.width - 8) + 'px';
            tip.style.top = (above < 8 ? bottom + 14 : above) + 'px';
          };
          const show = event => {
            const text = texts.get(event.target);
            if (text) say(text, event.clientX, event.clientY - 4, event.clientY + 4);
            else if (!reached) hide();
          };
          addEventListener('pointerover', show);
          addEventListener('pointerdown', show);
          addEventListener('scroll', () => { if (!reached) hide(); }, true);

          // Tab reaches a chart. Left and right go through its marks in order, up and down to the nearest one that way.
          const middle = mark => {
            const box = mark.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
          };
          const reach = mark => {
            leave();
            reached = mark;
            mark.classList.add('reached');
            mark.scrollIntoView({block: 'nearest', inline: 'nearest'});
            const box = mark.getBoundingClientRect();
            say(texts.get(mark), box.left + box.width / 2, box.top, box.bottom);
          };
          const nearest = (marks, way) => {
            const [x, y] = middle(reached);
            let best = reached;
            let least = Infinity;
            for (const mark of marks) {
              const [toX, toY] = middle(mark);
              const along = (toY - y) * way;
              const distance = along + 3 * Math.abs(toX - x);
              if (along < 0.5 || distance >= least) continue;
              least = distance;
              best = mark;
            }
            return best;
          };
          for (const chart of charts) {
            const marks = [...chart.querySelectorAll('*')].filter(mark => texts.has(mark));
            if (!marks.length) continue;
            chart.setAttribute('tabindex', '0');
            chart.setAttribute('aria-roledescription', 'chart: arrow keys read its values');
            chart.addEventListener('blur', () => { leave(); hide(); });
            chart.addEventListener('keydown', event => {
              const at = marks.indexOf(reached);
              const last = marks.length - 1;
              const next = {
                ArrowRight: () => marks[Math.min(at + 1, last)], ArrowLeft: () => marks[Math.max(at - 1, 0)],
                ArrowDown: () => at < 0 ? marks[0] : nearest(marks, 1),
                ArrowUp: () => at < 0 ? marks[last] : nearest(marks, -1),
                Home: () => marks[0], End: () => marks[last],
              }[event.key];
              if (!next) return;
              event.preventDefault();
              reach(next());
            });
          }
          addEventListener('keydown', event => { if (event.key === 'Escape') { leave(); hide(); } });

          // A table that is wider than its place says so.
          const cue = place => {
            const isCut = place.scrollWidth > place.clientWidth + 1;
            const next = place.nextElementSibling;
            const has = next !== null && next.className === 'more';
            if (isCut && !has) {
              const text = make('p', 'more');
              text.textContent = 'more columns: scroll \\u2192';
              place.after(text);
            }
            if (!isCut && has) next.remove();
            if (isCut) place.setAttribute('tabindex', '0');
            else place.removeAttribute('tabindex');
          };
          const places = document.querySelectorAll('.scroll');
          for (const place of places) cue(place);
          if ('ResizeObserver' in window) {
            const watch = new ResizeObserver(changes => { for (const change of changes) cue(change.target); });
            for (const place of places) watch.observe(place);
          }

          for (const table of document.querySelectorAll('table.search')) {
            const figure = table.closest('figure');
            if (figure.querySelector('.find')) continue;
            const row = make('label', 'find');
            row.textContent = 'Find a name ';
            const field = make('input', '', row);
            field.type = 'search';
            const found = make('span', '', row);
            found.setAttribute('role', 'status');
            figure.querySelector('.scroll').before(row);
            const rows = [...figure.querySelectorAll('tbody tr:not(.total)')];
            const folded = figure.querySelector('details.rest');
            field.addEventListener('input', () => {
              const wanted = field.value.trim().toLowerCase();
              let count = 0;
              for (const line of rows) {
                const fits = line.cells[0].textContent.toLowerCase().includes(wanted);
                line.hidden = !fits;
                if (fits) count += 1;
              }
              if (folded) folded.open = wanted !== '';
              found.textContent = wanted === '' ? '' : count + ' of ' + rows.length;
            });
          }

          const links = new Map();
          for (const link of document.querySelectorAll('nav a')) {
            const target = document.getElementById(link.hash.slice(1));
            if (target) links.set(target, link);
          }
          const contents = document.querySelector('nav');
          const parts = [...contents.querySelectorAll(':scope > ul > li')];
          if (links.size > 24) contents.classList.add('folded');
          let seen = null;
          const mark = () => {
            let current = null;
            for (const target of links.keys()) if (target.getBoundingClientRect().top < 120) current = target;
            if (current === seen) return;
            seen = current;
            for (const [target, link] of links) {
              if (target === current) link.setAttribute('aria-current', 'true');
              else link.removeAttribute('aria-current');
            }
            const link = links.get(current);
            if (!link) return;
            for (const part of parts) part.classList.toggle('near', part.contains(link));
            const at = link.getBoundingClientRect();
            const box = contents.getBoundingClientRect();
            if (at.height === 0) return;
            if (at.bottom > box.bottom || at.top < box.top) contents.scrollTop += at.top - box.top - box.height / 2;
          };
          let waits = false;
          addEventListener('scroll', () => {
            if (waits) return;
            waits = true;
            requestAnimationFrame(() => { waits = false; mark(); });
          }, {passive: true});
          mark();

          addEventListener('beforeprint', () => {
            for (const details of document.querySelectorAll('details:not(.rest)')) details.open = true;
          });
        })();

        """

    /// The digest by which the page allows this script and no other.
    static let digest = "sha256-00JwJ7Rc54k52Zhzj/Ykw8ubu3dNLnb8JPrEPHtCkrU="
}
