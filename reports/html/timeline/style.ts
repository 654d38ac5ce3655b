/** The style of all pictures of a page. Colours are custom properties: a page may set its own. */
export const timelineStyle = `
.timeline,.distributions{--tl-text:#1f2328;--tl-soft:#59636e;--tl-rule:#d1d9e0;--tl-paper:#fff;--tl-start:#e4e8ec;--tl-serve:#c5dff8;--tl-stop:#f7dca4;--tl-left:#f3c1bb;--tl-wire:#9db8d4;--tl-exchange:#5b8fc7;--tl-signal:#b35900;--tl-deadline:#b3261e;--tl-good:#1a7f37;--tl-bad:#c0180c;--tl-halo:#ffe066;margin:0}
.timeline{overflow-x:auto;max-width:100%;margin:8px 0}
@media(prefers-color-scheme:dark){.timeline,.distributions{--tl-text:#e6edf3;--tl-soft:#9da7b1;--tl-rule:#3d444d;--tl-paper:#0d1117;--tl-start:#2b323a;--tl-serve:#1d3f61;--tl-stop:#5c4512;--tl-left:#6b2a26;--tl-wire:#4b647f;--tl-exchange:#5f9ee0;--tl-signal:#f0a050;--tl-deadline:#ff7b72;--tl-good:#56d364;--tl-bad:#ff7b72;--tl-halo:#8a6d00}}
.timeline svg{display:block;width:100%;min-width:720px;max-width:1400px;font:11px system-ui,sans-serif}
.timeline text{fill:var(--tl-text);paint-order:stroke;stroke:var(--tl-paper);stroke-opacity:.75;stroke-width:3px}
.timeline .ticks text{fill:var(--tl-soft);text-anchor:middle}
.timeline .ticks .last{text-anchor:end}
.timeline text.e{font-weight:700}
.timeline .starting,.timeline .listening{fill:var(--tl-start)}
.timeline .serving{fill:var(--tl-serve)}
.timeline .stopping{fill:var(--tl-stop)}
.timeline .remaining,.timeline .zombie{fill:var(--tl-left)}
.timeline .frozen{fill:var(--tl-exchange);fill-opacity:.45}
.timeline .connected,.timeline .alive{fill:var(--tl-wire)}
.timeline .exchange{fill:var(--tl-exchange)}
.timeline .unanswered{fill:none;stroke:var(--tl-bad);stroke-dasharray:3 2}
.timeline .late,.timeline .waiting{fill:var(--tl-rule)}
.timeline path.e{stroke:var(--tl-signal);stroke-width:2px}
.timeline .m{fill:none;stroke:var(--tl-text);stroke-width:2px}
.timeline .told{fill:var(--tl-good);stroke:var(--tl-paper);stroke-width:1px}
.timeline .bad{stroke:var(--tl-bad);stroke-width:2.5px}
.timeline .note{fill:var(--tl-soft);stroke:none}
.timeline .output{stroke:var(--tl-soft)}
.timeline .err{fill:none;stroke:var(--tl-soft);stroke-width:1px}
.timeline .halo{fill:var(--tl-halo);fill-opacity:.75}
.timeline path.halo{stroke:var(--tl-halo);stroke-width:9px;stroke-opacity:.75}
.timeline .line{stroke:var(--tl-signal);stroke-width:1.5px;stroke-opacity:.8}
.timeline .act{fill:var(--tl-signal);fill-opacity:.25}
.timeline .line.deadline{stroke:var(--tl-deadline);stroke-dasharray:6 3}
.timeline .name{font-weight:600;fill:var(--tl-signal)}
.timeline .name.deadline{fill:var(--tl-deadline)}
.timeline .axis,.timeline .shown{fill:none;stroke:var(--tl-soft)}
.timeline .cut rect{fill:var(--tl-paper);fill-opacity:.85}
.timeline .cut path{stroke:var(--tl-soft);fill:none}
.distributions{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,23rem),1fr));gap:16px 32px;margin-top:12px}
.distributions figure{margin:0;content-visibility:auto;contain-intrinsic-size:auto 130px}
.distributions p{margin:4px 0;font-size:12px}
.distributions svg{display:block;width:100%;max-width:480px;font:11px system-ui,sans-serif}
.distributions text{fill:var(--tl-soft);text-anchor:middle}
.distributions .first{text-anchor:start}
.distributions .dots{stroke:var(--tl-exchange);stroke-width:7;stroke-linecap:round;stroke-opacity:.8}
.distributions .bars,.distributions .box{fill:var(--tl-exchange)}
.distributions .box{fill-opacity:.5}
.distributions .median{stroke:var(--tl-text);stroke-width:2}
.distributions .axis{fill:none;stroke:var(--tl-soft)}
.distributions .deadline{stroke:var(--tl-deadline);stroke-width:1.5;stroke-dasharray:6 3}
@media(forced-colors:active){.timeline,.distributions{--tl-text:CanvasText;--tl-soft:CanvasText;--tl-paper:Canvas}}
`;
