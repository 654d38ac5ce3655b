import { expect, test } from 'vitest';
import type { RecordingEvent } from '../../../harness/recording/events.js';
import { eventSamples } from '../../event-samples.js';
import type { Report, ReportRun, Verdict } from '../../report.js';
import { allReports, nonconformant } from '../../samples.js';
import { palette } from '../../text/colors.js';
import { width } from '../../text/width.js';
import { type Canvas, terminalPicture } from './picture.js';
import { hasUnicode } from './signs.js';

const canvas: Canvas = { columns: 80, paint: palette(false), unicode: false };
const verdictOf = (id: string) => nonconformant.verdicts.find((verdict) => verdict.id === id) as Verdict;
const draw = (id: string, more: Partial<Canvas> = {}) =>
  terminalPicture(nonconformant, verdictOf(id), { ...canvas, ...more });
const neverTold = 'notice.every-client@idle-clients/SIGTERM';

test('who was told and who was not is seen at once, under the signal and the deadline', () => {
  expect(`\n${draw(neverTold).join('\n')}\n`).toBe(`
              SIGTERM
    server ---|===============================================] exit 0
    idle-1  --o told
    idle-2  --|-----------------------------------------------] FIN
              0                +500 ms              +1 s
`);
});

test.each([45, 60, 80, 100, 120])('in %i columns no line is longer, and there are few of them', (columns) => {
  for (const report of Object.values(allReports))
    for (const verdict of report.verdicts)
      for (const unicode of [false, true]) {
        const lines = terminalPicture(report, verdict, { ...canvas, columns, unicode });
        expect(lines.length).toBeLessThanOrEqual(10);
        for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(columns);
      }
});

test('any mixture of events is a picture of few lines that fits', () => {
  const events: readonly RecordingEvent[] = Object.values(eventSamples).flat();
  const [run] = nonconformant.runs as [ReportRun];
  const report: Report = { ...nonconformant, runs: [{ ...run, events }] };
  const verdict = { ...verdictOf(neverTold), evidence: events.map((_, index) => index) };
  const lines = terminalPicture(report, verdict, { ...canvas, columns: 45 });
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.length).toBeLessThanOrEqual(12);
  for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(45);
});

test('long names are clipped, and what is wider than a column is not let out of its place', () => {
  const [run] = nonconformant.runs as [ReportRun];
  const stranger = { client: '日本語'.repeat(30) };
  const events: readonly RecordingEvent[] = [
    ...run.events.slice(0, 5),
    { type: 'connected', ...stranger, role: 'idle', instance: 0, localPort: 1, beforeMs: 310, atMs: 311 },
    { type: 'wrapped', instance: 0, wrapper: '日本語', pid: 4711, atMs: 600 },
    ...run.events.slice(5),
  ];
  const report: Report = { ...nonconformant, runs: [{ ...run, events }] };
  const lines = terminalPicture(report, { ...verdictOf(neverTold), evidence: [6] }, canvas);
  for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(80);
  expect(lines.join('\n')).toContain('through ???');
});

test('without UTF-8 it is plain ASCII, and with it it is the same picture', () => {
  const plain = draw(neverTold);
  const better = draw(neverTold, { unicode: true });
  expect(plain.join('')).toMatch(/^[\x20-\x7e]*$/);
  expect(better.map(width)).toEqual(plain.map(width));
  expect(better.join('')).toContain('●');
});

test('colours add nothing but colours', () => {
  const coloured = draw(neverTold, { paint: palette(true) }).join('\n');
  expect(coloured).toContain('\u001b[');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(draw(neverTold).join('\n'));
});

test('where the lines of evidence say as much, there is no picture', () => {
  expect(draw('exit.status@idle-clients/SIGTERM').length).toBeGreaterThan(0);
  const [run] = nonconformant.runs as [ReportRun];
  const alone = { ...run, events: run.events.filter((event) => !('client' in event)) };
  const report: Report = { ...nonconformant, runs: [alone] };
  expect(terminalPicture(report, verdictOf('exit.status@idle-clients/SIGTERM'), canvas)).toEqual([]);
});

test.each([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'UTF-8' }, true],
  [{ LANG: 'C' }, false],
  [{}, false],
])('the locale %o has Unicode: %s', (env, expected) => {
  expect(hasUnicode(env)).toBe(expected);
});
