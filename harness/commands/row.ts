import { wrap } from '../../reports/text/wrap.js';

/** A row of a table whose last cell is wrapped in its own column. The first cells have their width already. */
export function row(cells: string, text: string, columns: number): string[] {
  const [first = '', ...rest] = wrap(text, columns, cells.length);
  return [(cells + first.slice(cells.length)).trimEnd(), ...rest];
}

/** The width that a column needs for these words. */
export function widest(words: readonly string[]): number {
  return Math.max(0, ...words.map((word) => word.length));
}
