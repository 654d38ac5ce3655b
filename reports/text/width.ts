/**
 * Columns that a terminal gives to a character, roughly: 2 for what East Asian Width (UAX #11) calls wide and for
 * emoji, 0 for what combines with the character before it.
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const combining = /\p{Mn}|\p{Me}|\u200c|\u200d/u;

/** How many columns a text takes. It has been made printable before. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** The beginning of a text that fits, with `…` where something was cut off. */
export function clip(text: string, columns: number): string {
  return width(text) <= columns ? text : `${split(text, Math.max(0, columns - 1))[0]}…`;
}

/** A text padded with spaces to a number of columns. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'right'): string {
  const spaces = ' '.repeat(Math.max(0, columns - width(text)));
  return side === 'right' ? text + spaces : spaces + text;
}

/** The part of a text that fits into `columns`, and the rest. */
export function split(text: string, columns: number): [string, string] {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > columns) break;
    end += character.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

function characterWidth(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
