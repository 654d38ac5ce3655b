import type { JSX } from 'preact';
import { type Axis, scaleOf } from '../../timeline/axis.js';
import type { Picture, Span } from '../../timeline/parts.js';
import { tickWords } from '../../timeline/tick-words.js';
import { cutWidth, left, right } from './size.js';

/** The height of the overview, which is left out where the picture shows the whole run as it is. */
export function overviewHeight(picture: Picture, axis: Axis): number {
  const shownMs = axis.stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return axis.stretches.length === 1 && shownMs > (picture.whole.toMs - picture.whole.fromMs) * 0.7 ? 0 : 36;
}

/** The whole run on one unbroken scale, with what the picture below shows of it. */
export function Overview({ picture, axis }: { picture: Picture; axis: Axis }): JSX.Element {
  const { fromMs, toMs } = picture.whole;
  const lengthMs = toMs - fromMs;
  // A deadline that is far behind the end would press the run together.
  const lines = picture.lines.filter(({ atMs }) => atMs < toMs + lengthMs);
  const whole: Axis = { stretches: [{ fromMs, toMs: Math.max(toMs, ...lines.map(({ atMs }) => atMs)) }] };
  const x = (ms: number) => Math.round(scaleOf(whole, left, right, cutWidth)(ms));
  const spans = picture.lanes
    .filter(({ kind }) => kind === 'instance')
    .flatMap((lane) => lane.spans)
    .filter(({ kind }) => kind !== 'late' && kind !== 'waiting' && kind !== 'frozen');
  const endWords = tickWords(Math.round(toMs - picture.zeroMs));
  const middle = (x(axis.stretches[0].fromMs) + x((axis.stretches.at(-1) ?? axis.stretches[0]).toMs)) / 2;
  return (
    <g>
      <text y="13">whole run</text>
      {spans.slice(0, 12).map((span) => (
        <Bar span={span} x={x} />
      ))}
      {lines.slice(0, 12).map(({ kind, atMs }) => (
        <path class={`line ${kind}`} d={`M${x(atMs)} 1v16`} />
      ))}
      <path
        class="shown"
        d={axis.stretches
          .map(({ fromMs, toMs }) => `M${x(fromMs)} 18v4H${Math.max(x(fromMs) + 2, x(toMs))}v-4`)
          .join('')}
      />
      <g class="ticks" transform="translate(0 31)">
        <text class="last" x={Math.min(right + 20, x(toMs) + 20)}>
          {endWords}
        </text>
        <text x={Math.round(Math.min(x(toMs) - 80, Math.max(left + 40, middle)))}>shown below</text>
      </g>
    </g>
  );
}

function Bar({ span, x }: { span: Span; x: (ms: number) => number }): JSX.Element {
  const from = x(span.fromMs);
  const width = Math.max(1, x(span.toMs) - from);
  return <path class={span.kind} d={`M${from} 5h${width}v8h-${width}z`} />;
}
