import { describe, expect, test } from 'vitest';
import { gateResult } from '../gate.js';
import { outcomeOf } from '../outcome.js';
import type { Report, Verdict } from '../report.js';
import { hostile, nonconformant } from '../samples.js';
import { type Baseline, baselineText, type KnownVerdict } from './baseline.js';
import { isBeyondPlan } from './beyond-plan.js';
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

describe('what comes and goes', () => {
  const repeats = (...what: ('pass' | string)[]) =>
    reportOf(
      ...what.map((one, index) =>
        verdict(`a.a@flip/SIGTERM#${index + 1}`, one === 'pass' ? 'pass' : 'fail', one),
      ),
    );
  const listing = ({ baseline }: ReturnType<typeof updatedBaseline>) =>
    baseline.known.map(({ id, message, sometimes = false }) => [id.split('@')[1], message, sometimes]);

  test('is marked where repeats of one report pass and fail, and nowhere else', () => {
    const both = updatedBaseline(undefined, repeats('pass', 'x 1', 'y', 'x 2'), gate(true));
    expect(listing(both)).toEqual([
      ['flip/SIGTERM#2', 'x 1', true],
      ['flip/SIGTERM#3', 'y', true],
    ]);
    expect(ids(both.marked)).toEqual(ids(both.added));
    const failing = updatedBaseline(undefined, repeats('x 1', 'y'), gate(true));
    expect(listing(failing).map(([, , sometimes]) => sometimes)).toEqual([false, false]);
    const grid = reportOf(
      verdict('a.a@early-grid/SIGTERM-01', 'pass'),
      verdict('a.a@early-grid/SIGTERM-02', 'fail'),
    );
    expect(updatedBaseline(undefined, grid, gate(true)).marked).toEqual([]);
  });

  test('is marked too where it was listed before, and keeps what people wrote', () => {
    const known = [entry('a.a@flip/SIGTERM', 'x 7', 'TICKET-1')];
    const update = updatedBaseline(baselineOf(...known), repeats('pass', 'x 1'), gate(true, known));
    expect(update.baseline.known).toEqual([
      { ...entry('a.a@flip/SIGTERM#2', 'x 7', 'TICKET-1'), sometimes: true },
    ]);
    expect([ids(update.added), ids(update.marked)]).toEqual([[], ['a.a@flip/SIGTERM#2']]);
    // Its own reason did not come up: it may next time.
    const other = updatedBaseline(baselineOf(...known), repeats('pass', 'y'), gate(true, known));
    expect(listing(other)).toEqual([
      ['flip/SIGTERM', 'x 7', true],
      ['flip/SIGTERM#2', 'y', true],
    ]);
  });

  test('stays word by word when it passes, and a further reason of it is marked as well', () => {
    const known = [{ ...entry('a.a@flip/SIGTERM', 'x 7', 'TICKET-1'), sometimes: true } as const];
    const passes = updatedBaseline(baselineOf(...known), repeats('pass', 'pass'), gate(true, known));
    expect(passes.baseline.known).toEqual(known);
    const further = updatedBaseline(
      baselineOf(...known),
      reportOf(verdict('a.a@flip/SIGTERM', 'fail', 'y')),
      gate(true, known),
    );
    expect(listing(further)).toEqual([
      ['flip/SIGTERM', 'x 7', true],
      ['flip/SIGTERM', 'y', true],
    ]);
    expect(parseBaseline(baselineText(further.baseline))).toEqual(further.baseline);
  });

  test('reasons that take turns are kept while one of them shows', () => {
    const known = [entry('a.a@flip/SIGTERM#1', 'x'), entry('a.a@flip/SIGTERM#2', 'y')];
    const update = updatedBaseline(baselineOf(...known), repeats('x', 'x'), gate(true, known));
    expect(update.baseline.known).toEqual(known);
    expect(updatedBaseline(baselineOf(...known), repeats('pass'), gate(true, known)).baseline.known).toEqual(
      [],
    );
  });
});

test('of two tracebacks the one with its end is listed, since the other says less', () => {
  const quote = (end: string) => `The target wrote a Python traceback: "Traceback (most):"${end}.`;
  const cut = verdict('a.a@t/SIGTERM#1', 'fail', quote(''));
  const whole = verdict('a.a@t/SIGTERM#2', 'fail', quote(' … "KeyError: 1"'));
  const { baseline } = updatedBaseline(undefined, reportOf(cut, whole), gate(true));
  expect(baseline.known.map(({ message }) => message)).toEqual([whole.message]);
});

test('a traceback that was cut off is listed as itself: it lets no other error pass, and gives way to the whole one', () => {
  const quote = (end: string) => `The target wrote a Python traceback: "Traceback (most):"${end}.`;
  const whole = reportOf(verdict('a.a@t/SIGTERM', 'fail', quote(' … "KeyError: 1"')));
  const cut = reportOf(verdict('a.a@t/SIGTERM', 'fail', quote('')));
  const standings = (listed: Report, now: Report) => {
    const { known } = updatedBaseline(undefined, listed, gate(true)).baseline;
    return now.verdicts.map((one) => gateResult(now, gate(true, known)).standing(one));
  };
  expect(standings(cut, whole)).toEqual(['changed']);
  expect([...standings(cut, cut), ...standings(whole, cut)]).toEqual(['known', 'known']);
  const { known } = updatedBaseline(undefined, cut, gate(true)).baseline;
  const update = updatedBaseline(baselineOf(...known), whole, gate(true, known));
  expect(update.baseline.known.map(({ message }) => message)).toEqual([quote(' … "KeyError: 1"')]);
});

test('what is played only where more is asked for (--full, --delivery, --sweep) is not looked at, and stays', () => {
  const beyond = ['once/SIGINT', 'idle/SIGTERM+pid1', 'sweep-idle/SIGTERM-write-1', 'two/SIGINT-SIGTERM#2'];
  const known = [...beyond, 'renamed/SIGTERM'].map((run) => entry(`a.a@${run}`));
  const plan = reportOf(verdict('a.a@holds/SIGTERM', 'pass'));
  const ofPlan = {
    strict: false,
    baseline: { name: 'b', known, isWholePlan: true, isBeyondPlan: (run: string) => isBeyondPlan(run, plan) },
  };
  const update = updatedBaseline(baselineOf(...known), plan, ofPlan);
  expect(ids(update.baseline.known)).toEqual(beyond.map((run) => `a.a@${run}`).sort());
  expect(gateResult(plan, ofPlan).unused.map(({ entry }) => entry.id)).toEqual(['a.a@renamed/SIGTERM']);
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
  [
    'an id twice for two reasons, of which one is there each time',
    changed((one) => one.known.push({ ...one.known[0], message: 'x', sometimes: true })),
    'only what comes and goes ("sometimes": true) may have several reasons',
  ],
  [
    'a mark that is none',
    changed((one) => (one.known[0].sometimes = 'yes')),
    'known.0.sometimes (of "a.a@b/SIGTERM") is not as it should be (expected true, or nothing at all)',
  ],
  ['another kind', changed((one) => (one.target.kind = 'robot')), 'target.kind'],
])('%s is refused, and the message says why', (_what, text, words) => {
  expect(() => parseBaseline(text)).toThrow(words);
});
