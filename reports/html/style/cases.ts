/** Failures, runs, and lists of reasons. */
export const cases = `
.case { border: 1px solid var(--line); border-left: 4px solid var(--fail-solid); border-radius: 6px; padding: 0.9rem 1.1rem 1rem; margin-bottom: 1rem; }
.case:is(.warn, .known) { border-left-color: var(--warn); }
.statement { margin-top: 0.35rem; font-size: 1.05rem; max-width: 75rem; }
.case > details { margin-top: 0.6rem; }
.case > details > summary, .run details > summary { color: var(--muted); font-size: 0.9rem; }
.lines { margin: 0.75rem 0; padding: 0.6rem 0.8rem; background: var(--raised); border: 1px solid var(--line); border-radius: 4px;
  max-width: 100rem; }
.lines li { white-space: pre-wrap; padding-left: 11ch; text-indent: -11ch; }
.lines pre { text-indent: 0; font-size: 1em; color: var(--muted); border-left: 2px solid var(--line); padding-left: 1ch; }
.lines .marked { background: var(--warn-ground); }
@media (max-width: 30rem) { .lines li { padding-left: 2ch; text-indent: -2ch; } }
@media (forced-colors: active) { .lines .marked { outline: 1px solid; } }
.command { display: inline-block; padding: 0.15rem 0.5rem; background: var(--raised); border: 1px solid var(--line); border-radius: 4px;
  white-space: pre-wrap; user-select: all; }
.copy { margin-left: 0.5rem; font: inherit; font-size: 0.8rem; color: inherit; background: var(--raised); border: 1px solid var(--line);
  border-radius: 4px; padding: 0.15rem 0.6rem; cursor: pointer; }
.also { margin-top: 0.9rem; } .also details, .also > ul > li { padding: 0.15rem 0; }
.also details[open] { border-left: 2px solid var(--line); padding-left: 0.75rem; }
.also summary b, .verdicts dd b { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.87em; font-weight: 500; }
.reasons li { padding: 0.35rem 0; max-width: 90rem; }
.whom { color: var(--muted); font-size: 0.85rem; padding-left: 1rem; } .whom a { color: inherit; }
.run, .requirement { border-top: 1px solid var(--line); }
.run:not([open]), .requirement:not([open]) { content-visibility: auto; contain-intrinsic-size: auto 2.2rem; }
.run:last-child, .requirement:last-child { border-bottom: 1px solid var(--line); }
.run > summary, .requirement > summary { padding: 0.35rem 0; }
.run[open], .requirement[open] { padding-bottom: 1rem; }
.run .facts, .requirement .facts { margin: 0.25rem 0 0.75rem; }
.run .mark { display: inline-block; min-width: 5.2rem; }
.brief { color: var(--muted); font-size: 0.9rem; margin-left: 0.5rem; }
.verdicts { margin: 0.75rem 0; max-width: 100rem; }
.verdicts dt { float: left; } .verdicts dd { margin: 0; padding: 0.1rem 0 0.1rem 5.7rem; }
#times > p { color: var(--muted); font-size: 0.9rem; max-width: 75rem; margin-top: 0.5rem; }
.run > p.brief { margin: 0.25rem 0 0.75rem; } .same { color: var(--muted); font-size: 0.9rem; }
.na-list { padding: 0.25rem 0 0.5rem 1.1rem; font-size: 0.9rem; }
@media (max-width: 30rem) { .verdicts dt { float: none; } .verdicts dd { padding-left: 1rem; } }`;
