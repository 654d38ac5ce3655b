import type { JSX } from 'preact';
import { duration } from '../../../suites/facts/time.js';
import type { Report } from '../../report.js';
import { oneLine } from '../../text/printable.js';
import {
  distributions,
  histogram,
  type Distribution as Of,
  scaleFor,
  spreadOf,
} from '../../timeline/distribution.js';
import { tickWords } from '../../timeline/tick-words.js';

const width = 640;
const right = 620;
const height = 58;
/** Up to so many values each is a dot; of more the counts are bars, and of both the box stands below. */
const mostDots = 60;

/**
 * Of runs that were played several times, how long they took to exit, and until clients were told. Nothing where no run
 * was repeated. Its style is `timelineStyle`.
 */
export function Distribution({ report }: { report: Report }): JSX.Element | null {
  const all = distributions(report);
  if (all.length === 0) return null;
  return (
    <div class="distributions">
      {all.map((one) => (
        <figure>
          <figcaption>
            <b>{oneLine(one.run)}</b>, played {one.plays} times
          </figcaption>
          <Plot
            name="time to exit"
            values={one.exitMs}
            of={one}
            lacking="never exited by itself after a stop signal"
          />
          {one.noticeMs.length > 0 && (
            <Plot name="time to notice" values={one.noticeMs} of={one} lacking="" />
          )}
        </figure>
      ))}
    </div>
  );
}

function Plot(props: { name: string; values: readonly number[]; of: Of; lacking: string }): JSX.Element {
  const { name, values, of, lacking } = props;
  const spread = spreadOf(values);
  if (!spread) return <p>{`${name}: ${lacking}`}</p>;
  const { toMs, ticksMs } = scaleFor(values, of.deadlineMs);
  const x = (ms: number) => Math.round((ms / toMs) * right);
  const { minMs, medianMs, maxMs, quartilesMs, p95Ms } = spread;
  const words = [
    `${values.length} ${values.length === 1 ? 'value' : 'values'}`,
    `shortest ${duration(minMs)}`,
    `median ${duration(medianMs)}`,
    ...(p95Ms === undefined ? [] : [`95 % within ${duration(p95Ms)}`]),
    `longest ${duration(maxMs)}`,
    `deadline ${duration(of.deadlineMs)}`,
  ].join(', ');
  return (
    <div>
      <p>{`${name}: ${words}`}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Distribution of ${name}: ${words}.`}>
        {values.length > mostDots ? (
          <Bars values={values} toMs={toMs} x={x} />
        ) : (
          <Dots values={values} x={x} />
        )}
        {quartilesMs && (
          <rect
            class="box"
            x={x(quartilesMs[0])}
            y="32"
            width={Math.max(2, x(quartilesMs[1]) - x(quartilesMs[0]))}
            height="6"
          />
        )}
        <path class="median" d={`M${x(medianMs)} 29v12`} />
        <path class="axis" d={`M0 42H${width}${ticksMs.map((ms) => `M${x(ms)} 42v4`).join('')}`} />
        {ticksMs.map((ms) => (
          <text x={x(ms)} y="56" class={ms === 0 ? 'tick first' : 'tick'}>
            {tickWords(ms).replace('+', '')}
          </text>
        ))}
        {of.deadlineMs <= toMs && (
          <path class="deadline" d={`M${x(of.deadlineMs)} 0V42`}>
            <title>{`deadline ${duration(of.deadlineMs)}`}</title>
          </path>
        )}
      </svg>
    </div>
  );
}

/** Dots at the same place stand above each other. */
function Dots({ values, x }: { values: readonly number[]; x: (ms: number) => number }): JSX.Element {
  const stacked = new Map<number, number>();
  const d = values.map((ms) => {
    const at = Math.round(x(ms) / 5) * 5;
    const below = stacked.get(at) ?? 0;
    stacked.set(at, below + 1);
    return `M${at} ${24 - Math.min(below, 5) * 4}h0`;
  });
  return <path class="dots" d={d.join('')} />;
}

function Bars(props: { values: readonly number[]; toMs: number; x: (ms: number) => number }): JSX.Element {
  const bars = histogram(props.values, props.toMs, 62);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const d = bars
    .filter(({ count }) => count > 0)
    .map(({ fromMs, toMs, count }) => {
      const from = props.x(fromMs);
      return `M${from} 28v-${Math.max(1, Math.round((count / most) * 26))}h${Math.max(1, props.x(toMs) - from - 1)}V28z`;
    });
  return <path class="bars" d={d.join('')} />;
}
