import { parseReport, ReportFormatError } from '../../reports/read.js';
import { checkReportEvents, isRecordingText, parseRecording } from '../../reports/read-recording.js';
import { type FoundRecording, frameOf, inOrder } from '../../reports/recorded-frame.js';
import { testOf } from '../../reports/recording-file.js';
import { recordingsOf } from '../../reports/recordings.js';
import type { Report } from '../../reports/report.js';
import { UsageError } from '../errors.js';
import { version } from '../version.js';
import { againCommand } from './again-command.js';
import { parseArguments } from './arguments.js';
import { type GivenFile, parseGiven, readGivenFiles } from './given-files.js';
import { judgeDescription, judgeUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { presentation } from './run-arguments.js';
import { showAgain } from './show-again.js';

const expected = 'a recording of --record, or a JSON report of signal-conformance';

/** `signal-conformance judge [options] <recordings or reports…>` */
export async function judge(args: readonly string[], io: Io): Promise<Ending> {
  const command = againCommand('judge', judgeUsage, judgeDescription);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const shown = presentation(command);
  const sources = readGivenFiles(given.words, expected).map(sourceOf);
  const { frame, recordings } = together(sources);
  // What is wrong with the files, or with the gate, is told before anything is overwritten.
  const names: readonly string[] = given.options.suite ?? [];
  const formers = sources.flatMap(({ path, report }) =>
    report === undefined ? [] : [{ name: path, report }],
  );
  const { suitesAgain } = await import('../suite/suites-again.js');
  const suites = await suitesAgain(names, formers);
  return showAgain(
    frame,
    { shown, suites: names, sources: sources.map(({ path }) => path), io },
    async () => {
      const { judgeAgain } = await import('../conform/judge-again.js');
      return judgeAgain(frame, recordings, suites);
    },
  );
}

/** One file: a report has all recordings of a test, and more than they say. */
interface Source {
  readonly path: string;
  readonly report?: Report;
  readonly found: readonly FoundRecording[];
}

function sourceOf(file: GivenFile): Source {
  const { path } = file;
  return parseGiven(file, expected, (text) => {
    if (isRecordingText(text)) {
      const { test, ...recording } = parseRecording(text);
      return { path, found: [{ name: path, recording, test }] };
    }
    const report = parseReport(text);
    checkReportEvents(report);
    if (report.runs.length === 0)
      throw new ReportFormatError(
        `a report without runs (${report.reason ?? report.outcome})`,
        'name one of a test that was played',
      );
    const found = recordingsOf(report).map((recording, index) => ({
      name: path,
      recording,
      test: testOf(report, index + 1),
    }));
    return { path, report, found };
  });
}

function together(sources: readonly Source[]) {
  const [first] = sources;
  if (first?.report !== undefined && sources.length === 1)
    return { frame: asOfToday(first.report), recordings: first.found.map(({ recording }) => recording) };
  const shard = sources.find(({ report }) => report?.shard !== undefined);
  if (shard !== undefined)
    throw wrong(
      `${shard.path}, a part of a suite, beside others`,
      'put the shards together first: signal-conformance merge',
    );
  const found = inOrder(sources.flatMap((source) => source.found));
  try {
    return { frame: frameOf(found), recordings: found.map(({ recording }) => recording) };
  } catch (error) {
    if (error instanceof ReportFormatError) throw wrong(error.given, error.fix);
    throw error;
  }
}

/** What an older version planned is not all that is planned today. */
function asOfToday(report: Report): Report {
  const { wholePlan: _, ...rest } = report;
  return report.version === version() ? report : rest;
}

function wrong(given: string, fix: string): UsageError {
  return new UsageError({ option: '<recordings>', expected: 'the recordings of one target', given, fix });
}
