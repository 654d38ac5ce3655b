import { expect, test } from 'vitest';
import type { Verdict } from '../../reports/report.js';
import type { JudgedVerdict } from './judge-runs.js';
import { Replays, tellsMore } from './replays.js';

function judged(
  requirement: string,
  run: string,
  outcome: Verdict['outcome'],
  { straddles = false, level = 'MUST' }: { straddles?: boolean; level?: Verdict['level'] } = {},
): JudgedVerdict {
  const id = `${requirement}@${run}`;
  return {
    verdict: { id, requirement, run, level, outcome, message: `about ${id}`, evidence: [] },
    straddles,
  };
}
const straddling = (requirement: string, run: string) =>
  judged(requirement, run, 'untested', { straddles: true });

test('a run of which a measurement straddled its bound is played again, and others are not', () => {
  const replays = new Replays([
    straddling('deadline.holds', 'idle/SIGTERM'),
    judged('deadline.holds', 'idle/SIGINT', 'pass'),
    judged('deadline.grace', 'hangup/SIGHUP', 'untested'),
  ]);
  expect(replays.any).toBe(true);
  expect(replays.reason('idle/SIGTERM')).toBe('about deadline.holds@idle/SIGTERM');
  expect(replays.reason('idle/SIGINT')).toBeUndefined();
  expect(replays.reason('hangup/SIGHUP')).toBeUndefined();
  expect(new Replays([judged('deadline.holds', 'idle/SIGINT', 'pass')]).any).toBe(false);
});

test('where runs were compared, both are played again', () => {
  const replays = new Replays([{ ...straddling('deadline.tracks', 'a'), comparedWith: 'b' }]);
  expect(replays.reason('a')).toBe('about deadline.tracks@a');
  expect(replays.reason('b')).toBe('about deadline.tracks@a');
});

test('a failed MUST is not played away, a failed SHOULD does not keep a MUST from being settled', () => {
  const of = (level: Verdict['level']) =>
    new Replays([
      straddling('deadline.holds', 'idle/SIGTERM'),
      judged('exit.status', 'idle/SIGTERM', 'fail', { level }),
    ]).reason('idle/SIGTERM');
  expect(of('MUST')).toBeUndefined();
  expect(of('SHOULD')).toBeDefined();
});

test('after two replays in vain, what straddles the same bound is left, and what straddles another is not', () => {
  const replays = new Replays([
    straddling('deadline.grace', 'a'),
    straddling('deadline.grace', 'b'),
    straddling('deadline.grace', 'c'),
    straddling('deadline.prompt', 'c'),
    straddling('deadline.grace', 'd'),
  ]);
  replays.learn([straddling('deadline.grace', 'a')], false);
  expect(replays.reason('b')).toBeDefined();
  replays.learn([straddling('deadline.grace', 'b')], false);
  expect(replays.reason('c')).toBe('about deadline.prompt@c');
  expect(replays.reason('d')).toBeUndefined();
});

test('a replay that settled it, or that missed its moment, is none in vain', () => {
  const replays = new Replays([straddling('deadline.grace', 'c')]);
  for (const run of ['a', 'b']) {
    replays.learn([judged('deadline.grace', run, 'pass')], false);
    replays.learn([straddling('deadline.grace', run)], true);
  }
  expect(replays.reason('c')).toBeDefined();
});

test('a replay that leaves more open than the first play does not take its place; one in which something failed does', () => {
  const pass = (requirement: string) => judged(requirement, 'a', 'pass');
  const first = [straddling('deadline.holds', 'a'), pass('exit.status')];
  expect(tellsMore([pass('deadline.holds'), pass('exit.status')], first)).toBe(true);
  expect(tellsMore([straddling('deadline.holds', 'a'), pass('exit.status')], first)).toBe(true);
  const missed = [judged('deadline.holds', 'a', 'untested'), judged('exit.status', 'a', 'untested')];
  expect(tellsMore(missed, first)).toBe(false);
  expect(tellsMore([...missed, judged('tree.no-orphans', 'a', 'fail')], first)).toBe(true);
});
