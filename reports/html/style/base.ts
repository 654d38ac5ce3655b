/** Text, links, folding, and what keyboards and printers need. */
export const base = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; background: var(--ground);
  color: var(--text); -webkit-text-size-adjust: 100%; scroll-padding-top: 3.5rem; }
body { margin: 0; overflow-wrap: anywhere; }
main, footer { max-width: 120rem; margin: 0 auto; padding: 0 clamp(0.75rem, 2vw, 2rem); }
code, pre, .lines, .matrix th a, h3 { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  font-size: 0.87em; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
h1, h2, h3, h4, p, ul, ol, dl, pre, figure { margin: 0; }
h1 { font-size: clamp(1.15rem, 0.9rem + 1vw, 1.6rem); line-height: 1.3; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; }
h2 small, h3 small { font-weight: 400; color: var(--muted); } h3 :is(small, .mark) { font-family: system-ui, sans-serif; }
h3 { display: inline; font-size: 0.95rem; font-weight: 600; }
h4 { font-size: 0.9rem; }
small { font-size: 0.85em; }
ul, ol { padding: 0; list-style: none; }
summary { cursor: pointer; }
summary:hover { color: var(--link); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
main:focus, section:focus, main:focus-visible { outline: none; }
:is(article, details, dd, li):target { animation: found 2s ease-out; }
@keyframes found { from { background: var(--warn-ground); box-shadow: 0 0 0 4px var(--warn-ground); } }
@media (prefers-reduced-motion: reduce) { :is(article, details, dd, li):target { animation: none; outline: 2px solid var(--focus); outline-offset: 2px; } }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: fixed; left: 0.5rem; top: 0.5rem; z-index: 9; padding: 0.5rem 1rem; background: var(--ground); }
nav { position: sticky; top: 0; z-index: 5; background: var(--ground); border-bottom: 1px solid var(--line); }
nav ul { display: flex; gap: 1.25rem; overflow-x: auto; max-width: 120rem; margin: 0 auto;
  padding: 0.5rem clamp(0.75rem, 2vw, 2rem); white-space: nowrap; }
nav a { text-decoration: none; font-size: 0.9rem; display: block; padding: 0.15rem 0; }
nav a:hover { text-decoration: underline; }
footer { color: var(--muted); font-size: 0.85rem; margin-top: 3rem; padding-bottom: 2rem; }
@media print {
  html { font-size: 11px; scroll-padding: 0; }
  nav, .skip, .options, .copy { display: none !important; }
  .box { max-height: none !important; overflow: visible !important; }
  details::details-content { content-visibility: visible; block-size: auto; display: block; }
  h2 { break-after: avoid; } svg, .facts, .lines li, .run > summary { break-inside: avoid; }
}`;
