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

// As wide as the narrowest place of one: its words are never smaller than they are on the rest of the page.
const width = 360;
const right = 345;
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
  const hasTimes = ({ exitMs, noticeMs }: Of) => exitMs.length + noticeMs.length > 0;
  const measured = all.filter(hasTimes);
  const others = all.filter((one) => !hasTimes(one));
  return (
    <section id="times" aria-labelledby="times-title">
      <h2 id="times-title">
        Times to exit and to notice <small>{all.length}</small>
      </h2>
      <p>
        Since the stop signal, of runs that were played several times. The upright stroke is the median, a
        dashed line the deadline.
      </p>
      <div class="distributions">
        {measured.map((one) => (
          <figure>
            <figcaption>
              <b>{oneLine(one.run)}</b>, played {one.plays} times
            </figcaption>
            <Plot
              name="time to exit"
              count={`${one.exitMs.length} of ${one.plays} plays`}
              values={one.exitMs}
              of={one}
              lacking="in no play it exited by itself after a stop signal"
            />
            {one.noticeMs.length > 0 && (
              <Plot
                name="time to notice"
                count={one.noticeMs.length === 1 ? '1 client' : `${one.noticeMs.length} clients`}
                values={one.noticeMs}
                of={one}
                lacking=""
              />
            )}
          </figure>
        ))}
      </div>
      {others.length > 0 && (
        <p>
          There is no time where the harness ended it in each play, or sent no stop signal:{' '}
          {others.map(({ run }) => oneLine(run)).join(', ')}.
        </p>
      )}
    </section>
  );
}

interface Plotted {
  readonly name: string;
  /** How many values there are, and of what. */
  readonly count: string;
  readonly values: readonly number[];
  readonly of: Of;
  readonly lacking: string;
}

function Plot({ name, count, values, of, lacking }: Plotted): JSX.Element {
  const spread = spreadOf(values);
  if (!spread) return <p>{`${name}: ${lacking}`}</p>;
  const { toMs, ticksMs } = scaleFor(values, of.deadlineMs);
  const x = (ms: number) => Math.round((ms / toMs) * right);
  const { minMs, medianMs, maxMs, quartilesMs, p95Ms } = spread;
  const words = [
    count,
    `shortest ${duration(minMs)}`,
    `median ${duration(medianMs)}`,
    ...(p95Ms === undefined ? [] : [`95 % within ${duration(p95Ms)}`]),
    `longest ${duration(maxMs)}`,
    `deadline ${duration(of.deadlineMs)}`,
  ]
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join(', ');
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

/** Dots at nearly the same place stand above each other. */
function Dots({ values, x }: { values: readonly number[]; x: (ms: number) => number }): JSX.Element {
  const stacked = new Map<number, number>();
  const d = values.map((ms) => {
    const place = Math.round(x(ms) / 5);
    const below = stacked.get(place) ?? 0;
    stacked.set(place, below + 1);
    return `M${Math.round(x(ms))} ${24 - Math.min(below, 5) * 4}h0`;
  });
  return <path class="dots" d={d.join('')} />;
}

function Bars(props: { values: readonly number[]; toMs: number; x: (ms: number) => number }): JSX.Element {
  const bars = histogram(props.values, props.toMs, 46);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const d = bars
    .filter(({ count }) => count > 0)
    .map(({ fromMs, toMs, count }) => {
      const from = props.x(fromMs);
      return `M${from} 28v-${Math.max(1, Math.round((count / most) * 26))}h${Math.max(1, props.x(toMs) - from - 1)}V28z`;
    });
  return <path class="bars" d={d.join('')} />;
}
