import { ConfigError, keyPath } from './config-error.js';
import { repeatedKey } from './repeated-key.js';

/** The value of a JSON text. Comments are none of JSON: a configuration with comments is a `.mjs` or `.ts`. */
export function parseJson(text: string, file: string): unknown {
  // Windows editors put a byte order mark before it (RFC 8259 §8.1 lets a reader ignore it).
  const json = text.replace(/^\ufeff/, '');
  const value = parsed(json, file);
  const twice = repeatedKey(json);
  if (twice !== undefined)
    throw new ConfigError(file, keyPath(...twice), {
      expected: 'each key once',
      given: 'it twice: JSON would take the last one, and be silent about the other',
      fix: 'take one of the two out, or give it another name',
    });
  return value;
}

function parsed(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const { message } = error as Error;
    const at = placeOf(json, message);
    throw new ConfigError(file, undefined, {
      expected: 'JSON',
      given: json.trim() === '' ? 'an empty file' : `a text that is none${at.words} (${message})`,
      fix: fixFor(json, at.offset, file),
    });
  }
}

/** Node 20 tells the position only, and at the end of a text nothing. */
function placeOf(text: string, message: string): { readonly offset: number; readonly words: string } {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  const offset = position === undefined ? text.length : Number(position);
  if (offset >= text.trimEnd().length) return { offset, words: ', or the beginning of one' };
  const before = text.slice(0, offset).split('\n');
  return { offset, words: `, in line ${before.length}, column ${(before.at(-1) ?? '').length + 1}` };
}

function fixFor(text: string, offset: number, file: string): string {
  if (/^\/[/*]/.test(text.slice(offset)))
    return `take the comment out: JSON has none; or export the same from ${file.replace(/json$/, 'mjs')}`;
  if (/^[}\]]/.test(text.slice(offset)) && /,\s*$/.test(text.slice(0, offset)))
    return 'take the comma before it out: in JSON none follows the last item';
  if (offset >= text.trimEnd().length) return 'complete it: its writing may have been cut short';
  return 'correct it there';
}
