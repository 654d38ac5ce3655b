import type { VNode } from 'preact';
import type { Verdict } from '../../report.js';
import { placeOptions } from '../../terminal/failure.js';
import { replayCommand } from '../../terminal/replay.js';
import { evidence } from '../../text/evidence.js';
import { Fact, Facts } from '../parts.js';
import { TimelinePicture } from '../timeline/picture.js';
import type { PageView } from '../view.js';
import { Lines } from './lines.js';

/** What proves a failed verdict: expected, observed, the picture of its run, and the lines that show it. */
export function Proof({
  view,
  verdict,
  picture,
}: {
  view: PageView;
  verdict: Verdict;
  picture: boolean;
}): VNode {
  const run = view.runs.get(verdict.run);
  return (
    <>
      <Facts>
        <Fact name="expected" kind="expected">
          {verdict.expected}
        </Fact>
        <Fact name="observed" kind="observed">
          {verdict.observed}
        </Fact>
      </Facts>
      {picture && run !== undefined && <TimelinePicture run={run} report={view.report} verdict={verdict} />}
      <Lines lines={evidence(view.report, verdict, 24)} />
    </>
  );
}

/** The command that plays the run again. One click selects all of it; the script adds a button. */
export function Again({ view, verdict }: { view: PageView; verdict: Verdict }): VNode {
  const { report, context } = view;
  const given = context.replayOptions ?? [];
  const options = [...given, ...placeOptions({ report, options: { replayOptions: given } }, verdict)];
  const runs = [verdict.run, ...(verdict.comparedWith === undefined ? [] : [verdict.comparedWith])];
  const [command] = replayCommand(report.target, runs, options, Number.POSITIVE_INFINITY);
  return <code class="command">{command}</code>;
}
