import { readFileSync } from 'node:fs';
import type { Baseline } from '../../reports/baseline/baseline.js';
import { parseBaseline } from '../../reports/baseline/read.js';
import { differenceOf, sameCommand } from '../../reports/baseline/same-target.js';
import { ReportFormatError } from '../../reports/read.js';
import { areaOf } from '../../reports/requirement-text.js';
import { commandWords } from '../../reports/text/target-words.js';
import { shown, UsageError } from '../errors.js';
import { didYouMean } from '../options/suggestion.js';

import type { As, Catalogue } from './engine.js';

const expected = 'a baseline of signal-conformance, as --update-baseline writes it';

/**
 * The baseline that `--baseline` names; undefined where there is no such file and one is to be made.
 *
 * @throws UsageError where it cannot be read, is none, or speaks of another target
 */
export function readBaseline(path: string, mayBeMissing: boolean): Baseline | undefined {
  try {
    return parseBaseline(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof ReportFormatError) throw wrong(`${shown(path)}, ${error.given}`, error.fix);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOENT' && mayBeMissing) return undefined;
    throw wrong(
      `${shown(path)}, which cannot be read (${code})`,
      code === 'ENOENT' ? 'make it: add --update-baseline once' : 'name a file that can be read',
    );
  }
}

/**
 * Refuses what is not of this target, and what can never fit it: a gate that reads the baseline of another server lets
 * failures pass that nobody has accepted. What may be meant is told in the remarks that it returns.
 */
export function checkBaseline(
  baseline: Baseline,
  path: string,
  command: readonly string[],
  as: As,
  catalogue: Catalogue,
): string[] {
  const { target } = baseline;
  const now = { command, ...as };
  checkTarget(target, now, path);
  for (const { id } of baseline.known) checkId(id, path, catalogue);
  if (target.command === undefined || sameCommand(target, now)) return [];
  return [`${path} was made with another command: ${inWords(target)}`];
}

function checkTarget(
  target: Baseline['target'],
  now: Parameters<typeof differenceOf>[1],
  path: string,
): void {
  switch (differenceOf(target, now)) {
    case 'kind':
      throw wrong(
        `${shown(path)}, which is of a ${target.kind}; this tests a ${now.kind}`,
        'name the baseline of this target, or another file for --update-baseline to make',
      );
    case 'name':
      throw wrong(
        `${shown(path)}, which is of the target ${target.name}; this is ${now.name}`,
        `name the baseline of ${now.name}; where the target was renamed, correct "name" in the file`,
      );
    case 'command':
      throw wrong(
        `${shown(path)}, which was made with another command: ${inWords(target)}; this is ${inWords(now)}`,
        'name the baseline of this target, or another file for --update-baseline to make; where it is the same target under another command, change "command" of "target" in that file',
      );
  }
}

function inWords({
  command = [],
  client,
}: {
  command?: readonly string[];
  client?: readonly string[];
}): string {
  return commandWords({ command, ...(client && { client }) });
}

/** An entry that can never match would be kept for ever: it is misspelt. */
function checkId(id: string, path: string, { requirements, scenarios }: Catalogue): void {
  const [requirement = '', run = ''] = id.split('@', 2);
  const scenario = (run.split('/', 1)[0] ?? '').replace(/#\d+$/, '');
  const given = `${shown(path)}, which lists ${shown(id)}`;
  const ids = requirements.map((one) => one.id as string);
  if (!ids.includes(requirement))
    throw wrong(`${given}: there is no requirement ${requirement}`, fixFor('requirement', requirement, ids));
  const known = scenarios.map((one) => one.id);
  if (!known.includes(scenario) && !scenario.startsWith('sweep-'))
    throw wrong(`${given}: there is no scenario ${scenario}`, fixFor('scenario', scenario, known));
}

function fixFor(what: 'requirement' | 'scenario', id: string, ids: readonly string[]): string {
  const areas = new Set(ids.map(areaOf));
  // Scenarios of the package have no area: a point is in the ids of one's own alone.
  const isOwn = id.includes('.') && !areas.has(areaOf(id));
  const remove = `remove the entry; \`signal-conformance list\` shows all ${what}s`;
  return didYouMean(id, ids, isOwn ? `name its suite (--suite <module>), or ${remove}` : remove);
}

function wrong(given: string, fix: string): UsageError {
  return new UsageError({ option: 'baseline', expected, given, fix });
}
