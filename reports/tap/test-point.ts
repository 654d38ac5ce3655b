import { oneLine } from '../text/printable.js';

export interface TestPoint {
  readonly ok: boolean;
  readonly name: string;
  readonly directive?: readonly ['SKIP' | 'TODO', string];
  readonly diagnostics?: Diagnostics;
}

/** What is undefined or empty is left out. */
export type Diagnostics = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A test point, and the YAML block that belongs to it. */
export function point(number: number, { ok, name, directive, diagnostics }: TestPoint): string[] {
  const said = directive === undefined ? '' : ` # ${directive[0]} ${escapeTap(directive[1])}`;
  const head = `${ok ? 'ok' : 'not ok'} ${number} - ${escapeTap(name)}${said}`;
  return diagnostics === undefined ? [head] : [head, ...yamlBlock(diagnostics)];
}

export function bailOut(reason: string): string {
  return `Bail out! ${escapeTap(reason)}`;
}

/** `#` begins a directive, so it is escaped, and the backslash that escapes it ("Escaping" in TAP 14). */
function escapeTap(text: string): string {
  return oneLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

function yamlBlock(diagnostics: Diagnostics): string[] {
  const lines = Object.entries(diagnostics).flatMap(([key, value]) => {
    if (value === undefined || value.length === 0) return [];
    if (typeof value === 'string') return [`${key}: ${scalar(value)}`];
    return [`${key}:`, ...value.map((item) => `  - ${listItem(item)}`)];
  });
  return ['---', ...lines, '...'].map((line) => `  ${line}`);
}

/** Perl's reader takes `- "word: …"` for a mapping: there the colon is escaped. */
function listItem(text: string): string {
  return scalar(text).replace(/^(\S+\s*):/, '$1\\x3a');
}

/**
 * A string as YAML and JSON both write it, always quoted and on one line: the little YAML that Perl's TAP::Parser reads
 * has no other form that can hold any text. Nothing but quotes and backslashes is left to be escaped in what is printable,
 * and `##[`, by which old commands of a GitHub workflow begin in the middle of a line.
 */
function scalar(text: string): string {
  return JSON.stringify(oneLine(text)).replaceAll('##[', '\\x23#[');
}
