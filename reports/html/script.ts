/**
 * Conveniences; the page has all without them. It opens what a link leads into (older browsers do not), copies commands,
 * searches the matrix, and shows at a cell what its run says of it. It reads its own page only, and writes no markup.
 */
export const script = `'use strict';
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const reveal = () => {
    let id = '';
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
    target.scrollIntoView();
    const focused = target.localName === 'details' ? target.querySelector('summary') : target;
    if (!focused.hasAttribute('tabindex') && focused.localName !== 'summary') focused.tabIndex = -1;
    focused.focus({ preventScroll: true });
  };
  addEventListener('hashchange', reveal);
  reveal();

  for (const command of navigator.clipboard ? all('.command') : []) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy the command');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(command);
        button.textContent = 'Selected';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    command.after(button);
  }

  const search = document.getElementById('search');
  if (search) {
    search.parentElement.hidden = false;
    const rows = all('.matrix tbody tr:not(.area)');
    const heads = all('.matrix thead th').slice(1);
    const cols = all('.matrix col').slice(1);
    const found = document.getElementById('found');
    search.addEventListener('input', () => {
      const wanted = search.value.trim().toLowerCase();
      const has = (text) => text.toLowerCase().includes(wanted);
      const isRun = heads.map((head) => has(head.textContent));
      const isRow = rows.map((row) => has(row.firstChild.textContent));
      const [byRun, byRow] = [isRun.includes(true), isRow.includes(true)];
      cols.forEach((col, index) => {
        const isOut = byRun && !isRun[index];
        col.style.visibility = isOut ? 'collapse' : '';
        heads[index].firstChild.hidden = isOut;
      });
      rows.forEach((row, index) => { row.hidden = byRow ? !isRow[index] : !byRun; });
      for (const body of all('.matrix tbody')) body.hidden = [...body.rows].slice(1).every((row) => row.hidden);
      found.textContent = wanted === '' ? '' : byRun || byRow ? '' : ' nothing is called so';
    });
  }

  const table = document.querySelector('.matrix');
  const ledTo = (link) => link && document.getElementById(link.getAttribute('href').slice(1));
  const whyNot = (cell) => {
    const run = ledTo(table.querySelectorAll('thead th')[cell.cellIndex].firstChild);
    const list = run?.querySelector('.na-list') ?? ledTo(run?.querySelector('.same a'));
    const name = cell.parentElement.querySelector('th a').textContent;
    const isIt = (item) => item.lastElementChild.textContent.split(', ').includes(name);
    return [...list?.querySelectorAll('li') ?? []].find(isIt);
  };
  const tell = ({ target }) => {
    const cell = target.closest('td:not(.none), td a');
    if (!cell || cell.title) return;
    const said = cell.localName === 'a' ? ledTo(cell) : cell.className === '' && whyNot(cell);
    if (said) cell.title = said.textContent;
  };
  for (const type of ['pointerover', 'focusin']) table?.addEventListener(type, tell);

  addEventListener('beforeprint', () => { for (const folded of all('details')) folded.open = true; });
})();`;
