import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../harness/contract/delivery.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { terminalInterrupt } from './interrupt.js';

const start: Written = { type: 'spawned', pid: 10, atMs: 0 };
const ready: Written = { type: 'ready', atMs: 500 };
const typed: Written = { type: 'signal', signal: 'SIGINT', pid: 10, typed: true, atMs: 1000 };
const exit = (code: number | null, atMs = 1100, signal: 'SIGINT' | null = null): Written[] => [
  { type: 'exit', pid: 10, code, signal, atMs },
  { type: 'gone', atMs },
];
const traceback: Written = {
  type: 'output',
  stream: 'stdout',
  text: 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nKeyboardInterrupt\n',
  atMs: 1050,
};
const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 9000 };

function run(delivery: Delivery, ...events: Written[]): Recording {
  const id = delivery === 'process' ? 'idle-clients/SIGINT' : `idle-clients/SIGINT+${delivery}`;
  return recordingOf([start, ready, ...events], {
    run: { id, scenario: 'idle-clients', signal: 'SIGINT', delivery },
  });
}
const judged = (recording: Recording, ...others: Recording[]) =>
  verdictOf(terminalInterrupt, recording, [recording, ...others]);

describe('terminal.interrupt', () => {
  it('passes with an orderly end in time', () => {
    for (const end of [exit(0), exit(null, 1100, 'SIGINT')])
      expect(judged(run('terminal', typed, ...end)).outcome).toBe('pass');
  });

  it('fails when nothing comes of the key', () => {
    const verdict = judged(
      run('terminal', typed, ended, ...exit(null, 9001)),
      run('process', typed, ...exit(0)),
    );
    expect(verdict).toMatchObject({ outcome: 'fail' });
    expect(verdict.message).toContain('Typed at its terminal: The target did not stop');
  });

  it('fails with another exit status, and with a traceback', () => {
    expect(judged(run('terminal', typed, ...exit(1)))).toMatchObject({
      outcome: 'fail',
      observed: 'exit status 1',
    });
    expect(judged(run('terminal', typed, traceback, ...exit(0))).message).toContain('Python traceback');
  });

  it('is not applicable where the same fails when the signal goes to the process, or to the group', () => {
    for (const delivery of ['process', 'group'] as const) {
      const other = run(delivery, typed, ...exit(1));
      expect(judged(run('terminal', typed, ...exit(1)), other)).toEqual({
        outcome: 'not-applicable',
        message: `it fails in ${other.run.id} as well, which judges that`,
      });
      // Another fault excuses nothing.
      expect(judged(run('terminal', typed, traceback, ...exit(0)), other).outcome).toBe('fail');
    }
  });

  it('is untested where the error bar straddles the deadline', () => {
    const lag: Written = { type: 'lag', who: 'harness', lagMs: 900, atMs: 3300 };
    const verdict = judged(run('terminal', typed, ...exit(0, 3290), lag));
    expect(verdict).toMatchObject({ outcome: 'untested', straddles: true });
  });

  it('does not apply where nothing was typed, or more than one signal was', () => {
    expect(judged(run('process', typed, ...exit(0))).outcome).toBe('not-applicable');
    const again: Written = { ...typed, atMs: 1050 };
    expect(judged(run('terminal', typed, again, ...exit(0))).outcome).toBe('not-applicable');
  });
});
