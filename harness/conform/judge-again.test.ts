import { expect, test } from 'vitest';
import { nonconformant } from '../../reports/samples.js';
import { recordingOf } from '../../suites/testing/recording-builder.js';
import type { LoadedSuite } from '../suite/own-suites.js';
import { ownWords } from '../suite/own-words.js';
import { judgeAgain } from './judge-again.js';

const recording = recordingOf([
  { type: 'spawned', pid: 10, port: 8080, atMs: 0 },
  { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 },
  { type: 'exit', pid: 10, code: 0, signal: null, atMs: 1050 },
]);
const rule = (id: `${string}.${string}`) => ({
  id,
  level: 'MUST' as const,
  statement: 'A rule of the house.',
  because: 'It is ours.',
  remedy: { general: 'Keep it.' },
  judge: () => ({ outcome: 'pass' as const, message: 'kept', evidence: [] }),
});
const house: LoadedSuite = {
  name: 'house.mjs',
  requirements: [rule('house.one'), rule('house.two')],
  scenarios: [],
};

const judgedBy = async (judged: readonly string[] | undefined, suites: readonly LoadedSuite[]) => {
  const { judged: _, ...frame } = { ...nonconformant, judged };
  const report = await judgeAgain({ ...frame, ...(judged && { judged }) }, [recording], suites);
  const ids = report.verdicts.map(({ requirement }) => requirement);
  return { ids, own: ids.filter((id) => id.startsWith('house.')), report };
};

test('all requirements of a suite are judged, also where the test knew nothing of it', async () => {
  expect((await judgedBy(undefined, [house])).own).toEqual(['house.one', 'house.two']);
  const chosen = await judgedBy(['exit.status'], [house]);
  expect(chosen.ids).toEqual(['exit.status', 'house.one', 'house.two']);
  expect(chosen.report.judged).toEqual(chosen.ids);
  expect((await judgedBy(undefined, [])).own).toEqual([]);
});

test('a suite that the test knew nothing of is judged beside one that it knew', async () => {
  const other: LoadedSuite = { name: 'garden.mjs', requirements: [rule('garden.one')], scenarios: [] };
  const { ids } = await judgedBy(['exit.status', 'house.two'], [house, other]);
  expect(ids).toEqual(['exit.status', 'house.two', 'garden.one']);
});

test('what the test left out of a suite stays out', async () => {
  const { ids, report } = await judgedBy(['house.two'], [house]);
  expect(ids).toEqual(['house.two']);
  expect(report.judged).toEqual(['house.two']);
});

test('the remark on suites is made anew where it stood', async () => {
  const frame = { ...nonconformant, remarks: [`${ownWords}an old one.`, 'another'] };
  const { remarks } = await judgeAgain(frame, [recording], [house]);
  expect(remarks).toEqual([
    `${ownWords}2 requirements and 0 scenarios of house.mjs belong to this report.`,
    'another',
  ]);
  expect((await judgeAgain(frame, [recording])).remarks).toEqual(frame.remarks);
});
