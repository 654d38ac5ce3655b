import { describe, expect, it } from 'vitest';
import type { Dispositions } from '../../../harness/recording/events.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { stopSignalsAreHandled } from './handled.js';

const nothing = { caught: [], blocked: [], ignored: [] };
const stopped: Written[] = [
  { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 200 },
  { type: 'exit', pid: 10, code: 0, signal: null, atMs: 210 },
];
const masks = (processes: readonly Dispositions[]): Written => ({
  type: 'dispositions',
  processes,
  atMs: 100,
});

describe('stop.handled', () => {
  it('passes when one process of the tree catches the signal', () => {
    const processes: Dispositions[] = [
      { pid: 10, ...nothing },
      { pid: 11, ...nothing, caught: ['SIGTERM'] },
    ];
    const verdict = verdictOf(stopSignalsAreHandled, recordingOf([masks(processes), ...stopped]));
    expect(verdict).toMatchObject({ outcome: 'pass', evidence: [0] });
    expect(verdict.message).toContain('pid 11');
  });

  it('passes when the signal is blocked, as for signalfd and sigwait', () => {
    const processes: Dispositions[] = [{ pid: 10, ...nothing, blocked: ['SIGTERM'] }];
    expect(verdictOf(stopSignalsAreHandled, recordingOf([masks(processes), ...stopped])).outcome).toBe(
      'pass',
    );
  });

  it('fails when the signal has its default action everywhere, and says that the root died by it', () => {
    const events: Written[] = [
      masks([{ pid: 10, ...nothing, caught: ['SIGINT'] }]),
      { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 200 },
      { type: 'exit', pid: 10, code: null, signal: 'SIGTERM', atMs: 201 },
    ];
    const verdict = verdictOf(stopSignalsAreHandled, recordingOf(events));
    expect(verdict).toMatchObject({
      outcome: 'fail',
      observed: 'left to its default action by every process',
      evidence: [0, 1, 2],
    });
    expect(verdict.message).toMatch(/default action .* and the root died by it/);
  });

  it('passes where no mask shows the signal, and it ended the target with a status: a thread was in sigwait', () => {
    const recording = recordingOf([masks([{ pid: 10, ...nothing }]), ...stopped]);
    const verdict = verdictOf(stopSignalsAreHandled, recording);
    expect(verdict).toMatchObject({ outcome: 'pass', evidence: [0, 1, 2] });
    expect(verdict.message).toContain('it ended the target with exit status 0');
    const ended: Written = { type: 'ended-by-harness', reason: '', pids: [10], atMs: 205 };
    const [sent, exit] = stopped as [Written, Written];
    const forced = recordingOf([masks([{ pid: 10, ...nothing }]), sent, ended, exit]);
    expect(verdictOf(stopSignalsAreHandled, forced).outcome).toBe('fail');
  });

  it('fails when the signal is ignored, and says so', () => {
    const processes: Dispositions[] = [{ pid: 10, ...nothing, ignored: ['SIGTERM'] }];
    const verdict = verdictOf(stopSignalsAreHandled, recordingOf([masks(processes), ...stopped]));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'ignored by pid 10, caught by none' });
    expect(verdict.message).toContain('The target ignores SIGTERM');
  });

  it('judges the signal of the run, by the masks that were last read before it', () => {
    const events: Written[] = [
      masks([{ pid: 10, ...nothing }]),
      { ...masks([{ pid: 10, ...nothing, caught: ['SIGINT'] }]), atMs: 150 },
      { type: 'signal', signal: 'SIGINT', pid: 10, atMs: 200 },
      { ...masks([{ pid: 10, ...nothing }]), atMs: 203 },
    ];
    const recording = recordingOf(events, { run: { signal: 'SIGINT' } });
    expect(verdictOf(stopSignalsAreHandled, recording)).toMatchObject({ outcome: 'pass', evidence: [1] });
  });

  it('does not apply where masks cannot be read', () => {
    expect(verdictOf(stopSignalsAreHandled, recordingOf(stopped)).outcome).toBe('not-applicable');
    expect(verdictOf(stopSignalsAreHandled, recordingOf([masks([]), ...stopped])).outcome).toBe(
      'not-applicable',
    );
  });

  it('does not apply to other scenarios than idle', () => {
    const recording = recordingOf([masks([{ pid: 10, ...nothing }]), ...stopped], {
      run: { scenario: 'busy-clients' },
    });
    expect(verdictOf(stopSignalsAreHandled, recording).outcome).toBe('not-applicable');
  });
});
