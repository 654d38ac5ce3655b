import type { VNode } from 'preact';
import { duration } from '../../../suites/facts/time.js';
import { summaryOf } from '../../outcome.js';
import type { ReportRun, Verdict } from '../../report.js';
import { counted } from '../../terminal/view.js';
import { runAnchor } from '../anchors.js';
import { Lines } from '../cases/lines.js';
import { clipped } from '../clipped.js';
import { Mark } from '../parts.js';
import { TimelinePicture } from '../timeline/picture.js';
import { type Kind, kindOf, type PageView } from '../view.js';
import { NotApplicable, sameNotApplicable } from './not-applicable.js';
import { timelineOf } from './timeline.js';
import { Verdicts } from './verdicts.js';

/** All runs, each folded to one line. */
export function Runs({ view }: { view: PageView }): VNode | null {
  const { runs } = view.report;
  if (runs.length === 0) return null;
  // A report of many runs is still one that a browser opens.
  const lines = Math.max(60, Math.min(400, Math.floor(40_000 / runs.length)));
  const outputCharacters = Math.max(1000, Math.min(16_000, Math.floor(1_000_000 / runs.length)));
  const sameAs = sameNotApplicable(view);
  return (
    <section id="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">
        Runs <small>{runs.length.toLocaleString('en')}</small>
      </h2>
      {runs.map((run) => (
        <Run run={run} view={view} limits={{ lines, outputCharacters }} sameAs={sameAs.get(run.id)} />
      ))}
    </section>
  );
}

interface Given {
  readonly run: ReportRun;
  readonly view: PageView;
  readonly limits: { readonly lines: number; readonly outputCharacters: number };
  /** A run above in which the same did not apply. */
  readonly sameAs: string | undefined;
}

function Run({ run, view, limits, sameAs }: Given): VNode {
  const { report } = view;
  const verdicts = view.verdictsByRun.get(run.id) ?? [];
  const lines = timelineOf(report, run, verdicts, limits);
  return (
    <details class="run" id={runAnchor(run.id)}>
      <summary>
        <Mark kind={gravest(verdicts.map((verdict) => kindOf(verdict, view)))} />{' '}
        <h3>{clipped(run.id, 200)}</h3> <span class="brief">{briefly(run, verdicts)}</span>
      </summary>
      <p class="brief">
        {`${run.signal ?? 'no signal'}; the run took ${duration(run.durationMs)}`}
        {run.deadlineMs !== undefined && `; it was told a deadline of ${duration(run.deadlineMs)}`}
      </p>
      <TimelinePicture run={run} report={report} />
      <Verdicts view={view} verdicts={verdicts} />
      <NotApplicable run={run.id} verdicts={verdicts} sameAs={sameAs} />
      <details>
        <summary>Timeline as text ({run.events.length.toLocaleString('en')} events)</summary>
        <Lines lines={lines} />
      </details>
    </details>
  );
}

/** Of several outcomes the one that weighs most. Nothing judged is as good as not applicable. */
function gravest(kinds: readonly Kind[]): Kind {
  const order: readonly Kind[] = ['fail', 'stale', 'warn', 'known', 'untested', 'pass'];
  return order.find((kind) => kinds.includes(kind)) ?? 'na';
}

function endOf({ exit }: ReportRun): string {
  if (exit === null) return 'ended by the harness, or never started';
  const how = exit.signal === null ? `exited with status ${exit.code}` : `died by ${exit.signal}`;
  return exit.elapsedMs === null ? how : `${how}, ${duration(exit.elapsedMs)} after the stop signal`;
}

/** `exited with status 0, 1.21 s after the stop signal; 12 passed, 1 failed`. */
function briefly(run: ReportRun, verdicts: readonly Verdict[]): string {
  const { pass, fail, warn, untested } = summaryOf(verdicts);
  const counts = [
    fail > 0 && `${fail} failed`,
    warn > 0 && counted(warn, 'warning'),
    untested > 0 && `${untested} untested`,
    pass > 0 && `${pass} passed`,
  ].filter((part) => part !== false);
  return [endOf(run), counts.join(', ')].filter((part) => part !== '').join('; ');
}
