import type { Command } from 'commander';
import type { Configuration, ConfiguredTarget } from '../config/check.js';
import { located, optionsOf, type Sources } from '../config/compose.js';
import { placeFor } from '../config/places.js';
import { gateEntries, outputEntries, pathKeys } from '../config/shape.js';
import type { AnyOptions } from '../options/kind-options.js';
import type { As } from './engine.js';
import { conformOptions, type Presentation, presentation } from './run-arguments.js';

/** What a target of a file is tested with. */
export interface PreparedTarget {
  readonly name: string;
  readonly command: readonly string[];
  readonly options: AnyOptions;
  readonly as: As;
  readonly shown: Presentation;
  readonly sources: Sources;
}

/**
 * Puts together what the file and the command line say of a target; the command line wins.
 *
 * @param line - the command line, parsed once for this target: what the file says is set in it
 * @throws UsageError where the two contradict each other
 */
export function planTarget(
  line: Command,
  configuration: Configuration,
  target: ConfiguredTarget,
  isOneOfSeveral: boolean,
): PreparedTarget {
  const given = Object.entries(line.opts()).filter(([key]) => line.getOptionValueSource(key) === 'cli');
  const sources: Sources = { line: Object.fromEntries(given), target, configuration };
  const name = target.name ?? '';
  try {
    setFromFile(line, sources);
    const as = asOf(target);
    const options = optionsOf({
      ...sources,
      line: { ...conformOptions(Object.fromEntries(given), { ...as, command: target.command }) },
    });
    const shown = presentation(line);
    const byName = target.name === undefined ? [] : ['--target', name];
    return {
      name,
      command: target.command,
      options,
      as,
      shown: {
        ...shown,
        replayOptions: [...shown.replayOptions, ...byName],
        isOneOfSeveral,
        isTargetNamed: true,
      },
      sources,
    };
  } catch (error) {
    throw located(error, sources);
  }
}

function asOf({ kind, client, name }: ConfiguredTarget): As {
  return { kind, ...(client && { client }), ...(name === undefined ? {} : { name }) };
}

/** What stands in the file and concerns this command alone, as if it had been written on the command line. */
function setFromFile(line: Command, { line: given, target, configuration }: Sources): void {
  const wins = (key: string): boolean => {
    if (given[key] !== undefined) return true;
    // A plan has no reports; and who asks for one of these two does not mean the other.
    if (pathKeys.includes(key)) return given.dryRun === true;
    return (key === 'quiet' || key === 'verbose') && (given.quiet ?? given.verbose) !== undefined;
  };
  for (const key of [...Object.keys(gateEntries), ...Object.keys(outputEntries)]) {
    const value = target.own[key] ?? configuration.shared[key];
    if (value === undefined || wins(key)) continue;
    const isPath = pathKeys.includes(key);
    const set = isPath ? placeFor(key, String(value), target.name, configuration.folder) : value;
    line.setOptionValueWithSource(key, set, 'config');
  }
  for (const key of [...pathKeys, 'record'])
    if (given[key] !== undefined)
      line.setOptionValueWithSource(key, placeFor(key, String(given[key]), target.name, '.'), 'cli');
}
