import { describe, expect, test } from 'vitest';
import { eventSamples } from './event-samples.js';
import { faultOf } from './known-events.js';
import { ReportFormatError } from './read.js';
import { checkReportEvents, isRecordingText, parseRecording } from './read-recording.js';
import { fileNames, recordingFiles } from './recording-file.js';
import { recordingsOf } from './recordings.js';
import { nonconformant } from './samples.js';

const report = {
  ...nonconformant,
  target: { ...nonconformant.target, kind: 'server' as const },
  runs: nonconformant.runs.map((run) => ({ ...run, delivery: 'process' as const, early: false })),
};
const [file] = recordingFiles(report);
const text = file?.text ?? '';

test('a file of a recording is read back as it was written, and says what test it is from', () => {
  expect(isRecordingText(text)).toBe(true);
  const { test: from, ...recording } = parseRecording(text);
  expect(recording).toEqual(recordingsOf(report)[0]);
  expect(from).toMatchObject({ command: report.target.command, number: 1, of: report.runs.length });
});

const changed = (change: (recording: ReturnType<typeof JSON.parse>) => void) => {
  const recording = JSON.parse(text);
  change(recording);
  return JSON.stringify(recording);
};

test.each([
  ['the beginning of one', text.slice(0, text.length / 2), 'the beginning of one'],
  ['another schema', text.replace('recording/1', 'recording/2'), 'signal-conformance/recording/2'],
  ['a recording without a contract', changed((one) => delete one.contract), 'contract'],
  ['a deadline that is a text', changed((one) => (one.contract.deadlineMs = '5s')), 'contract.deadlineMs'],
  ['a recording without its test', changed((one) => delete one.test), 'test'],
  [
    'an event of a later version',
    changed((one) => (one.events[0].type = 'later')),
    'which this version does not know',
  ],
  ['an event without its process', changed((one) => delete one.events[0].pid), 'whose pid'],
])('%s is refused, and the message says why', (_name, given, words) => {
  expect(() => parseRecording(given)).toThrow(ReportFormatError);
  expect(() => parseRecording(given)).toThrow(words);
});

test('an event that cannot have been is refused with its place, what was expected, and what it is', () => {
  const given = changed((one) => (one.events[1].atMs = -5));
  expect(() => parseRecording(given)).toThrow(
    /event 1 of \S+ \(\S+\): expected atMs to be milliseconds since the run began, given -5/,
  );
  const runs = report.runs.map((run) => ({ ...run, events: run.events.toReversed() }));
  expect(() => checkReportEvents({ ...report, runs })).toThrow(
    /event 0 of .*: expected instance 0 to be spawned before/,
  );
});

test('what a later version has added beside the events is no reason to refuse it', () => {
  expect(parseRecording(changed((one) => (one.added = 1)))).toMatchObject({ added: 1 });
});

test('a report with an event of a later version is not judged', () => {
  const runs = report.runs.map((run) => ({ ...run, events: [{ type: 'later', atMs: 1 }] })) as never;
  expect(() => checkReportEvents({ ...report, runs })).toThrow('which this version does not know');
});

describe('every event', () => {
  const samples = Object.values(eventSamples).flat();

  test.each(samples.map((event) => [event.type, event] as const))('%s is known', (_type, event) => {
    expect(faultOf(event)).toBeUndefined();
  });

  test('has fields that it cannot lack', () => {
    const checked = new Set<string>();
    for (const event of samples)
      for (const field of Object.keys(event)) {
        if (field === 'type' || field === 'atMs') continue;
        const { [field]: _, ...less } = event as unknown as Record<string, unknown>;
        if (faultOf(less as never) === field) checked.add(`${event.type}.${field}`);
      }
    expect(checked.size).toBeGreaterThan(100);
  });
});

describe('the file of a run', () => {
  test('is named after it', () => {
    expect(
      fileNames(['idle-clients/SIGTERM+group', 'closed', 'idle/SIGTERM#2', 'sweep-epoll_wait-1/SIGTERM']),
    ).toEqual([
      'idle-clients_SIGTERM+group.json',
      'closed.json',
      'idle_SIGTERM~2.json',
      'sweep-epoll_wait-1_SIGTERM.json',
    ]);
  });

  test.each([
    ['where case does not count', ['a/SIGTERM', 'A/SIGTERM']],
    ['where a character is replaced', ['a/b', 'a_b', 'a:b', 'a~b']],
    ['where ids are long', [`${'x'.repeat(300)}1`, `${'x'.repeat(300)}2`]],
    ['where one looks like the second of another', ['a', 'A', 'a~2']],
  ])('is another one for each run, %s', (_why, ids) => {
    const names = fileNames(ids);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length);
  });

  test.each(['../../etc/passwd', 'con', 'aux.x', '.hidden', 'a\u0000b', 'ü\\x', '', 'x'.repeat(5000)])(
    'is fit for every file system: %j',
    (id) => {
      const [name = ''] = fileNames([id]);
      expect(name).toMatch(/^[A-Za-z0-9_+~-][A-Za-z0-9_.+~-]*\.json$/);
      expect(name.length).toBeLessThan(120);
      expect(name).not.toMatch(/^(con|aux)\./i);
      expect(name).not.toMatch(/^\./);
    },
  );
});
