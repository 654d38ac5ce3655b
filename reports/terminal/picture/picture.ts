import type { Report, Verdict } from '../../report.js';
import type { Palette } from '../../text/colors.js';
import { clip, pad, width } from '../../text/width.js';
import { type Axis, isOn, lengthOf, scaleOf, ticksOf, unbrokenAxisOf } from '../../timeline/axis.js';
import { fold } from '../../timeline/fold.js';
import type { Lane, Picture } from '../../timeline/parts.js';
import { picture } from '../../timeline/picture.js';
import { thin } from '../../timeline/thin.js';
import { tickWords } from '../../timeline/tick-words.js';
import { windowOf } from '../../timeline/window.js';
import { drawLane } from './lane.js';
import { lineNames } from './line-names.js';
import { Row } from './row.js';
import { ascii, type Signs, unicode } from './signs.js';

/** How a picture is drawn. */
export interface Canvas {
  readonly columns: number;
  readonly paint: Palette;
  readonly unicode: boolean;
}

/** What the rows of one picture share. */
export interface Frame {
  readonly picture: Picture;
  readonly axis: Axis;
  readonly signs: Signs;
  readonly paint: Palette;
  /** The column of a time. */
  readonly column: (ms: number) => number;
  /** Columns beside the names, and those of them that time takes: words of what came last stand behind. */
  readonly columns: number;
  readonly right: number;
}

const indent = 4;
const mostClients = 3;

/**
 * The run of a verdict in a few lines: who lived how long, what happened to whom, signals and the deadline as lines
 * down. None where it would say no more than the lines of evidence do: one lane, and nothing in it but signal and end.
 */
export function terminalPicture(report: Report, verdict: Verdict, canvas: Canvas): string[] {
  const run = report.runs.find(({ id }) => id === verdict.run);
  if (!run) return [];
  const lanesColumns = canvas.columns - indent;
  const found = picture(run, report, verdict.evidence);
  const whole = { ...found, window: windowOf(found.lanes, found.lines, found.whole, 0.05) };
  const axis = unbrokenAxisOf(whole);
  const lanes = lanesToDraw(whole, axis);
  if (!saysMore(lanes, whole)) return [];
  const names = lanes.map(nameOf);
  const nameColumns = Math.min(Math.floor(lanesColumns / 3), Math.max(...names.map(width)));
  const frame = frameOf(whole, axis, canvas, lanesColumns - nameColumns - 1);
  const margin = ' '.repeat(indent);
  const blank = ' '.repeat(nameColumns + 1);
  const rows = [
    ...lineNames(frame).map((row) => blank + row.toString()),
    ...lanes.map((lane, place) => {
      const name = pad(clip(names[place] as string, nameColumns), nameColumns);
      return `${name} ${drawLane(frame, lane).toString()}`;
    }),
    blank + times(frame).toString(),
  ];
  return rows.map((row) => (margin + row).trimEnd());
}

function frameOf(whole: Picture, axis: Axis, canvas: Canvas, columns: number): Frame {
  const signs = canvas.unicode ? unicode : ascii;
  const right = columns - Math.min(17, Math.floor(columns / 3));
  const scale = scaleOf(axis, 0, right, 0);
  const column = (ms: number) => Math.round(scale(ms));
  return { picture: whole, axis, signs, paint: canvas.paint, column, columns, right };
}

/** Instances and connections; of other processes those that matter: what proves something, or what is wrong. */
function lanesToDraw({ lanes, lines }: Picture, axis: Axis): Lane[] {
  const seen = lanes.filter(
    ({ kind, spans, marks }) =>
      kind !== 'harness' &&
      (spans.some((span) => isOn(axis, span.fromMs, span.toMs) && span.toMs > axis.stretches[0].fromMs) ||
        marks.some(({ atMs }) => isOn(axis, atMs))) &&
      (kind !== 'process' || [...spans, ...marks].some(matters)) &&
      (kind !== 'client' || !isOver(spans, lines)),
  );
  const nearMs = lengthOf(axis) / 60;
  return fold(fold(fold(seen, 'client', mostClients), 'process', 2), 'instance', 3).map((lane) =>
    thin(lane, lines, nearMs),
  );
}

function matters({ isEvidence, kind }: Lane['spans'][number] | Lane['marks'][number]): boolean {
  return isEvidence || kind === 'bad' || kind === 'zombie';
}

/** A connection that had ended before the signal came, and proves nothing. */
function isOver(spans: Lane['spans'], lines: Picture['lines']): boolean {
  const signalMs = lines.find(({ kind }) => kind === 'signal')?.atMs;
  return signalMs !== undefined && spans.every(({ toMs, isEvidence }) => toMs < signalMs && !isEvidence);
}

function saysMore(lanes: readonly Lane[], { lines }: Picture): boolean {
  const marks = lanes
    .flatMap((lane) => lane.marks)
    .filter(({ kind }) => kind !== 'note' && kind !== 'output');
  return lanes.length > 1 || (lanes.length === 1 && marks.length + lines.length > 3);
}

function nameOf({ name, count }: Lane): string {
  return count > 1 ? `${name} x${count}` : name;
}

function times(frame: Frame): Row {
  const { axis, picture: whole, column, columns, paint } = frame;
  const row = new Row(columns);
  const count = Math.max(2, Math.floor(columns / 14));
  const ticks = ticksOf(axis, whole.zeroMs, count);
  // Zero is where the signal came: it comes first where there is not room for all.
  for (const ms of ticks.toSorted((a, b) => Number(b === 0) - Number(a === 0))) {
    const text = tickWords(ms, '-');
    row.write([column(ms + whole.zeroMs) - (ms === 0 ? 0 : Math.floor(text.length / 2))], text, paint.dim);
  }
  return row;
}
