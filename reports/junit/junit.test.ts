import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exitStatus } from '../exit-status.js';
import type { Report } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, hostile } from '../samples.js';
import { toJunit } from './junit.js';

const xsd = fileURLToPath(new URL('./junit.xsd', import.meta.url));
const xmllintIsThere = spawnSync('xmllint', ['--version']).error === undefined;
// Where this is missing on a developer's machine, the golden files still hold; in CI it must not go unnoticed.
const validates = test.skipIf(!xmllintIsThere && !process.env.CI);

const junit = (report: Report, strict = false) => toJunit(report, { strict, requirements: requirementTexts });
const samples = Object.entries(allReports);

function complaints(xml: string): string {
  const { status, stderr, error } = spawnSync('xmllint', ['--noout', '--schema', xsd, '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (error)
    throw new Error('xmllint is needed to validate JUnit reports (Debian: libxml2-utils)', { cause: error });
  return status === 0 ? '' : stderr;
}

test.each(samples)('the report %s is as its golden file', async (name, report) => {
  await expect(junit(report)).toMatchFileSnapshot(`golden/${name}.xml`);
});

test('with --strict a failed SHOULD is a failure', async () => {
  await expect(junit(allReports.conformant, true)).toMatchFileSnapshot('golden/conformant-strict.xml');
});

validates.each(samples)('the report %s validates', (_name, report) => {
  expect(complaints(junit(report))).toBe('');
  expect(complaints(junit(report, true))).toBe('');
});

validates.each([
  ['an unknown result', ' time="0"/>', ' time="0"><passed/></testcase>'],
  ['a case without a time', ' time="0"/>', '/>'],
  ['a count that is no number', 'tests="', 'tests="x'],
  ['output inside a case', ' time="0"/>', ' time="0"><system-out/></testcase>'],
  ['an unescaped ampersand', 'value="echo"', 'value="e&cho"'],
])('the schema refuses %s', (_what, from, to) => {
  const xml = junit(allReports.conformant);
  expect(xml).toContain(from);
  expect(complaints(xml.replace(from, to))).not.toBe('');
});

test.each(samples.flatMap(([name, report]) => [false, true].map((strict) => ({ name, report, strict }))))(
  '$name, strict $strict: there is a failure or an error exactly when the exit status is not 0',
  ({ report, strict }) => {
    const isRed = /<(failure|error) /.test(junit(report, strict));
    expect(isRed).toBe(exitStatus(report, { strict }) !== 0);
  },
);

test.each(samples)('the counts of %s are those of its elements', (_name, report) => {
  for (const suite of junit(report).split('<testsuite ').slice(1)) {
    const said = (name: string) => Number(new RegExp(`${name}="(\\d+)"`).exec(suite)?.[1]);
    const seen = (element: string) => suite.split(`<${element} `).length - 1;
    expect(said('tests')).toBe(seen('testcase'));
    expect(said('failures')).toBe(seen('failure'));
    expect(said('errors')).toBe(seen('error'));
    expect(said('skipped')).toBe(seen('skipped'));
  }
});

test('untested is an error for a MUST and skipped for a SHOULD, not applicable is skipped', () => {
  const resultOf = (report: Report, id: string) =>
    new RegExp(`<testcase name="${id}"[^>]*>\\n<(\\w+)`).exec(junit(report))?.[1];
  expect(resultOf(allReports.partlyUntested, 'deadline.holds@slow-request/SIGTERM')).toBe('error');
  expect(resultOf(allReports.partlyUntested, 'stop.acknowledged@slow-request/SIGTERM')).toBe('skipped');
  expect(resultOf(allReports.conformant, 'exit.status@stuck-client/SIGTERM')).toBe('skipped');
});

test('an interruption is an error of its own, also beside a failure', () => {
  const xml = junit({ ...allReports.nonconformant, outcome: 'interrupted', reason: 'SIGINT' });
  expect(xml).toContain('<error message="SIGINT" type="interrupted">');
});

test('a warning passes, and the output of its suite says it', () => {
  const xml = junit(allReports.conformant);
  expect(xml).toMatch(/<testcase name="stop\.acknowledged@idle-clients\/SIGTERM"[^>]*\/>/);
  expect(xml).toMatch(/<system-out>warning \(SHOULD\): stop\.acknowledged@idle-clients\/SIGTERM\n/);
});

test('nothing of a hostile output is left that a terminal or a parser would interpret', () => {
  const xml = junit(allReports.nonconformant);
  expect(hostile).toMatch(/\u001b/);
  expect(xml).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
  );
  expect(xml).not.toContain('<b>');
});

test('of a named target the properties and the classes of all cases have its name', () => {
  const { target } = allReports.nonconformant;
  const named = junit({ ...allReports.nonconformant, target: { ...target, name: 'api' } });
  expect(named).toContain('<property name="target" value="api"/>');
  const classes = [...named.matchAll(/classname="([^"]*)"/g)].map(([, name]) => name);
  expect(classes.length).toBeGreaterThan(5);
  for (const name of classes) expect(name).toMatch(/^signal-conformance\.api\.[a-z]+$/);
});
