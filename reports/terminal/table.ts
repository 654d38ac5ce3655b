import { summaryOf } from '../outcome.js';
import type { Summary, Verdict } from '../report.js';
import { areaOf } from '../requirement-text.js';
import type { Palette } from '../text/colors.js';
import { oneLine } from '../text/printable.js';
import { clip, pad } from '../text/width.js';
import type { View } from './view.js';

interface Column {
  readonly key: keyof Summary;
  readonly title: string;
  readonly paint: keyof Palette;
}

const columnsInOrder: readonly Column[] = [
  { key: 'pass', title: 'pass', paint: 'green' },
  { key: 'fail', title: 'fail', paint: 'red' },
  { key: 'warn', title: 'warn', paint: 'yellow' },
  { key: 'untested', title: 'untested', paint: 'yellow' },
  { key: 'notApplicable', title: 'n/a', paint: 'dim' },
];

/** Titles are short on a terminal of 40 columns. */
const narrow = 50;

/** The areas of requirements × how their verdicts came out, counted in verdicts. */
export function table(view: View): string[] {
  const { verdicts } = view.report;
  if (verdicts.length === 0) return [];
  const areas = [...new Set(verdicts.map(({ requirement }) => areaOf(requirement)))];
  const names = [...areas.map((area) => clip(oneLine(area), 12)), 'all'];
  const nameColumns = Math.max(...names.map((name) => name.length));
  const head = columnsInOrder.map(({ title }) => cell(view, title, title));
  return [
    view.paint.dim(' '.repeat(nameColumns) + head.join('')),
    ...areas.map((area, index) => {
      const own = verdicts.filter(({ requirement }) => areaOf(requirement) === area);
      return row(view, pad(names[index] as string, nameColumns), own);
    }),
    row(view, view.paint.bold(pad('all', nameColumns)), verdicts),
    '',
  ];
}

function row(view: View, name: string, verdicts: readonly Verdict[]): string {
  const summary = summaryOf(verdicts);
  const cells = columnsInOrder.map(({ key, title, paint }) => {
    const style = view.paint[summary[key] === 0 ? 'dim' : paint];
    return style(cell(view, summary[key] === 0 ? '-' : String(summary[key]), title));
  });
  return name + cells.join('');
}

function cell({ columns }: View, text: string, title: string): string {
  if (columns < narrow) return pad(text === 'untested' ? 'open' : text, 6, 'left');
  return pad(text, Math.max(title.length + 2, 6), 'left');
}
