import type { JSX } from 'preact';
import type { Report, ReportRun } from '../../report.js';
import { clip } from '../../text/width.js';
import { type Axis, isOn } from '../../timeline/axis.js';
import type { Lane, Mark, Picture, Span } from '../../timeline/parts.js';
import { labelsOf } from './labels.js';
import { markTitle, spanTitle } from './words.js';

/** Everything that is drawn of one run. */
export interface Drawn {
  readonly picture: Picture;
  readonly axis: Axis;
  readonly x: (ms: number) => number;
  /** The middle of each place at which time was cut out. */
  readonly gaps: readonly number[];
  readonly run: ReportRun;
  readonly report: Report;
}

/** One lane: its name, bars, marks, and words where there is room. */
export function LaneRow({ lane, y, drawn }: { lane: Lane; y: number; drawn: Drawn }): JSX.Element {
  const { axis, x } = drawn;
  const spans = lane.spans.filter(({ fromMs, toMs }) => isOn(axis, fromMs, toMs));
  const marks = lane.marks.filter(({ atMs }) => isOn(axis, atMs));
  const name = lane.count > 1 ? `${clip(lane.name, 13)} ×${lane.count}` : clip(lane.name, 19);
  return (
    <g transform={`translate(0 ${y})`}>
      <text y="14">{name}</text>
      <Lateness spans={spans.filter(isLateness)} x={x} />
      {spans
        .filter((span) => !isLateness(span))
        .map((span) => (
          <SpanBar span={span} drawn={drawn} />
        ))}
      {marks.map((mark) => (
        <MarkSign mark={mark} drawn={drawn} />
      ))}
      {labelsOf(marks, spans, x, drawn.gaps).map(({ x: from, text, isEvidence }) => (
        <text x={from} y="14" class={isEvidence ? 'e' : undefined}>
          {text}
        </text>
      ))}
    </g>
  );
}

const isLateness = ({ kind, isEvidence }: Span) => (kind === 'late' || kind === 'waiting') && !isEvidence;

/** All of a lane in one shape: where it was, and not how often, is what they say of the other lanes. */
function Lateness({ spans, x }: { spans: readonly Span[]; x: (ms: number) => number }): JSX.Element | null {
  if (spans.length === 0) return null;
  const bars = spans.map(({ fromMs, toMs }) => {
    const from = Math.round(x(fromMs));
    return `M${from} 8H${Math.max(from + 2, Math.round(x(toMs)))}v4H${from}z`;
  });
  return (
    <path class="late" d={bars.join('')}>
      <title>{lateTitles[spans[0]?.kind === 'waiting' ? 'waiting' : 'late']}</title>
    </path>
  );
}

const lateTitles = {
  late: 'late: what was seen then may have happened a little earlier',
  waiting: 'ready to run, and without a processor: the machine was busy',
};

function SpanBar({ span, drawn: { x, picture } }: { span: Span; drawn: Drawn }): JSX.Element {
  const from = Math.round(x(span.fromMs));
  const width = Math.max(2, Math.round(x(span.toMs)) - from);
  const isThin = span.kind === 'connected' || span.kind === 'alive';
  return (
    <path
      class={span.isEvidence ? `${span.kind} e` : span.kind}
      d={`M${from} ${isThin ? 8 : 4}h${width}v${isThin ? 4 : 12}h-${width}z`}
    >
      {width > 8 && <title>{spanTitle(span, picture.zeroMs)}</title>}
    </path>
  );
}

/** An error bar is worth its place where it is longer than that of any observation (15 ms), and can be seen. */
const ordinaryErrorMs = 20;

function MarkSign({ mark, drawn }: { mark: Mark; drawn: Drawn }): JSX.Element {
  const { x, run, report, picture } = drawn;
  const at = Math.round(x(mark.atMs));
  const since = Math.round(x(mark.sinceMs));
  const hasBar =
    mark.count === 1 &&
    mark.kind !== 'note' &&
    mark.kind !== 'output' &&
    mark.atMs - mark.sinceMs > ordinaryErrorMs &&
    at - since > 4;
  const title = <title>{markTitle(mark, run, report, picture.zeroMs)}</title>;
  // Below the words, which it would strike out.
  const bar = hasBar && <path class="err" d={`M${since} 14v5m0-2H${at}`} />;
  if (!mark.isEvidence)
    return (
      <>
        {bar}
        <Sign kind={mark.kind} at={at}>
          {title}
        </Sign>
      </>
    );
  return (
    <g>
      {title}
      <circle class="halo" cx={at} cy="10" r="9" />
      {bar}
      <Sign kind={mark.kind} at={at} />
    </g>
  );
}

/** Each kind has a shape of its own: colours are not needed to tell them apart. */
function Sign({ kind, at, children }: { kind: Mark['kind']; at: number; children?: JSX.Element }) {
  const shape = shapes[kind];
  return typeof shape === 'number' ? (
    <circle class={`m ${kind}`} cx={at} cy="10" r={shape}>
      {children}
    </circle>
  ) : (
    <path class={`m ${kind}`} d={`M${at} ${shape}`}>
      {children}
    </path>
  );
}

/** The radius of a circle, or a path from the mark's place on. */
const shapes: Readonly<Record<Mark['kind'], number | string>> = {
  told: 4,
  end: '2v16',
  bad: '10m-4-4l8 8m0-8l-8 8',
  output: '12v6',
  note: 2,
};
