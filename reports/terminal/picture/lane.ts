import type { Paint } from '../../text/colors.js';
import { isOn } from '../../timeline/axis.js';
import type { Lane, Mark } from '../../timeline/parts.js';
import type { Frame } from './picture.js';
import { Row } from './row.js';

/** One lane: bars, lines across, marks, and words beside the marks where there is room. */
export function drawLane(frame: Frame, lane: Lane): Row {
  const { axis, column, columns, signs, paint, picture } = frame;
  const row = new Row(columns);
  for (const { kind, fromMs, toMs } of lane.spans) {
    if (kind === 'late' || kind === 'waiting' || !isOn(axis, fromMs, toMs)) continue;
    for (let at = column(fromMs); at <= column(toMs); at += 1)
      row.put(at, signs.spans[kind], kind === 'unanswered' ? paint.yellow : undefined);
  }
  for (const { kind, atMs } of picture.lines)
    if (isOn(axis, atMs))
      row.mark(column(atMs), signs.lines[kind], kind === 'signal' ? paint.cyan : paint.yellow);
  const marks = lane.marks

    .filter((mark) => isDrawn(mark) && isOn(axis, mark.atMs))
    .toSorted((a, b) => rank(b) - rank(a));
  for (const mark of marks) row.mark(column(mark.atMs), signs.marks[mark.kind], paintOf(frame, mark));
  const seen = new Set<number>();
  for (const mark of marks.toReversed()) {
    // Of two in one column only the first in rank is to be seen: the other's words would stand beside its sign.
    if (!seen.has(column(mark.atMs)) || rank(mark) <= bad) write(frame, row, mark);
    seen.add(column(mark.atMs));
  }
  return row;
}

/** Output is told by the lines of evidence below; other small facts count where they prove something. */
function isDrawn({ kind, isEvidence }: Mark): boolean {
  return kind !== 'output' && (kind !== 'note' || isEvidence);
}

/** What proves something, and what breaks, is always said. */
const bad = 10;

function rank({ kind, isEvidence }: Mark): number {
  return (isEvidence ? 0 : 10) + ['bad', 'told', 'end', 'output', 'note'].indexOf(kind);
}

function write(frame: Frame, row: Row, mark: Mark): void {
  const at = frame.column(mark.atMs);
  const text = mark.count > 1 ? `${mark.label} x${mark.count}` : mark.label;
  const matters = mark.kind !== 'end' || mark.isEvidence;
  const behind = [2, 3, 4, 5, 6].map((offset) => at + offset);
  // Words before their mark could be taken for what came before another one: only where they must be said.
  const places = matters ? [...behind, at - 1 - text.length] : behind;
  if (row.write(places, text, paintOf(frame, mark)) || !matters || mark.kind === 'note') return;
  // What has no room beside its mark is said at the end of the lane.
  row.write([frame.right + 3], `${frame.signs.marks[mark.kind]} ${text}`, paintOf(frame, mark));
}

function paintOf({ paint }: Frame, { kind, isEvidence }: Mark): Paint | undefined {
  if (kind === 'bad') return paint.red;
  if (kind === 'told') return paint.green;
  return isEvidence ? paint.bold : undefined;
}
