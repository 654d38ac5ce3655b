import { shown, UsageError } from '../errors.js';

/** With these strace(1) means sets of calls: a place in one of them would be a place in any of its calls. */
const sets = ['all', 'desc', 'file', 'ipc', 'memory', 'network', 'none', 'process', 'signal'];

/** Names of system calls, in a text with commas or one by one. Duplicates collapse. Whether the machine has them, strace knows. */
export function parseSyscalls(option: string, value: string | readonly string[]): string[] {
  const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
  const wrong = words.find((word) => !/^[a-z_][a-z0-9_]*$/.test(word));
  const set = words.find((word) => sets.includes(word));
  if (wrong === undefined && set === undefined) return [...new Set(words)];
  throw new UsageError({
    option,
    expected: 'names of system calls',
    given: wrong === undefined ? `'${set}', which stands for many of them` : shown(wrong),
    fix: 'write for example recvfrom,accept4: small letters, digits and _, with commas between them',
  });
}
