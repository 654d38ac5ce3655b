import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../harness/contract/delivery.js';
import type { SignalName } from '../../../harness/contract/signal-name.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { type Given, recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { pid1Stops } from './stops.js';

const start: Written = { type: 'spawned', pid: 10, pid1: true, atMs: 0 };
const masks = (...caught: SignalName[]): Written => ({
  type: 'dispositions',
  processes: [{ pid: 10, caught, blocked: [], ignored: [] }],
  atMs: 400,
});
const ready: Written = { type: 'ready', atMs: 500 };
const stop: Written = { type: 'signal', signal: 'SIGINT', pid: 10, atMs: 1000 };
const exit = (code: number | null, signal: SignalName | null = null, atMs = 1100): Written[] => [
  { type: 'exit', pid: 10, code, signal, atMs },
  { type: 'gone', atMs },
];
const ended: Written[] = [
  { type: 'ended-by-harness', reason: 'it did not stop', pids: [10], atMs: 9000 },
  { type: 'exit', pid: 10, code: null, signal: 'SIGKILL', atMs: 9001 },
];

function run(delivery: Delivery, events: readonly Written[], scenario = 'idle-clients', given: Given = {}) {
  const id = delivery === 'process' ? `${scenario}/SIGINT` : `${scenario}/SIGINT+${delivery}`;
  return recordingOf([start, ready, stop, ...events], {
    ...given,
    run: { id, scenario, signal: 'SIGINT', delivery },
  });
}
const judged = (recording: Recording, ...others: Recording[]) =>
  verdictOf(pid1Stops, recording, [recording, ...others]);

describe('pid1.stops', () => {
  it('passes with an orderly end in time', () => {
    expect(judged(run('pid1', [masks('SIGINT'), ...exit(0)])).outcome).toBe('pass');
  });

  it('fails when the signal is dropped, and says why', () => {
    const verdict = judged(run('pid1', [masks(), ...ended]), run('process', exit(null, 'SIGINT')));
    expect(verdict).toMatchObject({ outcome: 'fail' });
    expect(verdict.message).toContain('As PID 1: The target did not stop');
    expect(verdict.message).toContain('no handler for SIGINT');
  });

  it('does not blame the kernel where there is a handler', () => {
    const verdict = judged(run('pid1', [masks('SIGINT'), ...ended]), run('process', exit(0)));
    expect(verdict).toMatchObject({ outcome: 'fail' });
    expect(verdict.message).not.toContain('kernel');
  });

  it('fails with another exit status, after a crash, and with a traceback', () => {
    expect(judged(run('pid1', exit(1)))).toMatchObject({ outcome: 'fail', observed: 'exit status 1' });
    expect(judged(run('pid1', exit(null, 'SIGSEGV')))).toMatchObject({ outcome: 'fail' });
    const text = 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError\n';
    const traceback: Written = { type: 'output', stream: 'stderr', text, atMs: 1050 };
    expect(judged(run('pid1', [traceback, ...exit(0)])).message).toContain('Python traceback');
  });

  it('accepts 128 + n for the signal by which PID 1 cannot die, where death by it is accepted', () => {
    const died = run('process', exit(null, 'SIGINT'));
    expect(judged(run('pid1', exit(130)), died).outcome).toBe('pass');
    // The number of SIGTERM, which was not sent.
    expect(judged(run('pid1', exit(143)), died).outcome).toBe('fail');
    const strict = { contract: { exitStatus: [0] } } satisfies Given;
    expect(judged(run('pid1', exit(130), 'idle-clients', strict)).outcome).toBe('fail');
  });

  it('is not applicable where the same fails with a plain signal', () => {
    const plain = run('process', ended);
    expect(judged(run('pid1', ended), plain)).toEqual({
      outcome: 'not-applicable',
      message: `it fails in ${plain.run.id} as well, which judges that`,
    });
    // The run in which it inherits something has no counterpart of its own: it is an idle one.
    const idle = run('process', ended, 'idle');
    expect(judged(run('pid1', ended, 'inherited-orphan'), idle).outcome).toBe('not-applicable');
    expect(judged(run('pid1', ended, 'busy-clients'), idle).outcome).toBe('fail');
  });

  it('is untested where the error bar straddles the deadline', () => {
    const lag: Written = { type: 'lag', who: 'harness', lagMs: 900, atMs: 3300 };
    const verdict = judged(run('pid1', [...exit(0, null, 3290), lag]));
    expect(verdict).toMatchObject({ outcome: 'untested', straddles: true });
  });

  it('does not apply where it was not PID 1, or more than one signal was sent', () => {
    expect(judged(run('process', exit(0))).outcome).toBe('not-applicable');
    expect(judged(run('pid1', [{ ...stop, atMs: 1050 }, ...exit(0)])).outcome).toBe('not-applicable');
  });
});
