import type { Command, OptionValues } from 'commander';
import { differenceOf } from '../../reports/baseline/same-target.js';
import { type FormatName, formatNames } from '../../reports/formats.js';
import type { Report } from '../../reports/report.js';
import { targetWords } from '../../reports/text/target-words.js';
import { shown, UsageError } from '../errors.js';
import { type CountOption, parseCount } from '../options/count.js';
import { parseAssignments } from '../options/environment.js';
import { parseHandlesWords } from '../options/handles.js';
import type { AnyOptions } from '../options/kind-options.js';
import type { As } from './engine.js';
import { readGivenReport } from './given-report.js';
import { flagOf } from './misuse.js';
import type { Input } from './same-file.js';

/** A path for each report that is wanted; `-` is standard output. */
export type ReportPlaces = Readonly<Partial<Record<FormatName, string>>>;

/** What concerns this command alone, and not the test. */
export interface Presentation {
  /** Where reports go, by format. */
  readonly files: ReportPlaces;
  readonly strict: boolean;
  /** The file with what is known, as it was written. */
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  /** The year of the requirements that count. */
  readonly edition?: string;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noColor: boolean;
  readonly dryRun: boolean;
  /** The folder for the recordings of all runs; undefined for none. */
  readonly record?: string | undefined;
  /** The options that were given and that another play of one run needs too, as words. */
  readonly replayOptions: readonly string[];
  /** Files that the test reads, beside the baseline: none of its reports may be put in their place. */
  readonly inputs?: readonly Input[];
  /** See `ResultOptions`. */
  readonly isOneOfSeveral?: boolean;
  /** See `ResultOptions`. */
  readonly isTargetNamed?: boolean;
}

// `satisfies` and the Exclude below: an option that is added to the API and forgotten here does not compile.
const asTheyAre = [
  'deadline',
  'tolerance',
  'deadlineEnv',
  'deadlineUnit',
  'protocol',
  'notice',
  'stopSignals',
  'reloadSignals',
  'ignoreSignals',
  'exitStatus',
  'ready',
  'startupTimeout',
  'path',
  'slowPath',
  'cwd',
  'socket',
  'pidFile',
  'only',
  'skip',
  'full',
  'item',
  'sweep',
  'delivery',
  'isolation',
  'afterNotice',
  'signalTo',
  'suite',
  'shard',
] as const satisfies readonly (keyof AnyOptions)[];
const counts = ['port', 'clients', 'jobs', 'repeat', 'seed'] as const satisfies readonly CountOption[];
type Forgotten = Exclude<
  keyof AnyOptions,
  (typeof asTheyAre)[number] | (typeof counts)[number] | 'env' | 'handles' | 'shardDurations'
>;
const none: Forgotten[] = [] satisfies never[];

/** The options of the API that a command line stands for. */
export function conformOptions(given: OptionValues, of?: As & Pick<Report['target'], 'command'>): AnyOptions {
  const options: Record<string, unknown> = {};
  for (const option of [...asTheyAre, ...none])
    if (given[option] !== undefined) options[option] = given[option];
  for (const option of counts)
    if (given[option] !== undefined) options[option] = parseCount(option, given[option]);
  if (given.env !== undefined) options.env = parseAssignments('env', given.env);
  if (given.handles !== undefined) options.handles = parseHandlesWords(given.handles);
  if (given.shardDurations !== undefined)
    options.shardDurations = durationsIn(String(given.shardDurations), of);
  return options;
}

/** Those of another target would divide the runs, and by nothing that holds. */
function durationsIn(
  path: string,
  of?: As & Pick<Report['target'], 'command'>,
): Readonly<Record<string, number>> {
  const { runs, target } = readGivenReport(path, 'shardDurations');
  if (of !== undefined && differenceOf(target, of) !== undefined)
    throw new UsageError({
      option: 'shardDurations',
      expected: `a former report of this target: ${targetWords(of)}`,
      given: `${shown(path)}, which is of another one: ${targetWords(target)}`,
      fix: 'name a report of this target, or leave it out: parts are balanced without it too',
    });
  return Object.fromEntries(runs.map(({ id, durationMs }) => [id, durationMs]));
}

/** How the result is shown, and where reports go. */
export function presentation(command: Command): Presentation {
  const given = command.opts();
  if (given.quiet && given.verbose)
    throw contradiction('quiet', '--quiet together with --verbose', 'leave one of the two out');
  const files = placesOf(given);
  const [wanted] = [...Object.keys(files), ...(given.record === undefined ? [] : ['record'])];
  if (given.dryRun && wanted !== undefined)
    throw contradiction(
      'dryRun',
      `--dry-run together with --${wanted}`,
      'leave one out: a plan has no verdicts to report',
    );
  if (given.updateBaseline && given.baseline === undefined)
    throw contradiction('updateBaseline', '--update-baseline without --baseline', 'add --baseline <file>');
  if (given.updateBaseline && given.dryRun)
    throw contradiction(
      'dryRun',
      '--dry-run together with --update-baseline',
      'leave one out: a plan has no verdicts to list',
    );
  return {
    files,
    strict: given.strict ?? false,
    ...(given.baseline === undefined ? {} : { baseline: given.baseline }),
    updateBaseline: given.updateBaseline ?? false,
    ...(given.edition === undefined ? {} : { edition: String(given.edition) }),
    quiet: given.quiet ?? false,
    verbose: given.verbose ?? false,
    noColor: given.color === false,
    dryRun: given.dryRun ?? false,
    record: given.record,
    replayOptions: replayOptions(command),
    inputs: ['shardDurations', 'config', 'suite'].flatMap((name) =>
      [given[name] ?? []].flat().map((path) => ({ name: flagOf(name), path: String(path) })),
    ),
  };
}

/** Which reports are wanted, and where. */
export function placesOf(given: OptionValues): ReportPlaces {
  return Object.fromEntries(
    formatNames.flatMap((name) => (given[name] === undefined ? [] : [[name, String(given[name])]])),
  );
}

function contradiction(option: string, given: string, fix: string): UsageError {
  return new UsageError({ option, expected: 'options that do not contradict each other', given, fix });
}

const notForReplay = new Set<string>([
  ...formatNames,
  'only',
  'skip',
  'quiet',
  'verbose',
  'color',
  'dryRun',
  'repeat',
  'record',
  'shard',
  'shardDurations',
  'baseline',
  'updateBaseline',
  'edition',
  'target',
]);

function replayOptions(command: Command): string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    const value: unknown = command.getOptionValue(name);
    if (command.getOptionValueSource(name) !== 'cli' || notForReplay.has(name)) return [];
    // `--notice` and `--no-notice` share one value: only the one that was written has it.
    if (option.negate !== (value === false)) return [];
    if (typeof value === 'boolean') return [option.long ?? ''];
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((word) => [option.long ?? '', String(word)]);
  });
}
