import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { deadlineHolds } from './holds.js';

const spawned: Written = { type: 'spawned', pid: 10, atMs: 0 };
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 };
const exit = (atMs: number): Written => ({ type: 'exit', pid: 10, code: 0, signal: null, atMs });
const gone = (atMs: number): Written => ({ type: 'gone', atMs });
const ended = (atMs: number, pids = [10]): Written => ({
  type: 'ended-by-harness',
  reason: 'still there',
  pids,
  atMs,
});

describe('deadline.holds', () => {
  it('passes when the tree is gone within the deadline and its tolerance', () => {
    const recording = recordingOf([spawned, stop, exit(3200), gone(3240)]);
    expect(verdictOf(deadlineHolds, recording)).toMatchObject({ outcome: 'pass', evidence: [1, 2, 3] });
  });

  it('fails when a descendant lives on past the deadline, and says when the root exited', () => {
    const verdict = verdictOf(deadlineHolds, recordingOf([spawned, stop, exit(3000), gone(3600)]));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'gone after 2.6 s', evidence: [1, 2, 3] });
    expect(verdict.message).toBe(
      'The last process of the target was gone 2.6 s after SIGTERM, 600 ms past the deadline; its root had exited 2 s after SIGTERM.',
    );
  });

  it('fails when the harness had to end the target, and names what was still alive', () => {
    const worker: Written = {
      type: 'process',
      pid: 11,
      parentPid: 10,
      command: 'worker',
      state: 'running',
      atMs: 50,
    };
    const events = [spawned, worker, stop, ended(3500, [10, 11]), exit(3501), gone(3502)];
    const verdict = verdictOf(deadlineHolds, recordingOf(events));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'not stopped after 2.5 s' });
    expect(verdict.message).toBe(
      'The target did not stop: 2.5 s after SIGTERM the harness had to end the root (pid 10) and pid 11 (worker); its root had not exited.',
    );
  });

  it('counts from the thaw where the signal was sent to a frozen tree', () => {
    const frozen: Written = { type: 'frozen', pids: [10], atMs: 900 };
    const thawed: Written = { type: 'thawed', atMs: 2000 };
    const events = [spawned, frozen, stop, thawed, exit(4100), gone(4100)];
    expect(verdictOf(deadlineHolds, recordingOf(events)).outcome).toBe('pass');
  });

  it('is untested when the error bar straddles the bound', () => {
    const events: Written[] = [spawned, stop, exit(3260), { type: 'gone', sinceMs: 3200, atMs: 3300 }];
    expect(verdictOf(deadlineHolds, recordingOf(events))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  it('is untested where it was late by no more than it was kept from a processor', () => {
    const waited = (waitedMs: number): Written => ({
      type: 'kept-waiting',
      waitedMs,
      sinceMs: 2900,
      atMs: 3000,
    });
    const judged = (waitedMs: number, ...end: Written[]) =>
      verdictOf(deadlineHolds, recordingOf([spawned, stop, waited(waitedMs), ...end]));
    expect(judged(300, exit(3590), gone(3600)).outcome).toBe('fail');
    expect(judged(400, exit(3590), gone(3600))).toMatchObject({ outcome: 'untested', straddles: true });
    // Of a target that was still there the whole time counts.
    expect(judged(300, ended(3600), exit(3601), gone(3602)).outcome).toBe('fail');
    expect(judged(400, ended(3600), exit(3601), gone(3602))).toMatchObject({ straddles: true });
  });

  it('is untested when the harness ended the target before its deadline was over', () => {
    const verdict = verdictOf(deadlineHolds, recordingOf([spawned, stop, ended(1500)]));
    expect(verdict).toMatchObject({ outcome: 'untested' });
    expect(verdict).not.toHaveProperty('straddles');
  });

  it('is untested when no end was recorded', () => {
    expect(verdictOf(deadlineHolds, recordingOf([spawned, stop])).outcome).toBe('untested');
  });

  it('leaves runs with several stop signals to deadline.not-extended, whatever happened', () => {
    const again: Written = { type: 'signal', signal: 'SIGINT', pid: 10, atMs: 1500 };
    const recording = recordingOf([spawned, stop, again, exit(9000), gone(9000)]);
    expect(verdictOf(deadlineHolds, recording).outcome).toBe('not-applicable');
  });

  it('does not apply without a stop signal', () => {
    expect(verdictOf(deadlineHolds, recordingOf([spawned])).outcome).toBe('not-applicable');
  });

  it('leaves runs to the requirement that speaks of them', () => {
    const late = [spawned, stop, exit(6000), gone(6000)];
    for (const scenario of ['stopped', 'reload-then-stop']) {
      expect(verdictOf(deadlineHolds, recordingOf(late, { run: { scenario } })).outcome).toBe(
        'not-applicable',
      );
    }
    expect(verdictOf(deadlineHolds, recordingOf(late, { run: { early: true } })).outcome).toBe(
      'not-applicable',
    );
  });

  it('leaves processes that a root left behind to tree.no-orphans', () => {
    const survivor: Written = { type: 'survivor', pid: 11, command: 'sleep', atMs: 1101 };
    const orphan = [spawned, stop, exit(1100), survivor];
    for (const end of [gone(6000), ended(6000, [11])]) {
      const verdict = verdictOf(deadlineHolds, recordingOf([...orphan, end]));
      expect(verdict).toMatchObject({ outcome: 'not-applicable' });
      expect(verdict.message).toContain('tree.no-orphans');
    }
  });

  it('is untested where it is not certain whether the root, which left processes behind, was in time itself', () => {
    const survivor: Written = { type: 'survivor', pid: 11, command: 'sleep', atMs: 3401 };
    const lag: Written = { type: 'lag', who: 'harness', lagMs: 300, atMs: 3395 };
    const left = [survivor, ended(4900, [11])];
    expect(verdictOf(deadlineHolds, recordingOf([spawned, stop, exit(3400), lag, ...left]))).toMatchObject({
      outcome: 'untested',
      message: expect.stringContaining('the root exited'),
      straddles: true,
    });
    expect(verdictOf(deadlineHolds, recordingOf([spawned, stop, exit(3400), ...left])).outcome).toBe('fail');
  });
});
