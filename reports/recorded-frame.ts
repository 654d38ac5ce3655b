import { isDeepStrictEqual } from 'node:util';
import type { Recording } from '../harness/recording/recording.js';
import { ReportFormatError } from './read.js';
import type { RecordedTest } from './recording-file.js';
import type { Report } from './report.js';
import { targetWords } from './text/target-words.js';

/** A recording, the test that it is from, and where it was found. */
export interface FoundRecording {
  readonly name: string;
  readonly recording: Recording;
  readonly test: RecordedTest;
}

/** What a report on these recordings says beside their verdicts. */
type Frame = Pick<
  Report,
  'startedAt' | 'durationMs' | 'target' | 'survey' | 'notPlayed' | 'remarks' | 'outcome'
> & { readonly reason?: string };

/** In the order in which their tests had them: the reference of a comparison is the first that fits. */
export function inOrder(found: readonly FoundRecording[]): FoundRecording[] {
  return found.toSorted(
    ({ test: one }, { test: other }) =>
      one.startedAt.localeCompare(other.startedAt) || one.number - other.number,
  );
}

/**
 * The frame of a report on single recordings.
 *
 * @throws ReportFormatError where they are of different targets or contracts, or where two are of the same run
 */
export function frameOf(found: readonly FoundRecording[]): Frame {
  const [first] = found as readonly [FoundRecording, ...FoundRecording[]];
  for (const other of found) checkAlike(first, other);
  checkOnce(found);
  const usual = found.find(({ recording }) => recording.run.deadlineMs === undefined) ?? first;
  const { kind = 'server', contract, survey } = usual.recording;
  const { name, command, client, cores, honoursPort, addresses } = usual.test;
  const interrupted = found.find(({ test }) => test.interrupted);
  return {
    startedAt: first.test.startedAt,
    durationMs: Math.max(...found.map(({ test }) => test.durationMs)),
    target: {
      kind,
      ...(name === undefined ? {} : { name }),
      command,
      ...(client === undefined ? {} : { client }),
      protocol: contract.protocol,
      contract,
    },
    survey: {
      startMs: survey.startMs,
      cores,
      honoursPort,
      addresses,
      handled: survey.handled,
      persistent: survey.persistent,
      ...(survey.facts === undefined ? {} : { facts: survey.facts }),
    },
    // What follows from the verdicts is put in place of this one.
    outcome: interrupted ? 'interrupted' : 'untested',
    ...(interrupted ? { reason: 'The test was interrupted when this was recorded.' } : {}),
    notPlayed: [],
    remarks: remarksOf(found),
  };
}

function checkAlike(first: FoundRecording, other: FoundRecording): void {
  const words = ({ recording, test }: FoundRecording) =>
    targetWords({ ...test, kind: recording.kind ?? 'server' });
  if (words(first) !== words(other))
    throw new ReportFormatError(
      `recordings of different targets: ${words(first)} in ${first.name}, ${words(other)} in ${other.name}`,
      'judge the recordings of one target at a time',
    );
  // A run that was told another deadline has it in its contract.
  const pair = [first.recording, other.recording];
  const isOfDeadlines = pair.some(({ run }) => run.deadlineMs !== undefined);
  const [one, another] = pair.map(({ contract }) =>
    isOfDeadlines ? { ...contract, deadlineMs: 0 } : contract,
  );
  if (!isDeepStrictEqual(one, another))
    throw new ReportFormatError(
      `recordings of different contracts: ${first.name} and ${other.name}`,
      'judge the recordings of one test at a time',
    );
}

function checkOnce(found: readonly FoundRecording[]): void {
  const names = new Map<string, string>();
  for (const { name, recording } of found) {
    const { id } = recording.run;
    const former = names.get(id);
    if (former !== undefined)
      throw new ReportFormatError(
        `the run ${id} twice: in ${former} and in ${name}`,
        'judge each run once: name the recordings of one test',
      );
    names.set(id, name);
  }
}

function remarksOf(found: readonly FoundRecording[]): string[] {
  const tests = new Map<string, { given: number; of: number }>();
  for (const { test } of found) {
    const key = `${test.startedAt} ${test.of}`;
    const former = tests.get(key);
    tests.set(key, { given: (former?.given ?? 0) + 1, of: test.of });
  }
  const { given, of } = [...tests.values()].reduce((sum, each) => ({
    given: sum.given + each.given,
    of: sum.of + each.of,
  }));
  return given < of ? [`${given} of ${of} recordings were given: what the others show is not judged.`] : [];
}
