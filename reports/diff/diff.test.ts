import { expect, test } from 'vitest';
import type { Report, ReportRun, Verdict } from '../report.js';
import { allReports, nonconformant } from '../samples.js';
import { palette } from '../text/colors.js';
import { width } from '../text/width.js';
import { diffReports } from './diff.js';
import { renderDiff } from './render.js';

function verdict(
  id: string,
  outcome: Verdict['outcome'],
  message = 'it took 3 ms',
  level: Verdict['level'] = 'MUST',
): Verdict {
  const [requirement, run] = id.split('@') as [string, string];
  return { id, requirement, run, level, outcome, message, evidence: [] };
}
const reportOf = (verdicts: readonly Verdict[], runs: readonly ReportRun[] = []): Report => ({
  ...nonconformant,
  verdicts,
  runs,
});
const id = 'a.a@idle/SIGTERM';
const render = (old: Report, now: Report, columns = 80) =>
  renderDiff(diffReports(old, now), { columns, paint: palette(false) });

test.each(Object.entries(allReports))(
  'the report %s compared with itself says that nothing changed',
  (_name, report) => {
    const diff = diffReports(report, report);
    expect(diff).toMatchObject({
      newlyFailing: [],
      otherReasons: [],
      newlyUntested: [],
      newlyPassing: [],
      times: [],
    });
    expect(diff.worse).toBeUndefined();
  },
);

test('a report that was interrupted is worse than one that was not: what it lacks is not known', () => {
  const interrupted: Report = { ...nonconformant, outcome: 'interrupted' };
  expect(diffReports(nonconformant, interrupted).worse).toBe('the new report was interrupted');
  expect(diffReports(interrupted, nonconformant).worse).toBeUndefined();
});

test.each([
  ['newly failing', verdict(id, 'pass'), verdict(id, 'fail'), 'newlyFailing', '1 newly failing'],
  [
    'newly failing as a SHOULD',
    verdict(id, 'pass'),
    verdict(id, 'fail', 'x', 'SHOULD'),
    'newlyFailing',
    undefined,
  ],
  [
    'a SHOULD for another reason',
    verdict(id, 'fail', 'y', 'SHOULD'),
    verdict(id, 'fail', 'x', 'SHOULD'),
    'otherReasons',
    undefined,
  ],
  [
    'failing, and not in the old report',
    verdict('b.b@idle/SIGTERM', 'pass'),
    verdict(id, 'fail'),
    'newlyFailing',
    '1 newly failing',
  ],
  [
    'failing for another reason',
    verdict(id, 'fail'),
    verdict(id, 'fail', 'it crashed'),
    'otherReasons',
    '1 failing for another reason',
  ],
  [
    'untested, and passed',
    verdict(id, 'pass'),
    verdict(id, 'untested'),
    'newlyUntested',
    '1 not tested any more',
  ],
  [
    'untested by a busy machine',
    verdict(id, 'pass'),
    verdict(id, 'untested', 'x (the machine was busy: y)'),
    'newlyUntested',
    undefined,
  ],
  ['untested, and failed', verdict(id, 'fail'), verdict(id, 'untested'), 'newlyUntested', undefined],
  ['newly passing', verdict(id, 'fail'), verdict(id, 'pass'), 'newlyPassing', undefined],
] as const)('%s', (_what, old, now, list, worse) => {
  const diff = diffReports(reportOf([old]), reportOf([now]));
  expect(diff[list]).toHaveLength(1);
  expect(diff.worse).toBe(worse);
});

test('with strict a SHOULD that newly fails, or for another reason, is worse too; a MAY is not', () => {
  const of = (one: Verdict['outcome'], level: Verdict['level'], message?: string) =>
    reportOf([verdict(id, one, message, level)]);
  const worse = (old: Report, now: Report) => diffReports(old, now, true).worse;
  expect(worse(of('pass', 'SHOULD'), of('fail', 'SHOULD'))).toBe('1 newly failing');
  expect(worse(of('fail', 'SHOULD', 'y'), of('fail', 'SHOULD', 'x'))).toBe('1 failing for another reason');
  expect(worse(of('pass', 'MAY'), of('fail', 'MAY'))).toBeUndefined();
});

test('a SHOULD that newly fails is shown, and the last sentence says what would count it', () => {
  const text = render(reportOf([verdict(id, 'pass')]), reportOf([verdict(id, 'fail', 'x', 'SHOULD')]));
  expect(text).toContain('NEWLY FAILING\n  a.a@idle/SIGTERM (SHOULD)\n');
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'nothing got worse that a MUST demands; --strict counts a SHOULD too; 0 times to exit compared. Exit status 0.',
  );
});

test('the same failure with other times and pids is none', () => {
  const diff = diffReports(
    reportOf([verdict(id, 'fail', 'pid 7 lived 3 ms')]),
    reportOf([verdict(id, 'fail', 'pid 9 lived 4.1 s')]),
  );
  expect([diff.newlyFailing, diff.otherReasons]).toEqual([[], []]);
});

test('a failure that moves within the grid over the start has not come and not gone', () => {
  const at = (place: string, outcome: Verdict['outcome']) =>
    verdict(`a.a@early-grid/SIGTERM-${place}`, outcome);
  const diff = diffReports(
    reportOf([at('01', 'fail'), at('02', 'pass')]),
    reportOf([at('01', 'pass'), at('02', 'fail')]),
  );
  expect([diff.newlyFailing, diff.newlyPassing]).toEqual([[], []]);
});

function run(name: string, elapsedMs: number, lagMs = 0): ReportRun {
  return {
    id: name,
    scenario: name.split('/')[0] as string,
    signal: 'SIGTERM',
    durationMs: 1,
    exit: { code: 0, signal: null, elapsedMs },
    events: lagMs > 0 ? [{ type: 'lag', who: 'harness', lagMs, atMs: 1 }] : [],
  };
}
const times = (old: readonly ReportRun[], now: readonly ReportRun[]) =>
  diffReports(reportOf([], old), reportOf([], now));
const repeats = (...elapsedMs: number[]) =>
  elapsedMs.map((ms, index) => run(`idle/SIGTERM#${index + 1}`, ms));

test('a single play tells of a time beyond tolerance and lag, and decides nothing', () => {
  expect(times([run('idle/SIGTERM', 20)], [run('idle/SIGTERM', 280)]).times).toEqual([]);
  const slower = times([run('idle/SIGTERM', 20)], [run('idle/SIGTERM', 290)]);
  expect(slower.times).toEqual([
    { run: 'idle/SIGTERM', oldMs: 20, newMs: 290, noiseMs: 265, isRepeated: false },
  ]);
  expect(slower.worse).toBeUndefined();
  expect(times([run('idle/SIGTERM', 20)], [run('idle/SIGTERM', 290, 10)]).times).toEqual([]);
});

test('repeats measure the noise, and then slower is worse, and faster is not', () => {
  expect(times(repeats(20, 25, 60), repeats(70, 80, 75)).times).toEqual([]);
  const slower = times(repeats(20, 25, 30), repeats(70, 80, 75));
  expect(slower.times).toEqual([
    { run: 'idle/SIGTERM', oldMs: 25, newMs: 75, noiseMs: 25, isRepeated: true },
  ]);
  expect(slower.worse).toBe('1 slower');
  expect(times(repeats(70, 80, 75), repeats(20, 25, 30)).worse).toBeUndefined();
});

test('a target that had no processor for so long is not slower', () => {
  const waiting = (waitedMs: number) =>
    repeats(170, 180, 175).map(
      (one): ReportRun => ({
        ...one,
        events: [
          { type: 'signal', instance: 0, pid: 1, signal: 'SIGTERM', beforeMs: 0, atMs: 0 },
          { type: 'kept-waiting', instance: 0, waitedMs, sinceMs: 10, atMs: 110 },
        ],
      }),
    );
  const old = repeats(20, 25, 30);
  expect(times(old, waiting(40)).worse).toBe('1 slower');
  expect(times(old, waiting(160))).toMatchObject({ times: [], timesCompared: 1 });
  const single = [run('idle/SIGTERM', 20)];
  const late = (waitedMs: number) => [
    {
      ...(waiting(waitedMs)[0] as ReportRun),
      id: 'idle/SIGTERM',
      exit: { code: 0, signal: null, elapsedMs: 500 },
    },
  ];
  expect(times(single, late(40)).times).toHaveLength(1);
  expect(times(single, late(160)).times).toEqual([]);
});

test('a signal during the start is not compared in its time', () => {
  const diff = times([run('early-bound/SIGTERM', 1)], [run('early-bound/SIGTERM', 9000)]);
  expect([diff.times, diff.timesCompared]).toEqual([[], 0]);
});

test('what else is not the same is told first', () => {
  const contract = { ...nonconformant.target.contract, deadlineMs: 9000 };
  const other: Report = {
    ...nonconformant,
    version: '9.9.9',
    target: { ...nonconformant.target, contract, command: ['x'] },
  };
  const text = render(nonconformant, other).replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/^not the same: signal-conformance 0\.1\.0 made the old report, 9\.9\.9 the new one/);
  expect(text).toContain('deadlineMs was 2000, and is 9000');
  expect(text).toContain('and now x');
});

test('a target that cannot be tested any more is worse', () => {
  expect(diffReports(nonconformant, allReports.notStarted).worse).toBe('nothing could be tested any more');
});

test.each([40, 45, 80])('in %i columns no line is longer', (columns) => {
  for (const old of Object.values(allReports))
    for (const now of Object.values(allReports))
      for (const line of render(old, now, columns).split('\n'))
        expect(width(line), line).toBeLessThanOrEqual(columns);
});

test('two targets of a configuration are told apart by their names, where both have one', () => {
  const named = (name?: string): Report => ({
    ...nonconformant,
    target: { ...nonconformant.target, ...(name === undefined ? {} : { name }) },
  });
  expect(diffReports(named('api'), named('worker')).premises).toEqual([
    'another target: api, and now worker',
  ]);
  expect(diffReports(named('api'), named('api')).premises).toEqual([]);
  expect(diffReports(named(), named('worker')).premises).toEqual([]);
});
