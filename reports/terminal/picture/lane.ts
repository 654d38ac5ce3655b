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
  for (const mark of marks.toReversed()) write(frame, row, mark);
  return row;
}

/** Output is told by the lines of evidence below; other small facts count where they prove something. */
function isDrawn({ kind, isEvidence }: Mark): boolean {
  return kind !== 'output' && (kind !== 'note' || isEvidence);
}

function rank({ kind, isEvidence }: Mark): number {
  return (isEvidence ? 0 : 10) + ['bad', 'told', 'end', 'output', 'note'].indexOf(kind);
}

function write(frame: Frame, row: Row, mark: Mark): void {
  const at = frame.column(mark.atMs);
  const text = mark.count > 1 ? `${mark.label} x${mark.count}` : mark.label;
  row.write(
    [at + 2, at + 1, at + 3, at + 4, at - 1 - text.length, at - text.length],
    text,
    paintOf(frame, mark),
  );
}

function paintOf({ paint }: Frame, { kind, isEvidence }: Mark): Paint | undefined {
  if (kind === 'bad') return paint.red;
  if (kind === 'told') return paint.green;
  return isEvidence ? paint.bold : undefined;
}
