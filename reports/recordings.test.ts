import { expect, test } from 'vitest';
import { reportRun } from '../harness/conform/assemble.js';
import type { Recording } from '../harness/recording/recording.js';
import { recordingOf } from '../suites/testing/recording-builder.js';
import { toJson } from './json.js';
import { parseReport, ReportFormatError } from './read.js';
import { recordingOf as lenientRecordingOf, recordingsOf } from './recordings.js';
import type { Report, ReportRun } from './report.js';
import { nonconformant } from './samples.js';

const end = [{ type: 'exit', pid: 10, code: 0, signal: null, atMs: 1000 }] as const;
const facts = {
  says: undefined,
  handled: ['SIGTERM'],
  ignored: [],
  asleep: true,
  busyMs: undefined,
  prints: true,
  printsEveryMs: 100.5,
  brief: false,
  unasked: [],
  itemEveryMs: undefined,
  stopsInMs: 20,
  cleanUpLineInMs: undefined,
  usualLines: ['tick #'],
} as const;

/** Everything that tells runs apart. */
const recordings: readonly Recording[] = [
  recordingOf(end),
  recordingOf(end, {
    run: { scenario: 'mixed-signals', id: 'mixed-signals/SIGTERM-SIGINT', thenSignal: 'SIGINT' },
  }),
  recordingOf(end, { run: { scenario: 'early-grid', id: 'early-grid/SIGTERM-07', place: 7, early: true } }),
  recordingOf(end, { run: { id: 'idle/SIGTERM+group', delivery: 'group' } }),
  recordingOf(end, { run: { scenario: 'other-deadline', deadlineMs: 1000 }, contract: { deadlineMs: 1000 } }),
  recordingOf(end, { run: { scenario: 'closed', id: 'closed', signal: null } }),
  recordingOf(end, { survey: { startMs: 70.1, handled: [], persistent: false } }),
  recordingOf(end, { survey: { facts } }),
].map((recording) => ({ ...recording, kind: 'server' as const }));

function reportWith(played: readonly Recording[]): Report {
  const [{ contract, survey }] = played as readonly [Recording, ...Recording[]];
  const ofReport = {
    ...nonconformant.survey,
    startMs: survey.startMs,
    handled: survey.handled,
    persistent: true,
  };
  return {
    ...nonconformant,
    target: { ...nonconformant.target, kind: 'server', contract: { ...contract } },
    survey: ofReport,
    runs: played.map((recording) => reportRun(recording, ofReport)),
  };
}

test('a report gives back the recordings that were played, also from its file', () => {
  const report = reportWith(recordings);
  expect(recordingsOf(report)).toEqual(recordings);
  expect(recordingsOf(parseReport(toJson(report)))).toEqual(recordings);
});

test('the survey of a run is written only where it is another one than the report’s', () => {
  const report = reportWith(recordings);
  expect(report.runs.map(({ survey }) => survey !== undefined)).toEqual([
    ...Array(6).fill(false),
    true,
    true,
  ]);
});

test.each(['delivery', 'early'] as const)(
  'a run without its %s cannot be judged again, and that is said',
  (field) => {
    const report = reportWith(recordings);
    const runs = report.runs.map(({ [field]: _, ...run }) => run);
    expect(() => recordingsOf({ ...report, runs })).toThrow(ReportFormatError);
  },
);

test('a run of an older report can still be looked at, with a signal to the process and its own deadline', () => {
  const report = reportWith(recordings);
  const { delivery: _, early: __, ...old } = report.runs[4] as ReportRun;
  expect(lenientRecordingOf(report, old)).toEqual(recordings[4]);
});
