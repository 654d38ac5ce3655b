import { shown, UsageError } from '../errors.js';

/** The bounds of each option that is a whole number, both included. */
const ranges = {
  port: [1, 65_535],
  clients: [1, 10_000],
  jobs: [1, 1000],
  repeat: [1, 1000],
  seed: [1, 999_999],
} as const;
export type CountOption = keyof typeof ranges;

/** A whole number in the bounds of its option; from the command line it comes as its digits. */
export function parseCount(option: CountOption, value: unknown): number {
  const [min, max] = ranges[option];
  const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= min && count <= max) return count;
  throw new UsageError({
    option,
    expected: `a whole number from ${min} to ${max}`,
    given: shown(value),
    fix: fixFor(count, min, max),
  });
}

function fixFor(count: unknown, min: number, max: number): string {
  const isTooLong = typeof count === 'string' && /^\d+$/.test(count);
  if (isTooLong || (typeof count === 'number' && count > max)) return `write ${max} or less`;
  if (typeof count === 'number' && count < min) return `write ${min} or more`;
  return 'write it in digits, without sign, point or unit';
}
