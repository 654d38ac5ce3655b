import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import { parseShard, shardDurationsOf } from './shard.js';

const parse = (value: string, env: Record<string, string> = {}) => parseShard('shard', value, env);

test('a part is its number and the number of parts', () => {
  expect(parse('2/3')).toEqual({ index: 2, of: 3 });
  expect(parse('1/1')).toEqual({ index: 1, of: 1 });
});

test.each([
  ['0/3', 'write 1/3 for the first part'],
  ['4/3', 'write 3/3 for the last part'],
  ['1/0', 'at least 1'],
  ['1/1001', '1000 parts at most'],
  ['a/b', 'write 1/3'],
  ['1', 'write 1/3'],
  ['1/3/5', 'write 1/3'],
  ['-1/3', 'write 1/3'],
  ['1.5/3', 'write 1/3'],
  ['', 'write 1/3'],
  ['AUTO', 'or auto'],
])('%s is refused, and the message says what to write', (value, words) => {
  expect(() => parse(value)).toThrow(UsageError);
  expect(() => parse(value)).toThrow(words);
});

const slurm = (id: number, count: number, min: number, max: number) => ({
  SLURM_ARRAY_TASK_ID: String(id),
  SLURM_ARRAY_TASK_COUNT: String(count),
  SLURM_ARRAY_TASK_MIN: String(min),
  SLURM_ARRAY_TASK_MAX: String(max),
});

describe('auto', () => {
  test.each<[string, string, Record<string, string>, string]>([
    ['GitLab counts from 1', 'auto', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' }, '2/3'],
    ['CircleCI counts from 0', 'auto', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '4' }, '1/4'],
    [
      'Buildkite counts from 0',
      'auto',
      { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '3' },
      '3/3',
    ],
    ['a GitHub matrix counts from 0', 'auto', { STRATEGY_JOB_INDEX: '1', STRATEGY_JOB_TOTAL: '2' }, '2/2'],
    ['Kubernetes counts from 0, and the user says how many', 'auto/5', { JOB_COMPLETION_INDEX: '4' }, '5/5'],
    ['a Slurm array 1-3', 'auto', slurm(2, 3, 1, 3), '2/3'],
    ['a Slurm array 0-7:2', 'auto', slurm(6, 4, 0, 6), '4/4'],
    ['a Slurm array of one', 'auto', slurm(9, 1, 9, 9), '1/1'],
    ['two that agree', 'auto', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3', ...slurm(2, 3, 1, 3) }, '2/3'],
    [
      'one that does not know how many beside one that does',
      'auto',
      { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3', JOB_COMPLETION_INDEX: '1' },
      '2/3',
    ],
  ])('%s', (_name, value, env, part) => {
    const { index, of } = parse(value, env);
    expect(`${index}/${of}`).toBe(part);
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['no variable at all', 'auto', {}, 'write the part yourself'],
    ['a GitLab job without parallel', 'auto', { CI_NODE_TOTAL: '1' }, 'CI_NODE_INDEX and CI_NODE_TOTAL'],
    ['Kubernetes without a number of parts', 'auto', { JOB_COMPLETION_INDEX: '0' }, 'auto/3'],
    [
      'two that contradict each other',
      'auto',
      { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3', CIRCLE_NODE_INDEX: '1', CIRCLE_NODE_TOTAL: '3' },
      'GitLab: 1/3, CircleCI: 2/3',
    ],
    [
      'a number of parts that is not the job’s',
      'auto/4',
      { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' },
      'auto/4',
    ],
    ['an index beyond the number of parts', 'auto/2', { JOB_COMPLETION_INDEX: '2' }, '3/2 here'],
    ['a Slurm array with gaps', 'auto', slurm(2, 3, 1, 7), 'equal distances'],
    [
      'a variable that is no number',
      'auto',
      { CI_NODE_INDEX: 'one', CI_NODE_TOTAL: '3' },
      "expected a whole number in the variable CI_NODE_INDEX, given 'one'",
    ],
    [
      'no parts at all',
      'auto/0',
      { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' },
      'auto/0, which is no part at all',
    ],
    ['no parts, and no variable', 'auto/0', {}, 'auto/0, which is no part at all'],
  ])('%s is refused', (_name, value, env, words) => {
    expect(() => parse(value, env)).toThrow(UsageError);
    expect(() => parse(value, env)).toThrow(words);
  });

  test('no part is played on a machine that has such variables, where nobody asked for it', () => {
    expect(parse('1/2', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' })).toEqual({ index: 1, of: 2 });
  });
});

test('durations without a part are refused', () => {
  expect(() => shardDurationsOf({ shardDurations: {} })).toThrow(
    'expected the option shard beside it: durations say which runs a part gets, given shardDurations without shard',
  );
  expect(shardDurationsOf({ shard: '1/2', shardDurations: { a: 1 } })).toEqual({ a: 1 });
  expect(shardDurationsOf({})).toBeUndefined();
});
