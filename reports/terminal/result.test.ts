import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { allAccepted, withBaseline } from '../gate-samples.js';
import type { Report } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, conformant, hostile, nonconformant } from '../samples.js';
import { width } from '../text/width.js';
import { replayCommand } from './replay.js';
import { renderResult } from './result.js';
import { failures, type ResultOptions } from './view.js';

const plain: ResultOptions = {
  columns: 80,
  color: false,
  strict: false,
  verbose: false,
  quiet: false,
  replayOptions: ['--deadline', '2s'],
};
const render = (report: Report, options: Partial<ResultOptions> = {}) =>
  renderResult(report, requirementTexts, { ...plain, ...options });
const variants: readonly [string, Report, Partial<ResultOptions>][] = [
  ['nonconformant-45', nonconformant, { columns: 45 }],
  ['nonconformant-100-verbose', nonconformant, { columns: 100, verbose: true }],
  ['nonconformant-color', nonconformant, { color: true }],
  ['nonconformant-unicode', nonconformant, { unicode: true }],
  ['nonconformant-quiet', nonconformant, { quiet: true }],
  ['baseline', nonconformant, withBaseline],
  ['baseline-45', nonconformant, { ...withBaseline, columns: 45 }],
  ['baseline-quiet', nonconformant, { ...withBaseline, quiet: true }],
  ['accepted', nonconformant, allAccepted],
  ['accepted-45', nonconformant, { ...allAccepted, columns: 45 }],
  ['conformant-strict', conformant, { strict: true }],
  ['conformant-quiet', conformant, { quiet: true }],
];

test.each(Object.entries(allReports))('the report %s is shown as its golden file', async (name, report) => {
  await expect(render(report)).toMatchFileSnapshot(`golden/${name}.txt`);
});

test.each(variants)('%s is shown as its golden file', async (name, report, options) => {
  await expect(render(report, options)).toMatchFileSnapshot(`golden/${name}.txt`);
});

test.each([
  ['a baseline', withBaseline],
  ['all accepted', allAccepted],
])('colours change nothing but colours: with %s', (_what, gate) => {
  for (const quiet of [false, true]) {
    const colored = render(nonconformant, { ...gate, quiet, color: true });
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(render(nonconformant, { ...gate, quiet }));
  }
});

test.each([40, 45, 60, 80, 100])('in %i columns no line is longer', (columns) => {
  // The words of a command are not broken: a copied command must work.
  const gates = [{}, withBaseline, allAccepted];
  const shown = Object.values(allReports).flatMap((report) =>
    gates.map((gate) => render(report, { ...gate, columns, verbose: true })),
  );
  for (const text of shown)
    for (const line of text.split('\n'))
      if (!/ \\$|^ {4,}(node|--only)/.test(line)) expect(width(line), line).toBeLessThanOrEqual(columns);
});

/** A report all of whose free texts are what a hostile target wrote. */
function poisoned<Value>(value: Value, key = ''): Value {
  if (typeof value === 'string')
    return (['type', 'outcome', 'level', 'schema'].includes(key) ? value : `${value}${hostile}`) as Value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]),
  ) as Value;
}

test.each([false, true])(
  'no text of a report, whichever it is, reaches the terminal as a command (colours: %s)',
  (color) => {
    for (const report of Object.values(allReports)) {
      const shown = renderResult(poisoned(report), poisoned(requirementTexts), {
        ...plain,
        color,
        verbose: true,
      });
      const ours = shown.replace(/\u001b\[(1|2|22|31|32|33|36|39)m/g, '');
      expect(ours).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
      );
      expect(color || ours === shown).toBe(true);
      expect(ours, 'a line that is not ours').not.toMatch(/^conformant: a lie/m);
    }
  },
);

test('a requirement that fails in several runs is one block, with the clearest run and a list of the others', () => {
  const shown = render(nonconformant);
  expect(shown.match(/^FAIL {2}notice\.every-client/gm)).toHaveLength(1);
  expect(shown).toContain('run       busy-clients/SIGTERM');
  expect(shown).toContain('also in   idle-clients/SIGTERM');
});

test('a run without evidence is not the clearest', () => {
  const verdicts = nonconformant.verdicts.map((verdict) =>
    verdict.run === 'busy-clients/SIGTERM' ? { ...verdict, evidence: [] } : verdict,
  );
  const [group] = failures({ ...nonconformant, verdicts });
  expect(group?.verdicts[0].run).toBe('idle-clients/SIGTERM');
});

test('a MUST that failed comes first, then warnings, then what was not tested', () => {
  const words = render(nonconformant).match(/^(FAIL|WARN|NOT TESTED)/gm);
  expect(words).toEqual(['FAIL', 'FAIL', 'FAIL', 'WARN', 'WARN', 'NOT TESTED']);
});

test('a requirement without a text is still told with all that its verdict says', () => {
  const shown = renderResult(nonconformant, [], plain);
  expect(shown).toContain('FAIL  deadline.holds (MUST)');
  expect(shown).toContain('observed  pids 4720 and 4721 were alive after 3 s; the harness ended them');
});

test('an interrupted report never says conformant', () => {
  expect(render(allReports.interrupted)).not.toMatch(/(?<!signal-)conformant/);
});

test.each([
  ['one line', 200],
  ['several lines', 45],
])('the command to play a run again is for a shell, on %s', (_what, columns) => {
  const command = ['/bin/server', "it's", '{port}', '$HOME'];
  const lines = replayCommand({ command }, ['idle/SIGTERM'], ['--deadline', '2s'], columns);
  // A function's name has no hyphen in a POSIX shell.
  const call = lines.join('\n').replace('signal-conformance', 'play');
  const script = `play() { printf '%s\\n' "$@"; }\n${call}`;
  const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
  expect(words).toEqual(['--only', 'idle/SIGTERM', '--deadline', '2s', ...command]);
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
});

test('a program whose name looks like an option stands behind --', () => {
  expect(replayCommand({ command: ['-odd'] }, ['idle/SIGTERM'], [], 100)).toEqual([
    "signal-conformance --only 'idle/SIGTERM' -- -odd",
  ]);
});

test('what was left open for reasons that differ in figures only is told once', () => {
  const open = (run: string, message: string) =>
    ({
      id: `deadline.holds@${run}`,
      requirement: 'deadline.holds',
      run,
      level: 'MUST',
      outcome: 'untested',
      message,
      evidence: [],
    }) as const;
  const verdicts = [
    open('idle/SIGTERM', 'the tree was gone 2.1 s (± 200 ms) after SIGTERM'),
    open('idle/SIGINT', 'the tree was gone 2.2 s (± 90 ms) after SIGTERM'),
    open('busy/SIGTERM', 'the end of the process tree was not seen'),
  ];
  const shown = render({ ...nonconformant, outcome: 'untested', verdicts });
  expect(shown).toContain('for example: the tree was gone 2.1 s (± 200 ms) after SIGTERM');
  expect(shown).toContain('deadline.holds; in idle/SIGTERM, idle/SIGINT');
  expect(shown).not.toContain('2.2 s');
  expect(shown).toContain('  the end of the process tree was not seen');
});
