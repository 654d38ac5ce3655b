import { ticks } from 'd3-array';
import type { Picture, Stretch } from './parts.js';

/** Stretches of time that are shown, one after the other and at one scale; what lies between them is cut out. */
export interface Axis {
  readonly stretches: readonly [Stretch, ...Stretch[]];
}

/** Two times nearer to each other than this part of the axis look like one. */
const distinct = 0.012;
/** So many more times must be told apart for a cut; or fewer, where one quiet stretch takes most of the axis. */
const gain = 4;
const gainOfMost = 2;
const most = 0.6;
/** What is left of a quiet stretch at both ends of a cut. */
const margin = 0.015;
const mostCuts = 2;

/** The interesting window, and the deadline where that is near, on one unbroken scale. */
export function unbrokenAxisOf({ window, lines }: Picture): Axis {
  const lengthMs = window.toMs - window.fromMs;
  const near = lines
    .filter(({ kind, atMs }) => kind === 'deadline' && atMs < window.toMs + lengthMs / 2)
    .map(({ atMs }) => atMs);
  const toMs = near.reduce((a, b) => Math.max(a, b), window.toMs) + lengthMs * 0.02;
  return { stretches: [{ fromMs: window.fromMs, toMs }] };
}

/**
 * The same without its long quiet stretches, where cutting them out lets a reader tell more times apart. Where it does
 * not, time stays what it is.
 */
export function axisOf(picture: Picture): Axis {
  let best = unbrokenAxisOf(picture);
  const { fromMs, toMs } = best.stretches[0];
  const times = [fromMs, ...timesOf(picture).filter((ms) => ms > fromMs && ms < toMs), toMs].sort(
    (a, b) => a - b,
  );
  let seen = distinguishable(times, lengthOf(best) * distinct);
  const isMost = lengthOf(withoutGaps(times, 1, (toMs - fromMs) * margin)) < (toMs - fromMs) * (1 - most);
  for (let cuts = 1; cuts <= mostCuts; cuts += 1) {
    const shorter = withoutGaps(times, cuts, (toMs - fromMs) * margin);
    const more = distinguishable(times, lengthOf(shorter) * distinct);
    if (more < seen + (isMost ? gainOfMost : gain)) continue;
    best = shorter;
    seen = more;
  }
  return best;
}

/** Where things begin, end or happen; that the harness was late is no such thing. */
function timesOf({ lanes, lines }: Picture): number[] {
  const spans = lanes
    .flatMap((lane) => lane.spans)
    .filter(({ kind }) => kind !== 'late' && kind !== 'waiting');
  const marks = lanes.flatMap((lane) => lane.marks);
  return [
    ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
    ...marks.map(({ atMs }) => atMs),
    ...lines.map(({ atMs }) => atMs),
  ];
}

function distinguishable(times: readonly number[], distinctMs: number): number {
  return times.filter((ms, place) => place > 0 && ms - (times[place - 1] as number) >= distinctMs).length;
}

function withoutGaps(times: readonly number[], cuts: number, marginMs: number): Axis {
  const gaps = times.slice(1).map((toMs, place) => ({ fromMs: times[place] as number, toMs }));
  const widest = gaps
    .filter((gap) => gap.toMs - gap.fromMs > marginMs * 4)
    .sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
    .slice(0, cuts)
    .sort((a, b) => a.fromMs - b.fromMs);
  const stretches: Stretch[] = [];
  let fromMs = times[0] as number;
  for (const gap of widest) {
    stretches.push({ fromMs, toMs: gap.fromMs + marginMs });
    fromMs = gap.toMs - marginMs;
  }
  const last = { fromMs, toMs: times.at(-1) as number };
  const [first = last, ...rest] = [...stretches, last];
  return { stretches: [first, ...rest] };
}

/** How much time an axis shows, in milliseconds. */
export function lengthOf({ stretches }: Axis): number {
  return stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/**
 * Where a time stands on an axis that is drawn from `left` to `right`, with `gap` for each cut. A time that was cut out
 * stands in the gap; one before or after the axis at its end.
 */
export function scaleOf(axis: Axis, left: number, right: number, gap: number): (ms: number) => number {
  const { stretches } = axis;
  const perMs = (right - left - gap * (stretches.length - 1)) / lengthOf(axis);
  return (ms) => {
    let x = left;
    for (const [place, { fromMs, toMs }] of stretches.entries()) {
      if (ms < fromMs) return place === 0 ? left : x - gap / 2;
      if (ms <= toMs) return x + (ms - fromMs) * perMs;
      x += (toMs - fromMs) * perMs + gap;
    }
    return right;
  };
}

/** Round times for marks on the axis, about `count` in all, in milliseconds since `zeroMs`. */
export function ticksOf(axis: Axis, zeroMs: number, count: number): number[] {
  const perTick = count / lengthOf(axis);
  return axis.stretches.flatMap(({ fromMs, toMs }) =>
    ticks(fromMs - zeroMs, toMs - zeroMs, Math.max(1, Math.round((toMs - fromMs) * perTick))),
  );
}

/** How much of a stretch of time the axis shows: nothing of what lies in a cut. */
export function shownMs({ stretches }: Axis, fromMs: number, toMs: number): number {
  return stretches.reduce(
    (sum, shown) => sum + Math.max(0, Math.min(toMs, shown.toMs) - Math.max(fromMs, shown.fromMs)),
    0,
  );
}

/** Whether some of it is on the axis. */
export function isOn({ stretches }: Axis, fromMs: number, toMs = fromMs): boolean {
  return toMs >= stretches[0].fromMs && fromMs <= (stretches.at(-1) as Stretch).toMs;
}
