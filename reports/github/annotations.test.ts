import { expect, test } from 'vitest';
import { exitStatus } from '../exit-status.js';
import type { Report } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, hostile } from '../samples.js';
import { annotations } from './annotations.js';

const of = (report: Report, strict = false) =>
  annotations(report, { strict, requirements: requirementTexts });
const samples = Object.entries(allReports);

/** As GitHub's runner reads a line (ActionCommand.TryParseV2). */
function read(line: string) {
  const [, command, title, data] = /^::(\w+) title=([^:,]*)::(.*)$/.exec(line) ?? [];
  const unescaped = (text = '') =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  return { command, title: unescaped(title), message: unescaped(data) };
}

const lines = (text: string) => text.split('\n').slice(0, -1);
const commands = (text: string) => lines(text).map(read);

test.each(samples.flatMap(([name, report]) => [false, true].map((strict) => ({ name, report, strict }))))(
  '$name, strict $strict: there is an error exactly when the exit status is not 0',
  ({ report, strict }) => {
    const isRed = commands(of(report, strict)).some(({ command }) => command === 'error');
    expect(isRed).toBe(exitStatus(report, { strict }) !== 0);
  },
);

test('each requirement that fails is one error, with the run that shows it best and the others', () => {
  const [first] = commands(of(allReports.nonconformant)).filter(({ title }) => title.startsWith('notice'));
  expect(first).toEqual({
    command: 'error',
    title: 'notice.every-client failed (MUST, in 2 runs)',
    message: [
      'Every client that is connected when the stop signal arrives is told before its connection closes.',
      'busy-clients/SIGTERM: 1 of 1 client was never told: busy-1.',
      'expected: "SHUTDOWN" is sent to every connected client before its connection closes',
      'observed: busy-1 was reset 10 ms after SIGTERM and had read no notice until then',
      'also in: idle-clients/SIGTERM',
    ].join('\n'),
  });
});

test('what fails no gate is a warning, and what a MUST leaves open an error', () => {
  const words = (report: Report) => commands(of(report)).map(({ command, title }) => `${command} ${title}`);
  expect(words(allReports.conformant)).toEqual(['warning stop.acknowledged failed (SHOULD)']);
  expect(words(allReports.partlyUntested)).toEqual([
    'error deadline.holds was not tested (MUST)',
    'error notice.every-client was not tested (MUST)',
    'warning stop.acknowledged was not tested (SHOULD)',
  ]);
});

test('a target that could not be tested is an error, with its last words', () => {
  expect(commands(of(allReports.notStarted))).toEqual([
    {
      command: 'error',
      title: 'signal-conformance: untested',
      message:
        "The target ended with status 1 after 60 ms, before it served anybody.\nnode:internal/modules/cjs/loader:1080\nError: Cannot find module './config.js' \\x1b[31m",
    },
  ]);
});

test('what a target wrote is data of one command, and comes out as it was', () => {
  const attack = `100%0A, a:b\r\n::stop-commands::x\n::add-mask::e\n##[set-output name=a]b ${hostile}`;
  const [verdict] = allReports.nonconformant.verdicts.filter(({ outcome }) => outcome === 'fail');
  const id = 'a.b,title=c::d%0A';
  const given = { ...allReports.nonconformant, verdicts: [{ ...verdict, requirement: id, message: attack }] };
  const text = of(given as Report);
  expect(lines(text)).toHaveLength(1);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  const [command] = commands(text);
  expect(command?.title).toBe(`${id} failed (MUST)`);
  expect(command?.message).toContain('100%0A, a:b\n::stop-commands::x\n::add-mask::e\n##[set-output');
});

test('GitHub shows ten of a level: the tenth tells which others there are', () => {
  const [verdict] = allReports.nonconformant.verdicts.filter(({ outcome }) => outcome === 'fail');
  const many = (count: number) => ({
    ...allReports.nonconformant,
    verdicts: Array.from({ length: count }, (_, index) => ({ ...verdict, requirement: `area.n${index}` })),
  });
  expect(commands(of(many(10) as Report)).at(-1)?.title).toBe('area.n9 failed (MUST)');
  const shown = commands(of(many(12) as Report));
  expect(shown).toHaveLength(10);
  expect(shown.at(-1)).toEqual({
    command: 'error',
    title: 'signal-conformance: 3 more errors',
    message: 'GitHub shows 10 of a step. The log has the others: area.n9, area.n10, area.n11',
  });
});
