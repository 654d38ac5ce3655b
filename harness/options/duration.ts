import { shown, UsageError } from '../errors.js';

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof unitMs;

// Longer promises than a day are typing errors, and Node's timers end at 24.8 days. Shorter ones than 100 ms cannot be
// told from the time that a busy machine takes to schedule a process at all.
const maxMs = 24 * unitMs.h;
const minMs = { deadline: 100, startupTimeout: 100, tolerance: 0 } as const;
export type DurationOption = keyof typeof minMs;

/**
 * A duration in milliseconds. A text has a unit (`5s`, `800ms`, `1.5m`); a number, which only the API can give, is
 * milliseconds.
 */
export function parseDuration(option: DurationOption, value: string | number): number {
  const ms = typeof value === 'number' ? value : read(value);
  if (ms !== undefined && ms >= minMs[option] && ms <= maxMs) return ms;
  throw new UsageError({
    option,
    expected: `a duration from ${formatDuration(minMs[option])} to ${formatDuration(maxMs)}, such as 5s or 800ms`,
    given: shown(value),
    fix: ms === undefined ? howToWrite(String(value), minMs[option]) : outOfRange(ms, minMs[option]),
  });
}

function read(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  // 1.1 * 1000 is 1100.0000000000002: durations are compared and printed, so keep microseconds and no more.
  return Math.round(Number(amount) * unitMs[unit as Unit] * 1000) / 1000;
}

function outOfRange(ms: number, leastMs: number): string {
  if (Number.isNaN(ms)) return 'write a text with a unit, such as 5s';
  return ms < leastMs ? `write ${formatDuration(leastMs)} or more` : `write ${formatDuration(maxMs)} or less`;
}

function howToWrite(text: string, leastMs: number): string {
  if (/^\d{1,9}(\.\d+)?$/.test(text)) {
    const amount = Number(text);
    // No unit makes it long enough.
    if (amount === 0 && leastMs > 0) return `write ${formatDuration(leastMs)} or more`;
    // Nobody promises 5 ms, and few promise 5000 s: the size says which unit was in mind, both spellings say it.
    const ms = amount < 100 ? amount * 1000 : amount;
    return `say the unit: write ${ms / 1000}s or ${ms}ms`;
  }
  const [, amount, word = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const unit = unitOf(word.toLowerCase());
  if (amount !== undefined && unit !== undefined) {
    // What cannot be read without its blank or its long unit either has too many digits.
    const isTooLong = read(`${amount}${unit}`) === undefined && Number(amount) * unitMs[unit] > maxMs;
    return isTooLong ? `write ${formatDuration(maxMs)} or less` : `write ${amount}${unit}`;
  }
  return 'write a number and its unit (ms, s, m or h) without a space, such as 5s';
}

function unitOf(word: string): Unit | undefined {
  if (/^(ms|msecs?|millis|milliseconds?)$/.test(word)) return 'ms';
  if (/^(s|secs?|seconds?)$/.test(word)) return 's';
  if (/^(m|mins?|minutes?)$/.test(word)) return 'm';
  return /^(h|hrs?|hours?)$/.test(word) ? 'h' : undefined;
}

/** A duration as the options write it: `24h`, `1500ms`. */
export function formatDuration(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const)
    if (ms !== 0 && ms % unitMs[unit] === 0) return `${ms / unitMs[unit]}${unit}`;
  return `${ms}ms`;
}
