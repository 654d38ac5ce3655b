import { type TargetEnd, targetHeading, totals, worst } from '../../reports/terminal/totals.js';
import { wantsColor } from '../../reports/text/colors.js';
import { columnsOf } from '../../reports/text/wrap.js';
import { located } from '../config/compose.js';
import { dryRun } from './dry-run.js';
import type { Ending, Io } from './io.js';
import { expected } from './main.js';
import { type Prepared, playInto } from './play.js';
import type { PreparedTarget } from './target-plan.js';

/** A target whose options are right, and whose report files can be written. */
export interface ReadyTarget extends PreparedTarget {
  readonly prepared: Prepared;
}

/**
 * Tests targets one after the other: each uses all cores already. What is wrong with one keeps no other from being
 * tested; an interruption ends all.
 */
export async function runTargets(targets: readonly ReadyTarget[], io: Io): Promise<Ending> {
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return (await runOne(only, io)).ending;
  const columns = columnsOf(io.stdout);
  const noColor = only?.shown.noColor ?? false;
  const color = wantsColor({ env: io.env, isTTY: io.stdout.isTTY === true, noColor });
  const ends: TargetEnd[] = [];
  for (const [index, target] of targets.entries()) {
    io.stdout.write(targetHeading(target.name, index, targets.length, { columns, color }));
    const { ending, outcome } = await runOne(target, io).catch((error: unknown) => ({
      // A fault of this program is thrown on, and ends everything.
      ending: expected(error, io),
      outcome: undefined,
    }));
    const isInterrupted = 'signal' in ending;
    if (!isInterrupted) ends.push({ name: target.name, status: ending.status, outcome });
    if (!isInterrupted && index < targets.length - 1) continue;
    io.stdout.write(totals(ends, targets.length, { columns, color, isInterrupted }));
    if (isInterrupted) return ending;
  }
  return { status: worst(ends.map(({ status }) => status)) };
}

async function runOne({ command, options, shown, as, prepared, sources }: ReadyTarget, io: Io) {
  try {
    if (shown.dryRun) return { ending: await dryRun(command, options, io, as), outcome: undefined };
    return await playInto(prepared, command, options, shown, io, as);
  } catch (error) {
    throw located(error, sources);
  }
}
