import type { Command } from 'commander';
import { ReportPathError } from '../../reports/write.js';
import { type Configuration, checkConfig } from '../config/check.js';
import { located, type Sources, whereIs } from '../config/compose.js';
import { ConfigError } from '../config/config-error.js';
import type { ConfigFile } from '../config/find.js';
import { loadConfig } from '../config/load.js';
import { collides, collision } from '../config/places.js';
import { selectTargets } from '../config/select.js';
import { validateOptions } from '../options/validate.js';
import { type PreparedGate, prepareGate } from './gate.js';
import type { Ending, Io } from './io.js';
import { refusePlatform } from './platform.js';
import { checkFiles, prepareFiles } from './play.js';
import type { ReportFiles } from './report-files.js';
import { runTargets } from './run-targets.js';
import { withCommand } from './same-file.js';
import { type PreparedTarget, planTarget } from './target-plan.js';

/**
 * Tests the targets of a configuration file.
 *
 * @param parse - parses the command line: once for each target, because each adds what the file says of it
 * @throws UsageError before anything is started or written, when anything in the file or the command line is wrong
 */
export async function runConfiguration(file: ConfigFile, parse: () => Command, io: Io): Promise<Ending> {
  refusePlatform(io.platform);
  const configuration = checkConfig(await loadConfig(file), file);
  const chosen = selectTargets(configuration.targets, parse().opts().target ?? []);
  const plans = chosen.map((target) => planTarget(parse(), configuration, target, chosen.length > 1));
  for (const plan of plans) validate(plan);
  checkCollisions(plans);
  const ready = [];
  const gates = [];
  for (const plan of plans) gates.push(await gateOf(plan, io));
  // Of all targets, before a former report of the first is removed.
  for (const plan of plans) checkFilesOf(plan, configuration, file, io);
  for (const [index, plan] of plans.entries()) {
    const gate = gates[index] as PreparedGate;
    ready.push({ ...plan, prepared: { gate, files: await filesOf(plan, configuration, io) } });
  }
  return runTargets(ready, io);
}

function validate({ command, options, as, sources }: PreparedTarget): void {
  try {
    validateOptions(command, options, as.kind, as.client);
  } catch (error) {
    throw located(error, sources);
  }
}

function checkCollisions(plans: readonly PreparedTarget[]): void {
  const reports = plans.flatMap(({ name, shown: { files, record, baseline } }) =>
    // A baseline is of one target: an update for the next would put another in its place.
    Object.entries({ ...files, ...(record && { record }), ...(baseline && { baseline }) }).map(
      ([option, path]) => ({ name, option, path }),
    ),
  );
  const both = collision(reports);
  const second = plans.find(({ name }) => name === both?.[0].name);
  // Within one target it is found where its files are prepared.
  if (both !== undefined && second !== undefined && both[1].name !== second.name)
    throw located(collides(both), second.sources);
}

/** What a gate depends on is checked before a former report is removed. */
async function gateOf(
  { command, options, shown, as, sources }: PreparedTarget,
  io: Io,
): Promise<PreparedGate> {
  try {
    return await prepareGate(command, shown, as, () => io.engine.catalogue(options.suite));
  } catch (error) {
    throw located(error, sources);
  }
}

function checkFilesOf(
  { command, options, as, shown, sources }: PreparedTarget,
  configuration: Configuration,
  file: ConfigFile,
  io: Io,
): void {
  const inputs = [...(shown.inputs ?? []), { name: file.shown, path: file.path }];
  try {
    const words = [...command, ...(as.client ?? [])];
    checkFiles(withCommand({ ...shown, inputs }, words, options.cwd), io, namesIn(configuration, sources));
  } catch (error) {
    throw located(error, sources);
  }
}

function namesIn({ file }: Configuration, sources: Sources): (option: string) => string {
  return (option) => {
    const key = whereIs(option, sources);
    return key === undefined ? `--${option}` : `${file}: ${key}`;
  };
}

async function filesOf(
  { shown, sources }: PreparedTarget,
  configuration: Configuration,
  io: Io,
): Promise<ReportFiles> {
  try {
    return await prepareFiles(shown, io, namesIn(configuration, sources));
  } catch (error) {
    if (error instanceof ReportPathError || error instanceof ConfigError) throw error;
    throw located(error, sources);
  }
}
