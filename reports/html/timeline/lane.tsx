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
      <text x="4" y="14">
        {name}
      </text>
      {spans.map((span) => (
        <SpanBar span={span} drawn={drawn} />
      ))}
      {marks.map((mark) => (
        <MarkSign mark={mark} drawn={drawn} />
      ))}
      {labelsOf(marks, spans, x, drawn.gaps).map(({ x: from, text, isEvidence }) => (
        <text x={from} y="14" class={isEvidence ? 'w e' : 'w'}>
          {text}
        </text>
      ))}
    </g>
  );
}

function SpanBar({ span, drawn: { x, picture } }: { span: Span; drawn: Drawn }): JSX.Element {
  const from = Math.round(x(span.fromMs));
  const width = Math.max(2, Math.round(x(span.toMs)) - from);
  const isThin =
    span.kind === 'connected' || span.kind === 'late' || span.kind === 'waiting' || span.kind === 'alive';
  return (
    <rect
      class={span.isEvidence ? `${span.kind} e` : span.kind}
      x={from}
      y={isThin ? 8 : 4}
      width={width}
      height={isThin ? 4 : 12}
    >
      {width > 8 && <title>{spanTitle(span, picture.zeroMs)}</title>}
    </rect>
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
  return (
    <g class={mark.isEvidence ? `m ${mark.kind} e` : `m ${mark.kind}`}>
      <title>{markTitle(mark, run, report, picture.zeroMs)}</title>
      {mark.isEvidence && <circle class="halo" cx={at} cy="10" r="9" />}
      {hasBar && <path class="err" d={`M${since} 7v6m0-3H${at}`} />}
      <path d={`M${at} ${signs[mark.kind]}`} />
    </g>
  );
}

/** Each kind has a shape of its own: colours are not needed to tell them apart. */
const signs: Readonly<Record<Mark['kind'], string>> = {
  told: '10m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  end: '2v16',
  bad: '10m-4-4l8 8m0-8l-8 8',
  output: '12v6',
  note: '10m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
};
