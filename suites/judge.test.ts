import { describe, expect, test } from 'vitest';
import type { Recording } from '../harness/recording/recording.js';
import { judgeAll, judgeOne } from './judge.js';
import type { Judgement, Requirement } from './requirement.js';
import { allRequirements } from './requirements/all.js';
import { recordingOf, type Written } from './testing/recording-builder.js';

const pass: Judgement = { outcome: 'pass', message: 'it does', evidence: [] };
const fail: Judgement = {
  outcome: 'fail',
  message: 'it does not',
  expected: 'a',
  observed: 'b',
  evidence: [1],
};

/** A requirement that says always the same, and counts how often it is asked. */
function saying(judgement: Judgement, other: Partial<Requirement> = {}) {
  const asked: (readonly Recording[])[] = [];
  const requirement: Requirement = {
    id: 'stop.fake',
    level: 'MUST',
    since: 2026,
    statement: 's',
    because: 'b',
    remedy: { general: 'r' },
    sources: [],
    judge: (_recording, siblings) => {
      asked.push(siblings);
      return judgement;
    },
    ...other,
  };
  return { requirement, asked };
}

const signal: Written = { type: 'signal', signal: 'SIGTERM', pid: 1, atMs: 10 };
const exit: Written = { type: 'exit', pid: 1, code: 0, signal: null, atMs: 20 };
const ended: Written = { type: 'ended-by-harness', reason: 'it did not stop', pids: [1], atMs: 30 };
const missed: Written = { type: 'missed', moment: 'it is stopped', reason: 'it was not seen', atMs: 5 };
const stopped = recordingOf([signal, exit]);

const outcomeOf = (judged: Judgement) => `${judged.outcome}: ${judged.message}`;

describe('judgeOne', () => {
  test('is what the requirement says, of an ordinary run', () => {
    for (const judgement of [pass, fail]) {
      expect(judgeOne(saying(judgement).requirement, stopped, [stopped])).toEqual(judgement);
    }
  });

  test('an early run is judged only by who judges early', () => {
    const early = recordingOf([signal, exit], { run: { early: true } });
    const { requirement, asked } = saying(fail);
    expect(judgeOne(requirement, early, [early])).toEqual({
      outcome: 'not-applicable',
      message: 'the signal came before the target was ready',
    });
    expect(asked).toEqual([]);
    expect(judgeOne(saying(fail, { judgesEarly: true }).requirement, early, [early])).toEqual(fail);
  });

  test('a run without a stop signal is judged only by who needs none', () => {
    const other = recordingOf([{ ...signal, signal: 'SIGUSR1' }, exit]);
    expect(judgeOne(saying(fail).requirement, other, [other])).toMatchObject({
      outcome: 'not-applicable',
      message: expect.stringContaining('no stop signal'),
    });
    expect(judgeOne(saying(fail, { needsStop: false }).requirement, other, [other])).toEqual(fail);
  });

  test('a requirement itself says where it does not apply', () => {
    const { requirement, asked } = saying(fail, { notApplicable: () => 'no clients' });
    expect(outcomeOf(judgeOne(requirement, stopped, [stopped]))).toBe('not-applicable: no clients');
    expect(asked).toEqual([]);
  });

  test('an end that the harness made is nothing to whoever needs the target’s own', () => {
    const killed = recordingOf([signal, ended, { ...exit, code: null, signal: 'SIGKILL', atMs: 31 }]);
    expect(judgeOne(saying(fail, { needsOwnEnd: true }).requirement, killed, [killed])).toMatchObject({
      outcome: 'not-applicable',
      message: expect.stringContaining('deadline.holds'),
    });
    expect(judgeOne(saying(fail).requirement, killed, [killed])).toEqual(fail);
    expect(judgeOne(saying(fail, { needsOwnEnd: true }).requirement, stopped, [stopped])).toEqual(fail);
  });

  test('and where the root had exited by itself, it is not said that the target did not stop', () => {
    const left = recordingOf([signal, exit, ended]);
    expect(outcomeOf(judgeOne(saying(fail, { needsOwnEnd: true }).requirement, left, [left]))).toBe(
      'not-applicable: the root exited, and the harness ended the processes that it left: tree.no-orphans judges that',
    );
  });

  test('a missed moment leaves a pass untested, with the moment as the evidence, and keeps a fail', () => {
    const run = recordingOf([missed, signal, exit]);
    expect(judgeOne(saying(pass).requirement, run, [run])).toEqual({
      outcome: 'untested',
      message: '“it is stopped” did not happen: it was not seen',
      evidence: [0],
    });
    expect(judgeOne(saying(fail).requirement, run, [run])).toEqual(fail);
  });

  test('a moment that a busy machine missed is worth playing again, and says how busy it was', () => {
    const lag = (lagMs: number): Written => ({ type: 'lag', who: 'harness', lagMs, atMs: 6 });
    const busy = recordingOf([missed, lag(1250), signal, exit]);
    const message =
      '“it is stopped” did not happen: it was not seen (the machine was busy: the harness was 1.25 s late)';
    const untested = { outcome: 'untested', message, evidence: [0], straddles: true };
    expect(judgeOne(saying(pass).requirement, busy, [busy])).toEqual(untested);
    expect(judgeOne(saying(fail).requirement, busy, [busy])).toEqual(fail);
    const quiet = recordingOf([missed, lag(12), signal, exit]);
    expect(judgeOne(saying(pass).requirement, quiet, [quiet])).not.toHaveProperty('straddles');
  });

  test('a moment for which the harness itself came late is worth playing again, however quiet the machine was', () => {
    const late = recordingOf([{ ...missed, lateMs: 42 } as Written, signal, exit]);
    expect(judgeOne(saying(pass).requirement, late, [late])).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
    const quiet = recordingOf([missed, signal, exit]);
    expect(judgeOne(saying(pass).requirement, quiet, [quiet])).not.toHaveProperty('straddles');
  });

  test('a moment that the target was shown not to have is not applicable: unless the machine was too busy to tell, or something failed', () => {
    const connected = { type: 'connected', role: 'silent', client: 'silent-1', localPort: 1 } as const;
    const kept: Written[] = [
      { ...connected, atMs: 1 },
      { ...connected, role: 'canary', client: 'canary-2', atMs: 2100 },
      { type: 'request', client: 'canary-2', exchange: 1, bytes: 9, part: 'whole', atMs: 2101 },
      { type: 'reply', client: 'canary-2', exchange: 1, bytes: 9, atMs: 2102 },
      { type: 'withheld', client: 'silent-1', atMs: 2110 },
      { ...missed, atMs: 2111 },
    ];
    const outcome = (judgement: Judgement, ...more: Written[]) => {
      const run = recordingOf([...kept, ...more]);
      return judgeOne(saying(judgement).requirement, run, [run]);
    };
    expect(outcome(pass)).toEqual({
      outcome: 'not-applicable',
      message: expect.stringMatching(/^the kernel gives the target no connection before its first byte/),
    });
    expect(outcome(fail)).toEqual(fail);
    expect(outcome(pass, { type: 'lag', who: 'fleet', lagMs: 900, atMs: 2105 })).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });

  test('a missed moment before the signal is untested, and not a run without a signal', () => {
    const run = recordingOf([missed]);
    expect(judgeOne(saying(pass).requirement, run, [run]).outcome).toBe('untested');
  });

  test('a missed moment does not make a requirement applicable that is not', () => {
    const run = recordingOf([missed, signal]);
    const { requirement } = saying(pass, { notApplicable: () => 'no clients' });
    expect(judgeOne(requirement, run, [run]).outcome).toBe('not-applicable');
  });
});

describe('judgeAll', () => {
  test('judges every recording by every requirement', () => {
    const runs = [stopped, recordingOf([signal, exit], { run: { scenario: 'idle-clients' } })];
    const { requirement } = saying(pass);
    const judged = judgeAll(runs, [requirement, saying(fail, { id: 'stop.other' }).requirement]);
    expect(judged.map((one) => `${one.requirement.id}@${one.recording.run.id}`)).toEqual([
      'stop.fake@idle/SIGTERM',
      'stop.other@idle/SIGTERM',
      'stop.fake@idle-clients/SIGTERM',
      'stop.other@idle-clients/SIGTERM',
    ]);
  });

  test('shows all recordings to what compares runs, and its own one, once, to what does not', () => {
    const runs = [stopped, recordingOf([signal, exit], { run: { scenario: 'idle-clients' } })];
    const [comparing, alone] = [saying(pass, { comparesRuns: true }), saying(pass)];
    for (let time = 0; time < 2; time += 1) judgeAll(runs, [comparing.requirement, alone.requirement]);
    expect(comparing.asked).toEqual([runs, runs, runs, runs]);
    expect(alone.asked).toEqual(runs.map((run) => [run]));
  });

  test('every requirement whose judge takes other recordings says that it compares runs', () => {
    for (const { id, judge, comparesRuns = false } of allRequirements)
      expect(`${id} ${judge.length > 1}`).toBe(`${id} ${comparesRuns}`);
  });

  test('a fail may weigh less than its requirement, nothing else does', () => {
    const levels = [fail, { ...fail, level: 'SHOULD' as const }, pass].map(
      (judgement) => judgeAll([stopped], [saying(judgement).requirement])[0]?.level,
    );
    expect(levels).toEqual(['MUST', 'SHOULD', 'MUST']);
  });
});

describe('a stop signal that came while the target was suspended', () => {
  const frozen: Written = { type: 'frozen', pids: [1], atMs: 5 };
  const thawed: Written = { type: 'thawed', atMs: 15 };
  const run = (scenario: string) => ({ run: { scenario } });
  const deaf = recordingOf([frozen, signal, thawed, ended], run('simultaneous-request'));
  const idle = recordingOf([signal, exit], run('idle'));
  const { requirement } = saying(fail);
  const judged = (recording: Recording, ...others: Recording[]) =>
    judgeOne(requirement, recording, [recording, ...others]).outcome;

  test('is no fault of a target that it stops whenever it is not suspended', () => {
    expect(judged(deaf, idle)).toBe('not-applicable');
  });

  test('is one of a target that stops at no time, or of which nothing else is known', () => {
    expect(judged(deaf)).toBe('fail');
    expect(judged(deaf, recordingOf([signal, ended], run('idle')))).toBe('fail');
    expect(judged(deaf, recordingOf([signal, exit], run('restart')))).toBe('fail');
  });

  test('is what the scenario about suspension judges, and nothing where it had an effect', () => {
    expect(judged(recordingOf([frozen, signal, thawed, ended], run('stopped')), idle)).toBe('fail');
    expect(judged(recordingOf([frozen, signal, thawed, exit], run('simultaneous-request')), idle)).toBe(
      'fail',
    );
    expect(judged(recordingOf([signal, ended], run('simultaneous-request')), idle)).toBe('fail');
    expect(judged(recordingOf([frozen, thawed, { ...signal, atMs: 16 }, ended], run('x')), idle)).toBe(
      'fail',
    );
  });
});
