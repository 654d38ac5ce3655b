import { exitStatus } from '../../reports/exit-status.js';
import type { FormatName } from '../../reports/formats.js';
import type { Gate } from '../../reports/gate.js';
import { annotations } from '../../reports/github/annotations.js';
import type { Outcome, Report } from '../../reports/report.js';
import { liveProgress } from '../../reports/terminal/live.js';
import { hasUnicode } from '../../reports/terminal/picture/signs.js';
import { renderResult } from '../../reports/terminal/result.js';
import { wantsColor } from '../../reports/text/colors.js';
import { oneLine } from '../../reports/text/printable.js';
import { columnsOf } from '../../reports/text/wrap.js';
import type { Requirement } from '../../suites/requirement.js';
import { UsageError } from '../errors.js';
import type { AnyOptions } from '../options/kind-options.js';
import { dryRun } from './dry-run.js';
import type { As } from './engine.js';
import { type PreparedGate, prepareGate } from './gate.js';
import type { Ending, Io } from './io.js';
import { refusePlatform } from './platform.js';
import { checkRecordings, prepareRecordings, withRecordings } from './record-folder.js';
import { checkReports, prepareReports, type ReportFiles } from './report-files.js';
import type { Presentation } from './run-arguments.js';
import { refuseOverInputs, withCommand } from './same-file.js';

/** Tests a target and shows the result: the commands differ only in the target. */
export async function play(
  command: readonly string[],
  options: AnyOptions,
  shown: Presentation,
  io: Io,
  as: As = { kind: 'server' },
): Promise<Ending> {
  refusePlatform(io.platform);
  const gate = await prepareGate(command, shown, as, () => io.engine.catalogue(options.suite));
  if (shown.dryRun) return dryRun(command, options, io, as);
  await io.engine.validate(command, options, as);
  // Before anything is started, and after all that may be wrong usage: a former report does not outlive a failed start, and
  // is not lost for a word that was misspelt.
  const files = await prepareFiles(withCommand(shown, [...command, ...(as.client ?? [])], options.cwd), io);
  return (await playInto({ files, gate }, command, options, shown, io, as)).ending;
}

/** What was checked before a target is started. */
export interface Prepared {
  readonly files: ReportFiles;
  readonly gate: PreparedGate;
}

/** Whether all reports and recordings can be written; nothing is changed yet: one wrong path costs no former report. */
export function checkFiles(
  { files, record, inputs = [] }: Presentation,
  io: Io,
  named?: (name: FormatName) => string,
): void {
  refuseOverInputs(files, inputs);
  checkReports(files, io.env, named);
  if (record !== undefined) checkRecordings(record);
}

/** The places of all reports, and of recordings. `named` says how a user knows an option. */
export async function prepareFiles(
  shown: Presentation,
  io: Io,
  named?: (name: FormatName) => string,
): Promise<ReportFiles> {
  checkFiles(shown, io, named);
  const { record, files } = shown;
  const folder = record === undefined ? undefined : prepareRecordings(record);
  return withRecordings(await prepareReports(files, io.stdout, io.env, named), folder);
}

/** Tests a target, writes its reports into files that are prepared, and shows the result. */
export async function playInto(
  prepared: Prepared,
  command: readonly string[],
  options: AnyOptions,
  shown: Presentation,
  io: Io,
  as: As,
): Promise<{ readonly ending: Ending; readonly outcome: Outcome }> {
  const report = await conform(command, options, shown, io, as).catch((error: unknown) => {
    if (error instanceof UsageError) putBack(prepared.files, io);
    throw error;
  });
  const { requirements } = await io.engine.catalogue(options.suite);
  const gate = await present(report, requirements, shown, prepared, io);
  const { by } = io.interruption;
  const ending = by === undefined ? { status: exitStatus(report, gate) } : { signal: by };
  return { ending, outcome: report.outcome };
}

/**
 * What the survey alone can tell to be wrong usage (no planned run is called so) costs no former report either: nothing was
 * tested.
 */
function putBack(files: ReportFiles, { stderr }: Io): void {
  const lost = files.putBack();
  if (lost.length === 0) return;
  stderr.write(
    `signal-conformance: the report of an earlier run could not be put back: ${lost.join(', ')}\n`,
  );
}

async function conform(
  command: readonly string[],
  options: AnyOptions,
  shown: Presentation,
  io: Io,
  as: As,
): Promise<Report> {
  const { quiet, verbose, noColor } = shown;
  const live = liveProgress({
    stream: io.stderr,
    env: io.env,
    nowMs: () => performance.now(),
    quiet,
    verbose,
    noColor,
  });
  io.interruption.watchSignals();
  try {
    const { abortSignal } = io.interruption;
    const hooks = { onProgress: live.onProgress, signal: abortSignal };
    return await io.engine.conform(command, options, hooks, as);
  } finally {
    live.stop();
  }
}

/**
 * The result is for people and the files are for machines; neither may cost the other. The files come first: that one
 * could not be written is part of how this ends, and the result says how it ends.
 */
export async function present(
  report: Report,
  requirements: readonly Requirement[],
  shown: Presentation,
  { files, gate: prepared }: Prepared,
  io: Io,
): Promise<Gate> {
  const { strict, verbose, quiet, noColor, replayOptions, isOneOfSeveral, isTargetNamed } = shown;
  // Where standard output carries a report for a machine, people read standard error.
  const stream = files.usesStandardOutput ? io.stderr : io.stdout;
  const color = wantsColor({ env: io.env, isTTY: stream.isTTY === true, noColor });
  const unicode = hasUnicode(io.env);
  const named = { isOneOfSeveral: isOneOfSeveral ?? false, isTargetNamed: isTargetNamed ?? false };
  const result = { columns: columnsOf(stream), color, unicode, verbose, quiet, replayOptions, ...named };
  let gate: Gate = { strict };
  let isReportLost = true;
  try {
    try {
      gate = await prepared.settle(report);
    } finally {
      await files.commit(report, { ...gate, requirements, replayOptions });
    }
    isReportLost = false;
  } finally {
    // The result does not tell it then; and a file that was changed in a log of CI is to be known.
    if (quiet && gate.baseline?.update !== undefined)
      io.stderr.write(`signal-conformance: ${oneLine(gate.baseline.update)}\n`);
    stream.write(renderResult(report, requirements, { ...result, ...gate, isReportLost }));
    io.workflowCommands?.(annotations(report, { ...gate, requirements }));
  }
  return gate;
}
