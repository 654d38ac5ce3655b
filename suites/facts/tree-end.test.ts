import { expect, test } from 'vitest';
import { startStoppable } from '../requirements/start/stoppable.js';
import { recordingOf, type Written } from '../testing/recording-builder.js';
import { verdictOf } from '../testing/verdict-of.js';
import { treeEnd } from './tree-end.js';

const waited = (waitedMs: number): Written => ({ type: 'kept-waiting', waitedMs, sinceMs: 500, atMs: 1500 });
/** The harness ends the target 2.5 s after a signal; a second and a half of that was free. */
const recording = (...events: readonly Written[]) =>
  recordingOf(
    [
      { type: 'spawned', pid: 7, atMs: 0 },
      { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 500 },
      ...events,
      { type: 'ended-by-harness', reason: '', pids: [7], atMs: 3000 },
    ],
    { run: { scenario: 'early', early: true } },
  );
const from = { minMs: 500, maxMs: 500 };

test('what the harness had to end after the bound was late, however little it waited for a processor', () => {
  expect(treeEnd(recording(), from, 2000).kind).toBe('ended');
  expect(treeEnd(recording(waited(400)), from, 2000).kind).toBe('ended');
});

test('what may have waited for a processor until the bound was over is no proof, though the harness had to end it', () => {
  expect(treeEnd(recording(waited(900)), from, 2000)).toEqual({
    kind: 'ended-unsure',
    elapsed: { minMs: 1600, maxMs: 2500 },
    evidence: [3],
  });
  expect(verdictOf(startStoppable, recording(waited(900)))).toMatchObject({
    outcome: 'untested',
    straddles: true,
    message: expect.stringContaining('it was still there 2.05 s (± 450 ms) after SIGTERM'),
  });
});

test('what the harness ended before the bound says nothing, waits or not', () => {
  expect(treeEnd(recording(), from, 2600).kind).toBe('cut-off');
  expect(treeEnd(recording(waited(900)), from, 2600).kind).toBe('cut-off');
});
