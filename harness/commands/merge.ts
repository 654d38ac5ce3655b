import { parseReport, ReportFormatError } from '../../reports/read.js';
import { checkReportEvents } from '../../reports/read-recording.js';
import { recordingsOf } from '../../reports/recordings.js';
import { type NamedReport, orderedShards } from '../../reports/shards.js';
import { UsageError } from '../errors.js';
import { againCommand } from './again-command.js';
import { parseArguments } from './arguments.js';
import { parseGiven, readGivenFiles } from './given-files.js';
import { mergeDescription, mergeUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { presentation } from './run-arguments.js';
import { showAgain } from './show-again.js';

const expected = 'the JSON reports of all shards of one suite (--shard 1/3 --json …)';

/** `signal-conformance merge [options] <reports…>` */
export async function merge(args: readonly string[], io: Io): Promise<Ending> {
  const command = againCommand('merge', mergeUsage, mergeDescription);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const shown = presentation(command);
  const named = readGivenFiles(given.words, expected).map((file) => ({
    name: file.path,
    report: parseGiven(file, expected, (text) => {
      const report = parseReport(text);
      checkReportEvents(report);
      // A part that cannot be judged again is known before a former report is removed.
      recordingsOf(report);
      return report;
    }),
  }));
  const shards = ordered(named);
  // What is wrong with the shards, or with the gate, is told before anything is overwritten.
  const names: readonly string[] = given.options.suite ?? [];
  const { suitesAgain } = await import('../suite/suites-again.js');
  const suites = await suitesAgain(names, shards);
  const [{ report: first }] = shards as readonly [NamedReport];
  return showAgain(first, { shown, suites: names, sources: named.map(({ name }) => name), io }, async () => {
    const { mergeShards } = await import('../conform/judge-again.js');
    return mergeShards(shards, suites);
  });
}

function ordered(named: Parameters<typeof orderedShards>[0]) {
  try {
    return orderedShards(named);
  } catch (error) {
    if (!(error instanceof ReportFormatError)) throw error;
    throw new UsageError({ option: '<reports>', expected, given: error.given, fix: error.fix });
  }
}
