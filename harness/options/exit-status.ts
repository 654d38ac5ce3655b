import type { AcceptedExit } from '../contract/contract.js';
import { shown, UsageError } from '../errors.js';

/** Accepted ends after a graceful stop: `0,signal,143`. Duplicates collapse; an empty list is an error. */
export function parseExitStatus(
  option: string,
  value: string | number | readonly (string | number)[],
): AcceptedExit[] {
  const words = typeof value === 'string' ? value.split(',') : typeof value === 'number' ? [value] : value;
  const accepted = new Set(words.map((word) => parseOne(option, word)));
  if (accepted.size > 0) return [...accepted];
  throw misuse(option, 'none', 'leave the option out to accept 0 and death by the stop signal');
}

function parseOne(option: string, word: string | number): AcceptedExit {
  const text = String(word).trim();
  if (text === 'signal') return 'signal';
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw misuse(option, shown(word), fixFor(text));
}

function fixFor(text: string): string {
  if (/^(sig[a-z0-9]+|signals?|signaled|signalled)$/i.test(text))
    return 'write signal for death by the stop signal itself';
  // Only the low byte of what a program passes to exit() reaches its parent (exit(3)).
  return /^-?\d+$/.test(text)
    ? `write ${Number(text) & 0xff}: only the low byte of a status reaches the parent (exit(3))`
    : 'write numbers and the word signal, separated by commas: 0,signal,143';
}

function misuse(option: string, given: string, fix: string): UsageError {
  return new UsageError({ option, expected: 'exit statuses from 0 to 255, and signal', given, fix });
}
