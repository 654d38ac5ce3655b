import type { JSX } from 'preact';
import { duration } from '../../../suites/facts/time.js';
import { offset } from '../../text/timeline.js';
import { isOn, ticksOf } from '../../timeline/axis.js';
import type { Line } from '../../timeline/parts.js';
import { tickWords } from '../../timeline/tick-words.js';
import type { Drawn } from './lane.js';
import { cutWidth, left, width as pictureWidth, right } from './size.js';

const characterWidth = 7;

/**
 * Signals and deadlines across all lanes, their names above; those that stand together share one name. Behind a signal
 * that took long to send (a typed one) is a shade for as long as it took: it came at some time in it.
 */
export function Lines({ drawn, top, bottom }: { drawn: Drawn; top: number; bottom: number }): JSX.Element {
  const { x, axis, picture } = drawn;
  const lines = picture.lines.filter(({ atMs }) => isOn(axis, atMs));
  return (
    <>
      {lines.map(({ kind, atMs, toMs, label }) => {
        const at = Math.round(x(atMs));
        const lasted = Math.round(x(toMs)) - at;
        return (
          <>
            {lasted > 2 && <rect class="act" x={at} y={top} width={lasted} height={bottom - top} />}
            <path class={`line ${kind}`} d={`M${at} ${top}V${bottom}`}>
              <title>{`${offset(atMs, picture.zeroMs)} ${label}`}</title>
            </path>
          </>
        );
      })}
      {names(lines, x).map(({ at, row, text, kind }) => (
        <text class={`name ${kind}`} x={at} y={top - 4 - row * 13}>
          {text}
        </text>
      ))}
    </>
  );
}

/** Behind the lanes: what the verdict names is marked, and no word is covered. */
export function LineHalos({
  drawn,
  top,
  bottom,
}: {
  drawn: Drawn;
  top: number;
  bottom: number;
}): JSX.Element {
  const { x, axis, picture } = drawn;
  const lines = picture.lines.filter(({ atMs, isEvidence }) => isEvidence && isOn(axis, atMs));
  return (
    <>
      {lines.map(({ atMs }) => (
        <path class="halo" d={`M${Math.round(x(atMs))} ${top}V${bottom}`} />
      ))}
    </>
  );
}

interface Name {
  readonly at: number;
  readonly row: number;
  readonly text: string;
  readonly kind: Line['kind'];
}

/** A name stands to the right of its line where there is room, and in a second row where the first is taken. */
function names(lines: readonly Line[], x: (ms: number) => number): Name[] {
  const ends = [left, left];
  return together(lines, x).flatMap(({ at, text, kind }) => {
    const width = text.length * characterWidth;
    const from = Math.min(at, pictureWidth - width);
    const row = ends.findIndex((end) => from >= end);
    if (row < 0) return [];
    ends[row] = from + width + 8;
    return [{ at: Math.round(from), row, text, kind }];
  });
}

function together(lines: readonly Line[], x: (ms: number) => number) {
  const groups: { at: number; kind: Line['kind']; labels: Map<string, number> }[] = [];
  for (const { kind, atMs, label } of lines.toSorted((a, b) => a.atMs - b.atMs)) {
    const last = groups.at(-1);
    const at = x(atMs);
    if (last && last.kind === kind && at - last.at < 30)
      last.labels.set(label, (last.labels.get(label) ?? 0) + 1);
    else groups.push({ at, kind, labels: new Map([[label, 1]]) });
  }
  return groups.map(({ at, kind, labels }) => {
    const words = [...labels].map(([label, count]) => (count > 1 ? `${label} ×${count}` : label));
    return { at, kind, text: words.length > 3 ? `${words.slice(0, 3).join(', ')}, …` : words.join(', ') };
  });
}

/** Times below the lanes, and a break with its length at each place where quiet time was cut out. */
export function TimeAxis({ drawn, top, bottom }: { drawn: Drawn; top: number; bottom: number }): JSX.Element {
  const { axis, x, picture } = drawn;
  const { stretches } = axis;
  const cuts = stretches.slice(1).map(({ fromMs }, place) => {
    const sinceMs = (stretches[place] as { toMs: number }).toMs;
    return { at: Math.round(x(fromMs) - cutWidth / 2), lengthMs: fromMs - sinceMs };
  });
  let end = 0;
  const ticks = ticksOf(axis, picture.zeroMs, 9).flatMap((ms) => {
    const at = Math.round(x(ms + picture.zeroMs));
    const text = tickWords(ms);
    const half = (text.length * characterWidth) / 2;
    const isNearCut = cuts.some((cut) => Math.abs(cut.at - at) < half + 34);
    if (at - half < end || isNearCut || at + half > right + 10) return [];
    end = at + half + 8;
    return [{ at, text }];
  });
  return (
    <>
      <path
        class="axis"
        d={`M${left} ${bottom}H${right}${ticks.map(({ at }) => `M${at} ${bottom}v4`).join('')}`}
      />
      {cuts.map(({ at, lengthMs }) => (
        <g class="cut">
          <title>{`${duration(lengthMs)} in which nothing was to be seen are left out`}</title>
          <rect x={at - cutWidth / 2} y={top} width={cutWidth} height={bottom - top + 3} />
          <path d={`M${at - 4} ${bottom + 4}l4-8m0 8l4-8`} />
        </g>
      ))}
      <g class="ticks" transform={`translate(0 ${bottom + 15})`}>
        {[...ticks, ...cuts.map(({ at, lengthMs }) => ({ at, text: duration(lengthMs) }))].map(
          ({ at, text }) => (
            <text x={at}>{text}</text>
          ),
        )}
      </g>
    </>
  );
}
