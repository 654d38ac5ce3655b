import { printable } from './printable.js';
import { pad, split, width } from './width.js';

/** Narrower than this, a label stands before its text instead of in a column of its own. */
const narrow = 60;
const labelColumns = 10;

/** The columns to write for: those of a terminal, at most 100, at least 40; 80 where there is no terminal. */
export function columnsOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  const columns = stream.isTTY && stream.columns ? stream.columns : 80;
  return Math.max(40, Math.min(100, columns));
}

/**
 * A text made printable and broken into lines of at most `columns`, each with `indent` spaces before it, and all but
 * the first with `hanging` more: with either, no text can begin a line as if it were ours. A word that is longer than a
 * line is broken.
 */
export function wrap(text: string, columns: number, indent = 0, hanging = 0): string[] {
  const room = Math.max(8, columns - indent);
  return printable(text)
    .replaceAll('\t', ' ')
    .split('\n')
    .flatMap((paragraph, index) => wrapParagraph(paragraph, room, index > 0, hanging))
    .map((line, index) => (' '.repeat(indent + (index > 0 ? hanging : 0)) + line).trimEnd());
}

/** `expected  2 s after SIGTERM …`: a label in a column of its own, or before the text on a narrow terminal. */
export function labelled(label: string, text: string, columns: number, indent = 2): string[] {
  if (columns < narrow) return wrap(label === '' ? text : `${label}: ${text}`, columns, indent, 2);
  const lines = wrap(text, columns, indent + labelColumns);
  return lines.map((line, index) =>
    index === 0 ? ' '.repeat(indent) + pad(label, labelColumns) + line.slice(indent + labelColumns) : line,
  );
}

/** Where the text of a label begins: in its own column, or a little further in on a narrow terminal. */
export function labelIndent(columns: number): number {
  return columns < narrow ? 4 : 2 + labelColumns;
}

function wrapParagraph(paragraph: string, columns: number, isLater: boolean, hanging: number): string[] {
  const lines: string[] = [];
  let line = '';
  const room = () => Math.max(8, columns - (isLater || lines.length > 0 ? hanging : 0));
  for (let word of paragraph.split(/ +/)) {
    if (line !== '' && width(line) + 1 + width(word) > room()) {
      lines.push(line);
      line = '';
    }
    while (width(word) > room()) {
      const [head, tail] = split(word, room());
      lines.push(head);
      word = tail;
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
