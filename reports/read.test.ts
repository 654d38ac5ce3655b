import { expect, test } from 'vitest';
import { toJson } from './json.js';
import { parseReport, ReportFormatError } from './read.js';
import { allReports, nonconformant } from './samples.js';

test.each(Object.entries(allReports))('the report %s is read back as it was written', (_name, report) => {
  expect(parseReport(toJson(report))).toEqual(JSON.parse(toJson(report)));
});

test('what a later version has added is kept', () => {
  const later = { ...JSON.parse(toJson(nonconformant)), added: 1 };
  later.runs[0].events.push({ type: 'not-known-yet', atMs: 1, more: true });
  expect(parseReport(JSON.stringify(later))).toEqual(later);
});

const text = toJson(nonconformant);
const changed = (change: (report: ReturnType<typeof JSON.parse>) => void) => {
  const report = JSON.parse(text);
  change(report);
  return JSON.stringify(report);
};

test.each([
  ['nothing', '', 'an empty file'],
  ['blanks', ' \n', 'an empty file'],
  ['half a report', text.slice(0, text.length / 2), 'the beginning of one'],
  ['a page', '<html></html>', 'no JSON'],
  ['a list', '[]', 'something else'],
  ['null', 'null', 'something else'],
  ['a package', '{"name":"x"}', 'something else'],
  ['another schema', '{"schema":"signal-conformance/report/2"}', 'signal-conformance/report/2'],
  ['a report without verdicts', changed((report) => delete report.verdicts), 'verdicts'],
  ['an unknown outcome', changed((report) => (report.verdicts[0].outcome = 'maybe')), 'verdicts.0.outcome'],
  ['a run without events', changed((report) => (report.runs[0].events = 3)), 'runs.0.events'],
])('%s is refused, and the message says why', (_name, given, words) => {
  expect(() => parseReport(given)).toThrow(ReportFormatError);
  expect(() => parseReport(given)).toThrow(words);
});
