import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProgressEvent } from '../progress.js';
import { conformant, hostile, nonconformant } from '../samples.js';
import { type LiveOptions, liveProgress } from './live.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const begin: readonly ProgressEvent[] = [
  { type: 'surveying', command: ['node', 'server.js'] },
  { type: 'surveyed', survey: conformant.survey, protocol: 'echo' },
  {
    type: 'planned',
    runs: [
      { id: 'idle/SIGTERM', expectedMs: 2000 },
      { id: 'stuck-client/SIGTERM', expectedMs: 12_000 },
    ],
  },
  { type: 'run-started', id: 'idle/SIGTERM' },
  { type: 'run-started', id: 'stuck-client/SIGTERM' },
];
const finished = (id: string, verdicts: typeof conformant.verdicts): ProgressEvent => ({
  type: 'run-finished',
  id,
  durationMs: 1234,
  verdicts,
});

function started(stream: { isTTY?: boolean; columns?: number }, more: Partial<LiveOptions> = {}) {
  const writes: string[] = [];
  const live = liveProgress({
    stream: { ...stream, write: (text) => writes.push(text) },
    env: {},
    nowMs: () => Date.now(),
    ...more,
  });
  const tell = (...events: readonly ProgressEvent[]) => {
    for (const event of events) live.onProgress(event);
  };
  return { live, tell, writes };
}
const eraseLine = '\r\u001b[2K';
const tty = { isTTY: true, columns: 100 };

test('elsewhere than on a terminal there is a line for each finished run, and nothing is redrawn', () => {
  const { tell, live, writes } = started({});
  tell(...begin, finished('idle/SIGTERM', conformant.verdicts));
  tell(finished('stuck-client/SIGTERM', nonconformant.verdicts));
  vi.advanceTimersByTime(10_000);
  live.stop();
  expect(writes.join('')).toBe(
    [
      'surveying node server.js',
      'echo on 127.0.0.1:8080, starts in 231 ms',
      '2 runs, the longest takes about 12 s',
      '1/2  warn      idle/SIGTERM  1.23 s  stop.acknowledged',
      '2/2  fail      stuck-client/SIGTERM  1.23 s  notice.every-client, deadline.holds, output.no-traceback, exit.status, stop.acknowledged',
      '',
    ].join('\n'),
  );
});

test('what a failed run could not be tested for is not told as failed; where nothing failed, it is told', () => {
  const { tell, writes } = started({});
  const lost = nonconformant.verdicts.map((verdict) =>
    verdict.requirement === 'deadline.holds' ? { ...verdict, outcome: 'untested' as const } : verdict,
  );
  tell(...begin, finished('idle/SIGTERM', lost));
  tell(
    finished(
      'stuck-client/SIGTERM',
      lost.filter(({ outcome }) => outcome === 'untested'),
    ),
  );
  const [failed = '', untested = ''] = writes.slice(-2);
  expect(failed).toContain('fail      idle/SIGTERM  1.23 s  notice.every-client, output.no-traceback,');
  expect(failed).not.toContain('deadline.holds');
  expect(untested).toMatch(/untested {2}stuck-client\/SIGTERM {2}1\.23 s {2}deadline\.holds/);
});

test('a single run is no longest of several', () => {
  const { tell, writes } = started({});
  tell({ type: 'planned', runs: [{ id: 'idle/SIGTERM', expectedMs: 100 }] });
  expect(writes.join('')).toBe('1 run, which takes about 100 ms\n');
});

test('on a terminal one line says what is going, done, and how long the longest wait still is', () => {
  const { tell, writes } = started(tty);
  tell(...begin);
  vi.advanceTimersByTime(3000);
  tell(finished('idle/SIGTERM', conformant.verdicts));
  expect(writes.at(-1)).toBe(
    `${eraseLine}1/2 runs done, 1 going, 9 s left, waiting for stuck-client/SIGTERM`,
  );
});

test('a run of which no requirement speaks has passed nothing', () => {
  const { tell, writes } = started({});
  const moot = conformant.verdicts.map((verdict) => ({ ...verdict, outcome: 'not-applicable' as const }));
  tell(...begin, finished('idle/SIGTERM', moot));
  expect(writes.at(-1)).toBe('1/2  n/a       idle/SIGTERM  1.23 s\n');
});

test('on a terminal the line goes on counting while nothing happens', () => {
  const { tell, writes } = started(tty);
  tell(...begin);
  const before = writes.length;
  vi.advanceTimersByTime(5000);
  expect(writes.length).toBeGreaterThan(before);
  expect(writes.at(-1)).toContain('0/2 runs done, 2 going, 7 s left');
});

test('a run that takes longer than expected never has a negative time left', () => {
  const { tell, writes } = started(tty);
  tell(...begin);
  vi.advanceTimersByTime(60_000);
  expect(writes.at(-1)).toContain(' 0 s left');
});

test('a failed run is counted, and a run that is played once more is not done twice', () => {
  const { tell, writes } = started(tty);
  tell(...begin, finished('idle/SIGTERM', nonconformant.verdicts));
  expect(writes.at(-1)).toContain('1/2 runs done, 1 going, 12 s left, 1 failed');
  tell({ type: 'replaying', id: 'idle/SIGTERM', reason: 'the error bar straddles the deadline' });
  expect(writes.at(-1)).toContain('0/2 runs done');
  tell({ type: 'run-started', id: 'idle/SIGTERM' }, finished('idle/SIGTERM', []));
  expect(writes.at(-1)).toContain('1/2 runs done, 1 going, 12 s left, waiting');
});

test.each([30, 40, 60])('in %i columns the line does not wrap', (columns) => {
  const { tell, writes } = started({ isTTY: true, columns });
  tell(...begin);
  for (const write of writes) expect(write.replace(eraseLine, '').length).toBeLessThan(columns);
});

test('when it stops the line is erased, the timer is gone, and late events show nothing', () => {
  const { tell, live, writes } = started(tty);
  tell(...begin);
  live.stop();
  expect(writes.at(-1)).toBe(eraseLine);
  expect(vi.getTimerCount()).toBe(0);
  const before = writes.length;
  tell(finished('idle/SIGTERM', []));
  live.stop();
  expect(writes.length).toBe(before);
});

test.each([
  ['in CI', { CI: 'true' }],
  ['on a dumb terminal', { TERM: 'dumb' }],
])('%s a terminal gets lines too', (_what, env) => {
  const { tell, writes } = started(tty, { env });
  tell(...begin, finished('idle/SIGTERM', conformant.verdicts));
  expect(writes.join('')).not.toContain('\r');
  expect(writes.at(-1)).toContain('idle/SIGTERM');
});

test('with --quiet nothing is written, and no timer runs', () => {
  const { tell, live, writes } = started(tty, { quiet: true });
  tell(...begin);
  live.stop();
  expect(writes).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('with --verbose a line for each finished run stays on a terminal too', () => {
  const { tell, writes } = started(tty, { verbose: true, noColor: true });
  tell(...begin, finished('idle/SIGTERM', conformant.verdicts));
  expect(writes).toContain(`${eraseLine}1/2  warn      idle/SIGTERM  1.23 s  stop.acknowledged\n`);
});

test('what a target or a command line says is not interpreted', () => {
  const { tell, writes } = started({});
  tell(
    { type: 'surveying', command: ['node', hostile] },
    { type: 'replaying', id: 'a/SIGTERM', reason: hostile },
  );
  expect(writes.join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('progress alone keeps no process alive', () => {
  vi.useRealTimers();
  const unref = vi.spyOn(globalThis, 'setInterval');
  const { tell, live } = started(tty);
  tell(...begin);
  const timer = unref.mock.results[0]?.value as NodeJS.Timeout;
  expect(timer.hasRef()).toBe(false);
  live.stop();
  unref.mockRestore();
});
