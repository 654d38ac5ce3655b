import type { Mark, Span } from '../../timeline/parts.js';
import { cutWidth, left, width as pictureWidth } from './size.js';

/** A text in a lane: where it begins. */
export interface Label {
  readonly x: number;
  readonly text: string;
  readonly isEvidence: boolean;
}

interface Wish {
  readonly text: string;
  readonly isEvidence: boolean;
  /** Where it may begin, best first. */
  readonly places: readonly number[];
  readonly rank: number;
}

const characterWidth = 6.6;
/** Said once, they are known. */
const once: ReadonlySet<string> = new Set(['late', 'no processor']);
const ranks: Readonly<Record<Mark['kind'], number>> = { bad: 1, told: 2, end: 2, output: 4, note: 5 };

/** The words beside marks and in spans, as many as have room: evidence first, then what breaks, then the rest. Nothing is written into `gaps` of the axis. */
export function labelsOf(
  marks: readonly Mark[],
  spans: readonly Span[],
  x: (ms: number) => number,
  gaps: readonly number[],
): Label[] {
  const taken: [number, number][] = [
    ...marks.map(({ atMs }): [number, number] => [x(atMs) - 4, x(atMs) + 4]),
    ...gaps.map((at): [number, number] => [at - cutWidth / 2, at + cutWidth / 2]),
  ];
  const said = new Set<string>();
  const wishes = [...marks.map((mark) => ofMark(mark, x)), ...spans.flatMap((span) => ofSpan(span, x))];
  const placed: Label[] = [];
  for (const { text, places, isEvidence, rank } of wishes.sort((a, b) => a.rank - b.rank)) {
    const width = text.length * characterWidth;
    const isFree = (place: number) =>
      place >= left &&
      place + width <= pictureWidth &&
      taken.every(([begins, ends]) => place + width <= begins || place >= ends);
    const [first = left] = places;
    // Beside the mark; or behind the marks that follow it closely.
    const behind = taken
      .filter(([begins, ends]) => begins < first + 40 && ends > first)
      .map(([, ends]) => ends + 2);
    const from = [...places, ...(rank < 3 ? behind : [])].find(isFree);
    if (from === undefined || (said.has(text) && once.has(text))) continue;
    said.add(text);
    taken.push([from, from + width + 3]);
    placed.push({ x: Math.round(from), text, isEvidence });
  }
  return placed;
}

function ofMark({ kind, atMs, label, count, isEvidence }: Mark, x: (ms: number) => number): Wish {
  const text = count > 1 ? `${kind === 'output' ? 'output' : label} ×${count}` : label;
  const at = x(atMs);
  return {
    text,
    isEvidence,
    places: [at + 6, at - 6 - text.length * characterWidth],
    rank: isEvidence ? 0 : ranks[kind],
  };
}

function ofSpan({ kind, fromMs, toMs, count, isEvidence }: Span, x: (ms: number) => number): Wish[] {
  const text = kind === 'exchange' ? (count > 1 ? `${count} exchanges` : '') : spanWords[kind];
  const from = x(fromMs) + 5;
  if (text === '' || x(toMs) - from < text.length * characterWidth) return [];
  const middle = (from + x(toMs) - text.length * characterWidth) / 2;
  return [
    {
      text,
      isEvidence,
      places: [from, middle],
      rank: isEvidence ? 0 : kind === 'late' || kind === 'waiting' ? 6 : 3,
    },
  ];
}

/** What is seen by its place alone needs no words. */
const spanWords: Readonly<Record<Span['kind'], string>> = {
  starting: 'starting',
  listening: 'listening',
  serving: 'running',
  stopping: 'stopping',
  remaining: 'processes remain',
  frozen: 'frozen',
  alive: '',
  zombie: 'zombie',
  connected: '',
  exchange: '',
  unanswered: 'unanswered',
  late: 'late',
  waiting: 'no processor',
};
