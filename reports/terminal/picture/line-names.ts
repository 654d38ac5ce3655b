import { isOn } from '../../timeline/axis.js';
import type { Frame } from './picture.js';
import { Row } from './row.js';

/** The names of signals and deadlines, above their lines: in one row, or in two where they do not fit. */
export function lineNames({ axis, column, columns, paint, picture }: Frame): Row[] {
  const rows = [new Row(columns), new Row(columns)];
  let isSecondUsed = false;
  for (const { at, text, kind } of together(
    picture.lines.filter(({ atMs }) => isOn(axis, atMs)),
    column,
  )) {
    const places = [at, columns - text.length].filter((place) => place <= at);
    const style = kind === 'signal' ? paint.cyan : paint.yellow;
    if (rows[1]?.write(places, text, style)) continue;
    if (rows[0]?.write(places, text, style)) isSecondUsed = true;
  }
  return isSecondUsed ? rows : rows.slice(1);
}

function together(lines: Frame['picture']['lines'], column: Frame['column']) {
  const names: { at: number; kind: 'signal' | 'deadline'; text: string; label: string; count: number }[] = [];
  for (const { kind, atMs, label } of lines) {
    const at = column(atMs);
    const last = names.at(-1);
    if (last?.label === label && at - last.at < 8) {
      last.count += 1;
      last.text = `${label} x${last.count}`;
    } else names.push({ at, kind, text: label, label, count: 1 });
  }
  return names;
}
