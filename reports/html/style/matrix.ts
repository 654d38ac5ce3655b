/**
 * The matrix. Words stand in the cells; what is seen are symbols, drawn here: a cell of a row is as small as it can be, and
 * whoever has no style reads the words.
 */
export const matrix = `
.options { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; margin-bottom: 0.6rem; font-size: 0.9rem; }
.options fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; }
.options legend { float: left; padding: 0; margin-right: 0.9rem; color: var(--muted); }
.options input[type=search] { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 4px;
  padding: 0.2rem 0.5rem; width: 16rem; max-width: 100%; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; color: var(--muted); }
.box { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; overscroll-behavior-x: contain; width: fit-content; max-width: 100%; }
.matrix { border-collapse: separate; border-spacing: 0; }
.matrix caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.matrix th { font-weight: 400; text-align: left; background: var(--ground); }
.matrix thead th { position: sticky; top: 0; z-index: 2; vertical-align: bottom; border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
.matrix thead th:first-child { white-space: nowrap; left: 0; z-index: 3; padding: 0.4rem 0.6rem; color: var(--muted); font-size: 0.85rem; }
.matrix thead a { writing-mode: vertical-rl; transform: rotate(180deg); display: block; margin: 0 auto; line-height: 24px; width: 24px;
  max-height: 15rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: inherit; text-decoration: none; font-size: 0.75rem; }
.matrix thead :is(.fail, .stale, .warn, .untested) a { font-weight: 700; } .matrix thead .fail a { color: var(--fail); }
.matrix thead a:hover { text-decoration: underline; }
.matrix tbody th[scope=row] { position: sticky; left: 0; z-index: 1; padding: 0 0.75rem 0 0.6rem; border-right: 1px solid var(--line);
  white-space: nowrap; line-height: 1.3; }
.matrix tbody th a { color: inherit; text-decoration: none; } .matrix tbody th a:hover { text-decoration: underline; }
.matrix th small { color: var(--muted); font-size: 0.7rem; }
.matrix tr.finding th[scope=row] a { font-weight: 600; }
.matrix .area th { position: sticky; left: 0; z-index: 1; padding: 0.5rem 0.6rem 0.1rem; color: var(--muted); font-size: 0.8rem; }
.matrix td { padding: 0; width: 24px; min-width: 24px; height: 24px; text-align: center; font-size: 0; color: var(--muted); }
.matrix tbody tr:hover > * { box-shadow: inset 0 -1px var(--muted), inset 0 1px var(--muted); }
.matrix td a { display: block; line-height: 24px; color: inherit; text-decoration: none; margin: 1px; border-radius: 3px; height: 22px; line-height: 22px; }
.matrix td a { white-space: nowrap; } .matrix td small { font-size: 0.6rem; padding-right: 0.2rem; }
.matrix td:not([class])::before { font-size: 0.8rem; }
.matrix td a::before { font-size: 0.8rem; font-weight: 700; }
.matrix td.pass > a { background: var(--pass-ground); color: var(--pass); }
.matrix td.fail > a { background: var(--fail-solid); color: var(--on-solid); }
.matrix td:is(.warn, .known, .stale) > a { background: var(--warn-ground); color: var(--warn); box-shadow: inset 0 0 0 1px var(--warn); }
.matrix td.untested > a { background: var(--open-ground); color: var(--open); box-shadow: inset 0 0 0 1px var(--open); }
.matrix td a:focus-visible { outline-offset: 0; position: relative; z-index: 1; }
.mark.pass::before, .legend .pass::before, .matrix td.pass > a::before { content: "✓ "; content: "✓ " / ""; }
.mark.fail::before, .legend .fail::before, .matrix td.fail > a::before { content: "✗ "; content: "✗ " / ""; }
.mark:is(.warn, .known, .stale)::before, .legend :is(.warn, .known, .stale)::before, .matrix td:is(.warn, .known, .stale) > a::before { content: "! "; content: "! " / ""; }
.mark.untested::before, .legend .untested::before, .matrix td.untested > a::before { content: "? "; content: "? " / ""; }
.mark.na::before, .legend .na::before, .matrix td:not([class])::before { content: "· "; content: "· " / ""; }
section:has(#rows-apply:checked) :is(tr.na, tbody.na) { display: none; }
section:has(#rows-findings:checked) :is(tr.na, tr.pass, tbody.na, tbody.pass) { display: none; }
section:has(#rows-findings:checked) col.quiet { visibility: collapse; }
section:has(#rows-findings:checked) th.quiet a { display: none; }
/* Where a reader's own colours take the place of all grounds, a finding still stands out. */
@media (forced-colors: active) { .matrix td:is(.fail, .stale, .untested) > a { outline: 2px solid; outline-offset: -2px; font-weight: 700; } }
/* On paper nothing scrolls: cells are small, on a page of their own; of very many runs those with a finding stand there. */
.on-paper { display: none; }
@page wide { size: landscape; }
@media print {
  #matrix { page: wide; } .box { border: 0; } .matrix td a { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .matrix :is(thead th, tbody th[scope=row], .area th) { position: static; }
  .matrix td, .matrix thead a { width: 13px; min-width: 13px; } .matrix thead a { line-height: 13px; font-size: 0.65rem; }
  .matrix td a { margin: 0; } .matrix .area td { height: auto; } .matrix tr { break-inside: avoid; }
  .matrix.wide col.quiet { visibility: collapse; } .matrix.wide th.quiet a { display: none; }
  .on-paper { display: block; color: var(--muted); margin-bottom: 0.5rem; }
}
@media (max-width: 40rem) { .matrix tbody th a { font-size: 0.7rem; display: block; max-width: 42vw; overflow: hidden; text-overflow: ellipsis; }
  .matrix tbody th[scope=row] { padding: 0 0.35rem; } .matrix th small { display: none; } }`;
