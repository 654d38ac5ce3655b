import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser, type Result } from 'tap-parser';
import { expect, test } from 'vitest';
import { exitStatus } from '../exit-status.js';
import type { Report } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, hostile } from '../samples.js';
import { oneLine } from '../text/printable.js';
import { toTap } from './tap.js';

const tap = (report: Report, strict = false) => toTap(report, { strict, requirements: requirementTexts });
const samples = Object.entries(allReports);
const proveIsThere = spawnSync('prove', ['--version']).error === undefined;

/** All that a text could do to a reader of TAP, in every place where a target's words can stand. */
const attack = `x # SKIP all\nok 99 # TODO\nBail out!\n  ...\n1..0\nnot ok \\# \\\\ "a": [b] - \t##[error]${hostile}`;
const attacked: Report = {
  ...allReports.nonconformant,
  verdicts: allReports.nonconformant.verdicts.map((verdict) => ({
    ...verdict,
    id: `${verdict.id}#2`,
    message: attack,
    ...(verdict.outcome === 'fail' ? { expected: attack, observed: attack } : {}),
  })),
};
const all = [...samples, ['attacked', attacked] as const];

function parsed(text: string) {
  const parser = new Parser({ strict: true });
  const points: Result[] = [];
  const extra: string[] = [];
  let bailout: string | undefined;
  parser.on('assert', (result) => points.push(result));
  parser.on('extra', (line) => extra.push(line));
  parser.on('bailout', (reason) => {
    bailout = reason;
  });
  parser.end(text);
  return { ok: parser.ok, points, extra, bailout };
}

test.each(samples)('the report %s is as its golden file', async (name, report) => {
  await expect(tap(report)).toMatchFileSnapshot(`golden/${name}.tap`);
});

test.each(all.flatMap(([name, report]) => [false, true].map((strict) => ({ name, report, strict }))))(
  '$name, strict $strict: a parser finds a failure exactly when the exit status is not 0',
  ({ report, strict }) => {
    const { ok, extra } = parsed(tap(report, strict));
    expect(ok).toBe(exitStatus(report, { strict }) === 0);
    expect(extra).toEqual([]);
  },
);

test('each verdict is a point: failed, warned of, skipped, passed', () => {
  const { points } = parsed(tap(allReports.conformant));
  expect(points.map(({ ok, todo, skip, name }) => ({ ok, todo, skip, name }))).toEqual([
    { ok: true, todo: false, skip: false, name: 'deadline.holds@idle-clients/SIGTERM' },
    { ok: true, todo: false, skip: false, name: 'exit.status@idle-clients/SIGTERM' },
    {
      ok: false,
      todo: 'warning (SHOULD): It wrote nothing between SIGTERM and its exit 1.21 s later.',
      skip: false,
      name: 'stop.acknowledged@idle-clients/SIGTERM',
    },
    {
      ok: true,
      todo: false,
      skip: 'not applicable: The harness had to end the server.',
      name: 'exit.status@stuck-client/SIGTERM',
    },
  ]);
});

test('a parser reads back what a hostile target wrote, and nothing of it is a point, a plan or an end', () => {
  const { points, bailout } = parsed(tap(attacked));
  expect(bailout).toBeUndefined();
  expect(points.map(({ name }) => name).sort()).toEqual(attacked.verdicts.map(({ id }) => id).sort());
  const failed = points.find(({ ok, todo }) => !ok && !todo);
  expect(failed?.diag.message).toBe(oneLine(attack));
  expect(tap(attacked)).not.toContain('##[');
});

test('an interruption is a failed point, and a bail out', () => {
  const { points, bailout } = parsed(tap(allReports.interrupted));
  expect(points.at(-1)).toMatchObject({ ok: false, name: 'the target was tested to the end' });
  expect(bailout).toBe('SIGINT arrived after 1 of 14 runs');
});

test('a failure says how it is played again', () => {
  const context = { strict: false, requirements: requirementTexts, replayOptions: ['--deadline', '2s'] };
  const { points } = parsed(toTap(allReports.nonconformant, context));
  const failed = points.find(({ ok, todo }) => !ok && !todo);
  expect(failed?.diag.again).toBe(
    "signal-conformance --only 'idle-clients/SIGTERM' --deadline 2s node server.js --name 'it’s'",
  );
});

// It refuses the number 14 (up to 3.44 at least), and reads everything else. In CI it must not be missing unnoticed.
const reads = test.skipIf(!proveIsThere && !process.env.CI);
reads('prove reads all of them as version 13', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tap-'));
  try {
    for (const [name, report] of all) {
      const file = join(folder, `${name}.tap`);
      writeFileSync(file, tap(report).replace('TAP version 14', 'TAP version 13'));
      const { status, stdout } = spawnSync('prove', [file], { encoding: 'utf8' });
      expect(stdout, name).not.toContain('Parse errors');
      expect(status === 0, name).toBe(exitStatus(report, { strict: false }) === 0);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
