import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { type Given, recordingOf, type Written } from './recording-builder.js';

/** For tests: what happens on the connections of a client, in few words. */
const connection = 'connection-1';

export const accepted = (atMs = 50, on = connection): Written => ({
  type: 'accepted',
  connection: on,
  process: 0,
  atMs,
});
export const request = (exchange: number, atMs: number, on = connection): Written => ({
  type: 'client-request',
  connection: on,
  exchange,
  bytes: 10,
  atMs,
});
export const sent = (what: EventOf<'sent'>['what'], atMs: number, bytes = 9): Written => ({
  type: 'sent',
  connection,
  what,
  bytes,
  atMs,
});
export const read = (atMs: number, sinceMs = atMs): Written => ({
  type: 'client-read',
  connection,
  sinceMs,
  atMs,
});
export const left = (atMs: number, how: 'fin' | 'rst' = 'fin'): Written => ({
  type: 'client-left',
  connection,
  how,
  atMs,
});
export const serverLeft = (how: EventOf<'server-left'>['how'], atMs: number): Written => ({
  type: 'server-left',
  connection,
  how,
  atMs,
});
export const exit = (code: number | NodeJS.Signals, atMs: number): Written => ({
  type: 'exit',
  pid: 7,
  code: typeof code === 'number' ? code : null,
  signal: typeof code === 'number' ? null : code,
  atMs,
});
export const gone = (atMs: number, sinceMs = atMs): Written => ({ type: 'gone', sinceMs, atMs });
export const endedByHarness = (atMs: number): Written => ({
  type: 'ended-by-harness',
  reason: 'the run was over',
  pids: [7],
  atMs,
});
export const stop = (atMs: number, signal: NodeJS.Signals = 'SIGTERM'): Written => ({
  type: 'signal',
  signal,
  pid: 7,
  atMs,
});
export const traceback = (atMs: number): Written => ({
  type: 'output',
  stream: 'stderr',
  text: 'Traceback (most recent call last):\n  File "c.py", line 6, in <module>\n    data = s.recv(1024)\nConnectionResetError: [Errno 104] Connection reset by peer\n',
  atMs,
});
export const processor = (processorMs: number, atMs: number): Written => ({
  type: 'processor',
  processorMs,
  atMs,
});
export const fleetLag = (lagMs: number, atMs: number): Written => ({
  type: 'lag',
  who: 'fleet',
  lagMs,
  atMs,
});
export const harnessLag = (lagMs: number, atMs: number): Written => ({
  type: 'lag',
  who: 'harness',
  lagMs,
  atMs,
});

/** Two exchanges, 100 ms apart: what the client does then is what a test is about. */
export const served: readonly Written[] = [
  accepted(),
  request(1, 60),
  sent('reply', 61),
  request(2, 160),
  sent('reply', 161),
  read(170, 161),
];

/** A recording of a client that is told; `scenario` says what else it is. */
export function clientRecording(
  events: readonly Written[],
  scenario = 'notice/alone',
  given: Given = {},
): Recording {
  const isStop = events.some(({ type }) => type === 'signal');
  const signal = isStop ? 'SIGTERM' : null;
  const run = { scenario, signal, id: isStop ? `${scenario}/SIGTERM` : scenario } as const;
  return { ...recordingOf(events, { ...given, run: { ...run, ...given.run } }), kind: 'client' };
}
