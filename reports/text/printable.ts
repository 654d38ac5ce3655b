/**
 * What a target writes is shown, never interpreted: C0 but tab and newline, DEL, C1, bidi controls and marks
 * (CVE-2021-42574 shows what they can hide), invisible spaces, line separators, tag characters, lone surrogates.
 */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** Text for a terminal or a log: what would be interpreted or hidden becomes visible, such as `\x1b`. Lines stay lines. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, visible);
}

/** The same on one line: a newline becomes `\n`, a tab a space. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', ' ');
}

/** A word for a POSIX shell, quoted where it must be; control characters as bash, zsh and ksh read them (`$'\033'`). */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./{}-]+$/.test(word) && !/\{.*[,.].*\}/.test(word)) return word;
  if (printable(word) === word && !/[\n\t]/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replace(hidden, forShell);
  return `$'${escaped.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
}

function visible(character: string): string {
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0) as number;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 1)}}`;
}

// As bytes, in octal: `\u` is unknown to bash 3.2, and some shells read more than two digits after `\x`.
function forShell(character: string): string {
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
