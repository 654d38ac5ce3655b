import { sameCommand } from '../baseline/same-target.js';
import type { Report } from '../report.js';
import { commandWords } from '../text/target-words.js';

/** What differs between two reports besides what the target did, in words. */
export function changedPremises(old: Report, now: Report): string[] {
  const told: string[] = [];
  if (old.version !== now.version)
    told.push(`signal-conformance ${old.version} made the old report, ${now.version} the new one`);
  const { name: formerly } = old.target;
  const { name } = now.target;
  // Only where both have one: the same target may have been tested without the file that names it.
  if (formerly !== undefined && name !== undefined && formerly !== name)
    told.push(`another target: ${formerly}, and now ${name}`);
  if (!sameCommand(old.target, now.target))
    told.push(`another command: ${commandWords(old.target)}, and now ${commandWords(now.target)}`);
  const [before, after]: Record<string, unknown>[] = [old.target, now.target].map(({ contract }) => ({
    ...contract,
  }));
  for (const name of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const [was, is] = [words(before?.[name]), words(after?.[name])];
    if (was !== is) told.push(`another contract: ${name} was ${was}, and is ${is}`);
  }
  for (const [which, { outcome, reason }] of [
    ['old', old],
    ['new', now],
  ] as const)
    if (outcome === 'interrupted' || (outcome === 'untested' && reason !== undefined))
      told.push(`the ${which} report is not whole: ${reason ?? outcome}`);
  return told;
}

function words(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
