import type { JSX } from 'preact';
import type { Report, ReportRun, Verdict } from '../../report.js';
import { axisOf, isOn, lengthOf, scaleOf, shownMs } from '../../timeline/axis.js';
import { fold } from '../../timeline/fold.js';
import type { Lane, Picture } from '../../timeline/parts.js';
import { picture } from '../../timeline/picture.js';
import { thin } from '../../timeline/thin.js';
import { type Drawn, LaneRow } from './lane.js';
import { LineHalos, Lines, TimeAxis } from './lines.js';
import { Overview, overviewHeight } from './overview.js';
import { cutWidth, left, right, rowHeight, width } from './size.js';
import { description } from './words.js';

/** More lanes than these are folded into crowds. */
const mostClients = 10;
const mostProcesses = 6;
/** Parts that stand nearer to each other than so many pixels become one. */
const nearPixels = 5;
/** Of one lane, where merging what is further apart can help. */
const mostParts = 24;

/**
 * One run as a picture: lanes over time, signals and the deadline as lines across, what the verdict names marked. It
 * shows the seconds that matter, and above them the whole run in small. Its style is `timelineStyle`.
 */
export function TimelinePicture(props: { run: ReportRun; report: Report; verdict?: Verdict }): JSX.Element {
  const { run, report, verdict } = props;
  const whole = picture(run, report, verdict?.run === run.id ? verdict.evidence : []);
  const axis = axisOf(whole);
  const x = scaleOf(axis, left, right, cutWidth);
  const gaps = axis.stretches.slice(1).map(({ fromMs }) => x(fromMs) - cutWidth / 2);
  const drawn: Drawn = { picture: whole, axis, x, gaps, run, report };
  const lanes = lanesToDraw(whole, drawn);
  const over = overviewHeight(whole, axis);
  const top = over + 30;
  const bottom = top + lanes.length * rowHeight + 2;
  const words = description(whole, run);
  return (
    <figure class="timeline" tabindex={0} aria-label="Timeline, scrolls sideways">
      <svg viewBox={`-4 0 ${width + 4} ${bottom + 20}`} role="img" aria-label={words}>
        {over > 0 && <Overview picture={whole} axis={axis} />}
        <LineHalos drawn={drawn} top={top} bottom={bottom} />
        {lanes.map((lane, row) => (
          <LaneRow lane={lane} y={top + row * rowHeight} drawn={drawn} />
        ))}
        <TimeAxis drawn={drawn} top={top} bottom={bottom} />
        <Lines drawn={drawn} top={top} bottom={bottom} />
      </svg>
    </figure>
  );
}

/** Lanes with nothing in the seconds that are shown (the canary, of before) would only take room. */
function lanesToDraw({ lanes, lines }: Picture, { axis }: Drawn): Lane[] {
  const nearMs = (lengthOf(axis) / (right - left)) * nearPixels;
  const seen = lanes.filter(
    ({ kind, spans, marks }) =>
      kind === 'instance' ||
      spans.some(({ fromMs, toMs }) => isOn(axis, fromMs, toMs) && toMs - fromMs > 0) ||
      marks.some(({ atMs }) => isOn(axis, atMs)),
  );
  const folded = fold(fold(seen, 'client', mostClients), 'process', mostProcesses);
  return folded
    .map((lane) => sparse(lane, lines, nearMs))
    .map((lane) => ({
      ...lane,
      spans: lane.spans.filter(
        ({ kind, fromMs, toMs }) =>
          (kind !== 'late' && kind !== 'waiting') || shownMs(axis, fromMs, toMs) > nearMs,
      ),
    }))
    .filter(({ kind, spans, marks }) => kind !== 'harness' || spans.length + marks.length > 0);
}

/** A lane of a busy client, or of a crowd, is thinned until the picture stays small: what is merged has a count. */
function sparse(lane: Lane, lines: Picture['lines'], nearMs: number): Lane {
  let nearEnoughMs = nearMs;
  let thinned = thin(lane, lines, nearEnoughMs);
  for (
    let doubled = 0;
    doubled < 6 && thinned.spans.length + thinned.marks.length > mostParts;
    doubled += 1
  ) {
    nearEnoughMs *= 2;
    thinned = thin(lane, lines, nearEnoughMs);
  }
  return thinned;
}
