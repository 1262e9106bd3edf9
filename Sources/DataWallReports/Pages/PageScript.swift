/// The few lines of script of a page: what a mark says when pointed at, and tables unfolded for paper.
///
/// Without them nothing is lost: marks keep their titles, and every number is in a table.
enum PageScript {
    static let text = """

        (() => {
          const tip = document.body.appendChild(document.createElement('div'));
          tip.className = 'tip';
          tip.hidden = true;
          const texts = new Map();
          for (const title of document.querySelectorAll('.dw-chart title')) {
            const mark = title.parentNode;
            if (mark.tagName === 'svg') {
              mark.setAttribute('aria-label', title.textContent);
              mark.setAttribute('aria-describedby', mark.getAttribute('aria-labelledby').split(' ')[1]);
              mark.removeAttribute('aria-labelledby');
            } else {
              texts.set(mark, title.textContent);
            }
            title.remove();
          }
          const hide = () => { tip.hidden = true; };
          const show = event => {
            const text = texts.get(event.target);
            if (!text) { hide(); return; }
            tip.textContent = text;
            tip.hidden = false;
            const box = tip.getBoundingClientRect();
            const left = Math.min(Math.max(8, event.clientX - box.width / 2), innerWidth - box.width - 8);
            const above = event.clientY - box.height - 14;
            tip.style.left = left + 'px';
            tip.style.top = (above < 8 ? event.clientY + 18 : above) + 'px';
          };
          addEventListener('pointerover', show);
          addEventListener('pointerdown', show);
          addEventListener('scroll', hide, true);
          addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
          addEventListener('beforeprint', () => {
            for (const details of document.querySelectorAll('details:not(.rest)')) details.open = true;
          });
        })();

        """

    /// The digest by which the page allows this script and no other.
    static let digest = "sha256-/JzAhVdFF5dtYd+jEz0RjauYqNx6bFr53eY82JxcljY="
}
