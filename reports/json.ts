import type { Report } from './report.js';

/**
 * The JSON report. Readable and easy to compare: what is small or repeated (an event, a verdict) stands on one line.
 * What a terminal would interpret, or the log of a GitHub workflow (`##[`), is escaped, so that `--json -` is safe to look
 * at; the value is the same.
 */
export function toJson(report: Report): string {
  return jsonText(report);
}

/** Any plain data, written like the report. */
export function jsonText(value: object): string {
  return `${write(value, 0)}\n`;
}

// C1, DEL, line separators and bidi controls are legal inside JSON strings as they are; C0 is escaped by JSON itself.
const interpreted = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const inlineColumns = 110;

function write(value: unknown, depth: number): string {
  const line = inline(value);
  const isContainer = typeof value === 'object' && value !== null;
  if (!isContainer || line.length + 2 * depth <= inlineColumns || isLeaf(value)) return line;
  const inner = '  '.repeat(depth + 1);
  const close = `\n${'  '.repeat(depth)}`;
  if (Array.isArray(value))
    return `[\n${value.map((item) => inner + write(item, depth + 1)).join(',\n')}${close}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${inner}${inline(key)}: ${write(field, depth + 1)}`);
  return `{\n${fields.join(',\n')}${close}}`;
}

/** An event: one line each, however long its text is. */
function isLeaf(value: object): boolean {
  return 'atMs' in value;
}

/** JSON on one line. */
export function inline(value: unknown): string {
  return JSON.stringify(value)
    .replace(interpreted, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('##[', '#\\u0023[');
}
