import { shown, UsageError } from '../errors.js';

/** Names of system calls, in a text with commas or one by one. Duplicates collapse. Whether the machine has them, strace knows. */
export function parseSyscalls(option: string, value: string | readonly string[]): string[] {
  const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
  const wrong = words.find((word) => !/^[a-z][a-z0-9_]*$/.test(word));
  if (wrong === undefined) return [...new Set(words)];
  throw new UsageError({
    option,
    expected: 'names of system calls',
    given: shown(wrong),
    fix: 'write for example recvfrom,accept4: small letters, digits and _, with commas between them',
  });
}
