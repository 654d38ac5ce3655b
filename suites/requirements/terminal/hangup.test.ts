import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../harness/contract/delivery.js';
import type { SignalName } from '../../../harness/contract/signal-name.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { terminalHangup } from './hangup.js';

const start: Written = { type: 'spawned', pid: 10, atMs: 0 };
const ready: Written = { type: 'ready', atMs: 500 };
const closed: Written = { type: 'signal', signal: 'SIGHUP', pid: 10, hangup: true, atMs: 1000 };
const exit = (code: number | null, signal: SignalName | null = null, atMs = 1100): Written[] => [
  { type: 'exit', pid: 10, code, signal, atMs },
  { type: 'gone', atMs },
];

/** With SIGHUP as a stop signal. */
function declared(delivery: Delivery, ...events: Written[]): Recording {
  const id = delivery === 'process' ? 'idle-clients/SIGHUP' : `idle-clients/SIGHUP+${delivery}`;
  return recordingOf([start, ready, closed, ...events], {
    run: { id, scenario: 'idle-clients', signal: 'SIGHUP', delivery },
    contract: { stopSignals: ['SIGTERM', 'SIGHUP'] },
  });
}

/** Where nothing is declared for it. */
function undeclared(delivery: Delivery, ...events: Written[]): Recording {
  const id = `hangup/SIGHUP${delivery === 'process' ? '' : `+${delivery}`}`;
  return recordingOf([start, ready, closed, ...events], {
    run: { id, scenario: 'hangup', signal: 'SIGHUP', delivery },
  });
}
const judged = (recording: Recording, ...others: Recording[]) =>
  verdictOf(terminalHangup, recording, [recording, ...others]);

describe('terminal.hangup', () => {
  it('passes with an orderly stop, and with death by SIGHUP where that is accepted', () => {
    for (const end of [exit(0), exit(null, 'SIGHUP')]) {
      expect(judged(declared('hangup', ...end)).outcome).toBe('pass');
      expect(judged(undeclared('hangup', ...end)).outcome).toBe('pass');
    }
  });

  it('passes where the target goes on, serves the next client, and is stopped by another signal', () => {
    const canary = { client: 'canary-2', exchange: 1 } as const;
    const served: Written[] = [
      { type: 'connected', client: 'canary-2', role: 'canary', localPort: 1, atMs: 1100 },
      { type: 'request', ...canary, bytes: 6, part: 'whole', atMs: 1110 },
      { type: 'reply', ...canary, bytes: 6, atMs: 1120 },
      { type: 'left', client: 'canary-2', how: 'fin', atMs: 1130 },
    ];
    const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1200 };
    expect(judged(undeclared('hangup', ...served, stop, ...exit(0, null, 1300))).outcome).toBe('pass');
  });

  it('fails after a crash, with an odd status, and when it stays', () => {
    for (const run of [declared, undeclared]) {
      const crash = judged(run('hangup', ...exit(null, 'SIGABRT')), run('process', ...exit(0)));
      expect(crash).toMatchObject({ outcome: 'fail', observed: 'death by SIGABRT' });
      expect(crash.message).toMatch(/^Its terminal was closed: /);
      expect(judged(run('hangup', ...exit(1))).outcome).toBe('fail');
    }
    const ended: Written = { type: 'ended-by-harness', reason: 'late', pids: [10], atMs: 9000 };
    expect(judged(declared('hangup', ended, ...exit(null, 'SIGKILL', 9001))).outcome).toBe('fail');
  });

  it('is not applicable where the same fails with a SIGHUP to the process, or to the group', () => {
    for (const delivery of ['process', 'group'] as const) {
      const other = declared(delivery, ...exit(1));
      expect(judged(declared('hangup', ...exit(1)), other)).toEqual({
        outcome: 'not-applicable',
        message: `it fails in ${other.run.id} as well, which judges that`,
      });
    }
  });

  it('does not apply where no terminal was closed', () => {
    for (const delivery of ['process', 'terminal'] as const)
      expect(judged(declared(delivery, ...exit(0))).outcome).toBe('not-applicable');
  });
});
