import { describe, expect, it } from 'vitest';
import type { Judged } from './judge.js';
import { judgeAll } from './judge.js';
import { allRequirements } from './requirements/all.js';
import { recordingOf, type Written } from './testing/recording-builder.js';

const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 200 };
const missed: Written = {
  type: 'missed',
  moment: 'the script of my.thing is played to its end',
  reason: 'it threw TypeError: x is not a function: a fault of the suite ./mine.mjs, and not of the target',
  suite: './mine.mjs',
  atMs: 250,
};
/** The harness ends what a script has left: a target that would look as if it did not stop. */
const ended: readonly Written[] = [
  { type: 'ended-by-harness', reason: 'the run was over', pids: [10], atMs: 260 },
  { type: 'exit', pid: 10, code: null, signal: 'SIGKILL', atMs: 270 },
];
const faulty = recordingOf([stop, missed, ...ended], {
  run: { id: 'my.thing/SIGTERM', scenario: 'my.thing' },
});
const outcomes = (judged: readonly Judged[]) => new Set(judged.map(({ judgement }) => judgement.outcome));

describe('a run whose script is at fault', () => {
  it('is untested by every requirement, and nothing in it passes, fails or is set aside', () => {
    const judged = judgeAll([faulty], allRequirements);
    expect(outcomes(judged)).toEqual(new Set(['untested']));
    const [{ judgement }] = judged as [Judged];
    expect(judgement.message).toContain('a fault of the suite ./mine.mjs');
    expect(judgement).not.toHaveProperty('straddles');
  });

  it('fails as any other does where the same is the doing of the target', () => {
    const { suite: _, ...ofTarget } = missed as Written & { suite: string };
    const same = recordingOf([stop, { ...ofTarget, atMs: 250 } as Written, ...ended]);
    expect(outcomes(judgeAll([same], allRequirements))).not.toEqual(new Set(['untested']));
  });

  it('is not compared with others', () => {
    const sound = recordingOf([stop, { type: 'exit', pid: 10, code: 0, signal: null, atMs: 400 }]);
    const seen: string[][] = [];
    const compares = {
      id: 'my.compares',
      level: 'MUST',
      statement: '',
      because: '',
      remedy: { general: '' },
      sources: [],
      comparesRuns: true,
      judge: (_: unknown, siblings: readonly { run: { id: string } }[]) => {
        seen.push(siblings.map(({ run }) => run.id));
        return { outcome: 'pass', message: 'well', evidence: [] };
      },
    } as const;
    judgeAll([sound, faulty], [compares as never]);
    expect(seen).toEqual([['idle/SIGTERM']]);
  });
});
