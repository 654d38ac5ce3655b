import { describe, expect, test } from 'vitest';
import { ReportFormatError } from './read.js';
import type { Report, ReportRun } from './report.js';
import { nonconformant } from './samples.js';
import { type NamedReport, orderedShards, shardRemark, togetherOf } from './shards.js';

const planned = ['a/SIGTERM', 'b/SIGTERM', 'c/SIGTERM'];
const [sample] = nonconformant.runs as readonly [ReportRun, ...ReportRun[]];

function shard(index: number, ids: readonly string[], more: Partial<Report> = {}): NamedReport {
  const report: Report = {
    ...nonconformant,
    startedAt: `2026-01-01T00:00:0${index}.000Z`,
    durationMs: 5000,
    shard: { index, of: 3, planned },
    outcome: 'conformant',
    runs: ids.map((id) => ({ ...sample, id })),
    remarks: ['The target serves one connection at a time.', shardRemark({ index, of: 3 }, 1, 3)],
    ...more,
  };
  return { name: `${index}.json`, report };
}

const one = shard(1, ['a/SIGTERM']);
const two = shard(2, ['b/SIGTERM', 'c/SIGTERM']);
const empty = shard(3, []);
const contract = { ...nonconformant.target.contract, deadlineMs: 7 };

test('shards are put into their order; one without runs is one too', () => {
  expect(orderedShards([empty, two, one]).map(({ name }) => name)).toEqual(['1.json', '2.json', '3.json']);
});

test.each<[string, readonly NamedReport[], string]>([
  ['nothing', [], 'no report'],
  ['a missing shard', [one, empty], 'without shard 2'],
  [
    'a shard that is there twice',
    [one, two, empty, { ...two, name: 'again.json' }],
    'shard 2 of 3 twice: 2.json and again.json',
  ],
  [
    'a whole report',
    [one, two, { name: 'all.json', report: nonconformant }],
    'all.json, the report of a whole suite',
  ],
  [
    'an interrupted shard',
    [one, two, shard(3, [], { outcome: 'interrupted', reason: 'It was interrupted after 0 of 1 runs.' })],
    '3.json, shard 3 of 3, which was interrupted (It was interrupted after 0 of 1 runs)',
  ],
  [
    'a shard without a survey',
    [one, two, shard(3, [], { shard: { index: 3, of: 3 }, reason: 'It did not start.' })],
    'could not be tested (It did not start)',
  ],
  [
    'another version',
    [one, two, shard(3, [], { version: '9.9.9' })],
    'different versions of signal-conformance: 1.json',
  ],
  [
    'another target',
    [one, two, shard(3, [], { target: { ...nonconformant.target, command: ['other'] } })],
    'different targets',
  ],
  [
    'another target of the configuration, with the same command',
    [one, two, shard(3, [], { target: { ...nonconformant.target, name: 'api' } })],
    '3.json has api: server node',
  ],
  [
    'another contract',
    [one, two, shard(3, [], { target: { ...nonconformant.target, contract } })],
    'says deadlineMs 7',
  ],
  [
    'another division',
    [one, two, shard(3, [], { shard: { index: 3, of: 4, planned } })],
    'different divisions',
  ],
  ['other requirements', [one, two, shard(3, [], { judged: ['exit.status'] })], 'different requirements'],
  [
    'another plan, with the reason',
    [
      one,
      two,
      shard(3, [], {
        shard: { index: 3, of: 3, planned: planned.slice(0, 2) },
        notPlayed: [{ id: 'c/SIGTERM', reason: 'no namespaces' }],
      }),
    ],
    'c/SIGTERM in 1.json is not in 3.json (not played: no namespaces)',
  ],
  [
    'a plan in another order',
    [one, two, shard(3, [], { shard: { index: 3, of: 3, planned: planned.toReversed() } })],
    'another order',
  ],
  [
    'a run in two shards',
    [one, two, shard(3, ['a/SIGTERM'])],
    'the run a/SIGTERM twice: in 1.json and in 3.json',
  ],
  ['a run in no shard', [one, shard(2, ['b/SIGTERM']), empty], 'without the run c/SIGTERM'],
  [
    'a run of no plan',
    [one, two, shard(3, ['x/SIGTERM'])],
    'the run x/SIGTERM in 3.json, which is not in its plan',
  ],
])('%s is refused, and the message names it', (_what, given, words) => {
  expect(() => orderedShards(given)).toThrow(ReportFormatError);
  expect(() => orderedShards(given)).toThrow(words);
});

describe('what shards say together', () => {
  test('begins with the first start and ends with the last end', () => {
    const { startedAt, durationMs } = togetherOf([one, two, empty]);
    expect(startedAt).toBe('2026-01-01T00:00:01.000Z');
    expect(durationMs).toBe(7000);
  });

  test.each([
    ['whole', [true, true, true], true],
    ['a part, where one was', [true, false, true], false],
    ['not known, where one does not say it', [true, undefined, true], undefined],
  ] as const)('is %s', (_what, given, together) => {
    const shards = [one, two, empty].map(({ name, report }, place) => {
      const wholePlan = given[place];
      return { name, report: { ...report, ...(wholePlan === undefined ? {} : { wholePlan }) } };
    });
    expect(togetherOf(shards).wholePlan).toBe(together);
  });

  test('says once what all of them remark, and of what one remarks, which it was', () => {
    const own = shard(2, ['b/SIGTERM'], {
      remarks: ['The target serves one connection at a time.', 'It listened 5 ms after.'],
    });
    expect(togetherOf([one, own, shard(3, [], { remarks: [] })]).remarks).toEqual([
      'The target serves one connection at a time.',
      'Shard 2 of 3: It listened 5 ms after.',
    ]);
  });
});
