import { expect, test } from 'vitest';
import { outcomeOf } from '../outcome.js';
import type { Report, Verdict } from '../report.js';
import { hostile, nonconformant } from '../samples.js';
import { type Baseline, baselineText, type KnownVerdict } from './baseline.js';
import { parseBaseline } from './read.js';
import { updatedBaseline } from './update.js';

const gate = (isWholePlan: boolean, known: readonly KnownVerdict[] = []) => ({
  strict: false,
  baseline: { name: 'b', known, isWholePlan },
});
const entry = (id: string, message = 'late by 1 ms', reason = 'wanted'): KnownVerdict => ({
  id,
  outcome: 'fail',
  reason,
  message,
});
function verdict(
  id: string,
  outcome: Verdict['outcome'],
  message = 'late by 2 ms',
  level: Verdict['level'] = 'MUST',
): Verdict {
  const [requirement, run] = id.split('@') as [string, string];
  return { id, requirement, run, level, outcome, message, evidence: [] };
}
const reportOf = (...verdicts: Verdict[]): Report => ({
  ...nonconformant,
  ...outcomeOf(verdicts),
  verdicts,
  notPlayed: [{ id: 'impossible/SIGTERM', reason: 'no terminal' }],
});
const baselineOf = (...known: KnownVerdict[]): Baseline => ({
  schema: 'signal-conformance/baseline/1',
  target: { kind: 'server', command: ['/opt/node', '/here/server.js', '--name', 'it’s'] },
  known,
});
const ids = (entries: readonly KnownVerdict[]) => entries.map(({ id }) => id);

const former = baselineOf(
  entry('a.a@holds/SIGTERM'),
  entry('a.a@impossible/SIGTERM'),
  entry('a.a@other/SIGTERM'),
  entry('a.a@passes/SIGTERM'),
  entry('a.a@renamed/SIGTERM'),
);
const report = reportOf(
  verdict('z.z@new/SIGTERM', 'untested'),
  verdict('a.a@new/SIGTERM', 'fail', 'x', 'SHOULD'),
  verdict('a.a@maybe/SIGTERM', 'untested', 'x', 'SHOULD'),
  verdict('a.a@holds/SIGTERM', 'fail'),
  verdict('a.a@other/SIGTERM', 'fail', 'it crashed'),
  verdict('a.a@passes/SIGTERM', 'pass'),
);

test('what holds stays word by word, what is new is added without a reason, what passes goes', () => {
  const update = updatedBaseline(former, report, gate(true, former.known));
  expect(ids(update.baseline.known)).toEqual([
    'a.a@holds/SIGTERM',
    'a.a@impossible/SIGTERM',
    'a.a@new/SIGTERM',
    'a.a@other/SIGTERM',
    'z.z@new/SIGTERM',
  ]);
  expect(update.baseline.known[0]).toEqual(former.known[0]);
  expect(update.baseline.known[3]).toEqual({ ...entry('a.a@other/SIGTERM', 'it crashed', '') });
  expect(ids(update.added)).toEqual(['z.z@new/SIGTERM', 'a.a@new/SIGTERM']);
  expect(ids(update.changed)).toEqual(['a.a@other/SIGTERM']);
  expect(ids(update.removed)).toEqual(['a.a@passes/SIGTERM', 'a.a@renamed/SIGTERM']);
});

test('a part of the plan changes the entries of what was played alone', () => {
  const update = updatedBaseline(former, report, gate(false, former.known));
  expect(ids(update.removed)).toEqual(['a.a@passes/SIGTERM']);
  expect(ids(update.baseline.known)).toContain('a.a@renamed/SIGTERM');
});

test('a second update of the same report changes nothing', () => {
  const { baseline } = updatedBaseline(former, report, gate(true, former.known));
  const again = updatedBaseline(baseline, report, gate(true, baseline.known));
  expect(baselineText(again.baseline)).toBe(baselineText(baseline));
  expect([again.added, again.removed, again.changed]).toEqual([[], [], []]);
});

test('each reason at a grid over the start is listed once, and moves with its place', () => {
  const at = (place: string, message: string) => verdict(`a.a@early-grid/SIGTERM-${place}`, 'fail', message);
  const first = updatedBaseline(
    undefined,
    reportOf(at('03', 'x 1'), at('04', 'x 2'), at('05', 'y')),
    gate(true),
  );
  expect(ids(first.baseline.known)).toEqual(['a.a@early-grid/SIGTERM-03', 'a.a@early-grid/SIGTERM-05']);
  const { known } = first.baseline;
  const moved = updatedBaseline(first.baseline, reportOf(at('05', 'x 9'), at('07', 'y')), gate(true, known));
  expect(moved.baseline.known.map(({ id, message }) => [id, message])).toEqual([
    ['a.a@early-grid/SIGTERM-05', 'x 1'],
    ['a.a@early-grid/SIGTERM-07', 'y'],
  ]);
});

test('the command of another machine is no change; another command is', () => {
  const { target } = updatedBaseline(former, report, gate(true)).baseline;
  expect(target).toEqual(former.target);
  const other = { ...report, target: { ...report.target, command: ['python3', 'server.py'] } };
  expect(updatedBaseline(former, other, gate(true)).baseline.target.command).toEqual([
    'python3',
    'server.py',
  ]);
});

test('the text is one entry a line, shows nothing of what a target may hide, and is read back as it was', () => {
  const baseline = baselineOf(entry('a.a@b/SIGTERM', hostile), entry('a.a@c/SIGTERM'));
  const text = baselineText(baseline);
  expect(text.split('\n').filter((line) => line.startsWith('    {"id":'))).toHaveLength(2);
  expect(text).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
  );
  expect(parseBaseline(text)).toEqual(baseline);
  expect(parseBaseline(baselineText(baselineOf()))).toEqual(baselineOf());
});

const good = baselineText(baselineOf(entry('a.a@b/SIGTERM')));
const changed = (change: (baseline: ReturnType<typeof JSON.parse>) => void) => {
  const baseline = JSON.parse(good);
  change(baseline);
  return JSON.stringify(baseline);
};

test.each([
  ['an empty file', '', 'an empty file'],
  ['half a file', good.slice(0, good.length / 2), 'the beginning of one'],
  ['a report', '{"schema":"signal-conformance/report/1"}', 'signal-conformance/report/1'],
  ['another version', '{"schema":"signal-conformance/baseline/2"}', 'signal-conformance/baseline/2'],
  ['a list', '[]', 'something else'],
  [
    'an unknown field',
    changed((one) => (one.known[0].why = 'x')),
    'known.0.why (of "a.a@b/SIGTERM") is not known',
  ],
  ['an unknown field of the whole', changed((one) => (one.more = 1)), 'more is not known'],
  [
    'an outcome that cannot be accepted',
    changed((one) => (one.known[0].outcome = 'pass')),
    'expected "fail" or "untested"',
  ],
  ['no reason', changed((one) => delete one.known[0].reason), 'known.0.reason'],
  ['an id that is none', changed((one) => (one.known[0].id = 'a.a')), '<requirement>@<run>'],
  ['an id twice', changed((one) => one.known.push(one.known[0])), 'lists "a.a@b/SIGTERM" twice'],
  ['another kind', changed((one) => (one.target.kind = 'robot')), 'target.kind'],
])('%s is refused, and the message says why', (_what, text, words) => {
  expect(() => parseBaseline(text)).toThrow(words);
});
