import { beforeEach, expect, test, vi } from 'vitest';
import { UntestableError, UsageError } from '../errors.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { countPlaces } from './count-places.js';

/** What strace writes in one play after the other; and what was done. */
const traces = vi.hoisted(() => [] as (string | Error)[]);
const done = vi.hoisted(() => [] as string[]);
const problem = vi.hoisted(() => ({ error: undefined as Error | undefined }));
vi.mock('../stage/sweep-stage.js', () => ({
  openSweepStage: async () => ({
    stage: {
      count: async (syscalls: readonly string[]) => {
        done.push(`count ${syscalls}`);
        const trace = traces.shift() ?? '';
        if (trace instanceof Error) throw trace;
        return trace;
      },
    },
    close: async () => done.push('close'),
  }),
}));
vi.mock('./strace.js', async (original) => ({
  ...(await original<typeof import('./strace.js')>()),
  checkStrace: async () => {
    if (problem.error) throw problem.error;
  },
}));
beforeEach(() => {
  traces.length = 0;
  done.length = 0;
  problem.error = undefined;
});

const trace = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([syscall, count]) => `31 ${syscall}(3) = 0\n`.repeat(count))
    .join('');

const places = (...syscalls: string[]) => countPlaces({} as Session, {} as Surveyed, syscalls);

test('a place is what comes each time that it is played, in the order of the option', async () => {
  traces.push(trace({ read: 3, accept4: 1 }), trace({ read: 2, accept4: 1 }));
  expect(await places('read', 'accept4')).toEqual({
    places: [
      { syscall: 'read', number: 1 },
      { syscall: 'read', number: 2 },
      { syscall: 'accept4', number: 1 },
    ],
    remarks: [],
  });
  expect(done).toEqual(['count read,accept4', 'close', 'count read,accept4', 'close']);
});

test('a call that is not made, or not each time, has no place, and that is said', async () => {
  traces.push(trace({ read: 1, futex: 4 }), trace({ read: 1 }));
  expect((await places('read', 'pause', 'futex')).remarks).toEqual([
    'The sweep has no place in pause: the target did not call it.',
    'The sweep has no place in futex: the target called it in one play, and not in another.',
  ]);
});

test('a program that turns in a loop is swept at its first hundred calls, and that is said', async () => {
  traces.push(trace({ read: 101 }), trace({ read: 5000 }));
  const { places: found, remarks } = await places('read');
  expect(found).toHaveLength(100);
  expect(found.at(-1)).toEqual({ syscall: 'read', number: 100 });
  expect(remarks).toEqual(['The sweep tried the first 100 of at least 101 calls of read.']);
  traces.push(trace({ read: 100 }), trace({ read: 100 }));
  expect((await places('read')).remarks).toEqual([]);
});

test('a target that makes none of these calls cannot be swept, nor one that makes none of them each time', async () => {
  await expect(places('read', 'pause')).rejects.toThrow(
    new UntestableError('The target calls none of read, pause while it starts and works (--sweep).'),
  );
  traces.push(trace({ read: 1 }), '');
  await expect(places('read', 'pause')).rejects.toThrow(
    'The target calls none of read, pause each time that it starts and works (--sweep).',
  );
});

test('nothing is started where strace cannot be used, and what is started is closed', async () => {
  problem.error = new UsageError({ option: 'sweep', expected: '', given: '', fix: '' });
  await expect(places('raed')).rejects.toThrow(UsageError);
  expect(done).toEqual([]);
  problem.error = undefined;
  traces.push(new Error('a fault'));
  await expect(places('read')).rejects.toThrow('a fault');
  expect(done).toEqual(['count read', 'close']);
});
