import { expect, test } from 'vitest';
import type { Recording } from '../../harness/recording/recording.js';
import { outputOf } from './output.js';

const said = (stream: 'stdout' | 'stderr', text: string, atMs: number) =>
  ({ type: 'output', instance: 0, stream, text, atMs }) as const;

test('standard output comes first, then standard error; each is always there', () => {
  const events = [said('stderr', 'trouble\n', 1), said('stdout', '\x1b[1mbye\x1b[0m\n', 2)];
  // That there are two is known to the compiler too: whoever writes a judge needs no question mark.
  const [stdout, stderr] = outputOf({ events } as unknown as Recording);
  expect([stdout.text, stderr.text]).toEqual(['bye\n', 'trouble\n']);
  const [none] = outputOf({ events } as unknown as Recording, { toMs: 1 });
  expect(none.text).toBe('');
});
