import { exitStatus } from '../../reports/exit-status.js';
import type { Report } from '../../reports/report.js';
import { gateOfReport } from './gate.js';
import type { Ending, Io } from './io.js';
import { present } from './play.js';
import { replayOptionsOf } from './replay-options.js';
import { prepareReports } from './report-files.js';
import type { Presentation } from './run-arguments.js';
import { refuseOverInputs } from './same-file.js';

/** What a command line of `judge` and `merge` says beside its files. */
interface Again {
  readonly shown: Presentation;
  /** The values of `--suite`. */
  readonly suites: readonly string[];
  /** The files that were read. */
  readonly sources: readonly string[];
  readonly io: Io;
}

/** Judges what was seen before, and shows it as a test does. What is wrong with the gate is told before anything is overwritten. */
export async function showAgain(
  of: Pick<Report, 'target'>,
  { shown, suites, sources, io }: Again,
  judged: () => Promise<Report>,
): Promise<Ending> {
  refuseOverInputs(
    shown.files,
    [...sources, ...suites].map((path) => ({ name: path, path })),
  );
  const catalogue = await io.engine.catalogue(suites.length === 0 ? undefined : suites);
  const gate = await gateOfReport(of, shown, catalogue);
  const files = await prepareReports(shown.files, io.stdout, io.env);
  const report = await judged();
  const presented = { ...shown, replayOptions: replayOptionsOf(report, suites) };
  const { requirements } = catalogue;
  return { status: exitStatus(report, await present(report, requirements, presented, { files, gate }, io)) };
}
