import { exitStatus } from '../../reports/exit-status.js';
import { parseReport, ReportFormatError } from '../../reports/read.js';
import { checkReportEvents, isRecordingText, parseRecording } from '../../reports/read-recording.js';
import { type FoundRecording, frameOf, inOrder } from '../../reports/recorded-frame.js';
import { testOf } from '../../reports/recording-file.js';
import { recordingsOf } from '../../reports/recordings.js';
import type { Report } from '../../reports/report.js';
import { UsageError } from '../errors.js';
import { againCommand, replayOptionsOf } from './again-command.js';
import { parseArguments } from './arguments.js';
import { gateOfReport } from './gate.js';
import { type GivenFile, parseGiven, readGivenFiles } from './given-files.js';
import { judgeDescription, judgeUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { present } from './play.js';
import { prepareReports } from './report-files.js';
import { presentation } from './run-arguments.js';

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
  const gate = await gateOfReport(frame, shown, io, { only: recordings.map(({ run }) => run.id) });
  const files = await prepareReports(shown.files, io.stdout, io.env);
  const { judgeAgain } = await import('../conform/judge-again.js');
  const report = await judgeAgain(frame, recordings);
  const { requirements } = await io.engine.catalogue();
  const presented = { ...shown, replayOptions: replayOptionsOf(report) };
  return { status: exitStatus(report, await present(report, requirements, presented, { files, gate }, io)) };
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
    return { frame: first.report, recordings: first.found.map(({ recording }) => recording) };
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

function wrong(given: string, fix: string): UsageError {
  return new UsageError({ option: '<recordings>', expected: 'the recordings of one target', given, fix });
}
