/** The outcome on top, facts, and counts. */
export const outcome = `
.outcome { margin-top: 1.25rem; padding: 1.1rem 1.25rem 1.25rem; border: 1px solid var(--line); border-left: 6px solid var(--muted);
  border-radius: 6px; background: var(--raised); }
.outcome.good { border-left-color: var(--pass); } .outcome.good h1 { color: var(--pass); }
.outcome.bad { border-left-color: var(--fail-solid); } .outcome.bad h1 { color: var(--fail); }
.outcome.open { border-left-color: var(--warn); } .outcome.open h1 { color: var(--warn); }
.outcome h1::before { margin-right: 0.5em; }
.good h1::before { content: "✓"; content: "✓" / ""; } .bad h1::before { content: "✗"; content: "✗" / ""; }
.open h1::before { content: "?"; content: "?" / ""; }
.facts { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: 0.15rem 0.75rem; margin-top: 0.75rem; max-width: 75rem; }
.facts > div { display: contents; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; white-space: pre-line; }
.what dd { font-weight: 600; }
.expected dd { color: var(--pass); } .observed dd { color: var(--fail); }
@media (max-width: 30rem) { .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: 0.4rem; } }
.counts { display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; margin-top: 1rem; }
.counts b { font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.counts a { text-decoration: none; color: inherit; } .counts a:hover { text-decoration: underline; }
.counts .pass { color: var(--pass); } .counts .fail { color: var(--fail); } .counts .warn { color: var(--warn); }
.counts .untested { color: var(--open); } .counts .zero, .counts .na { color: var(--muted); }
.last-words { margin-top: 0.75rem; } .last-words pre, .lines pre { white-space: pre-wrap; }
.last-words pre { margin-top: 0.25rem; padding: 0.6rem 0.8rem; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; }
.mark { font-size: 0.8rem; white-space: nowrap; }
.mark::before { display: inline-block; width: 1.2em; text-align: center; }
.mark.pass { color: var(--pass); } .mark.fail { color: var(--fail); } .mark:is(.warn, .known, .stale) { color: var(--warn); }
.mark.untested { color: var(--open); } .mark.na { color: var(--muted); font-weight: 400; }`;
