import { shardInWords } from '../../reports/shards.js';
import { columnsOf, wrap } from '../../reports/text/wrap.js';
import { duration } from '../../suites/facts/time.js';
import type { AnyOptions } from '../options/kind-options.js';
import type { As, Plan } from './engine.js';
import type { Ending, Io } from './io.js';
import { row, widest } from './row.js';

/** `--dry-run`: surveys the target, which starts it once, and prints what would be played. */
export async function dryRun(
  command: readonly string[],
  options: AnyOptions,
  io: Pick<Io, 'engine' | 'stdout' | 'interruption'>,
  as: As,
): Promise<Ending> {
  const plan = await planOf(command, options, io, as);
  if (io.interruption.by !== undefined) return { signal: io.interruption.by };
  if (plan === undefined) return { status: 0 };
  io.stdout.write(renderPlan(plan, columnsOf(io.stdout)));
  return { status: 0 };
}

/** What a survey finds, and what would be played; undefined where it was interrupted. */
export async function planOf(
  command: readonly string[],
  options: AnyOptions,
  { engine, interruption }: Pick<Io, 'engine' | 'interruption'>,
  as: As,
): Promise<Plan | undefined> {
  interruption.watchSignals();
  const plan = await engine.dryRun(command, options, interruption.abortSignal, as).catch((error: unknown) => {
    // What an interrupted survey says of the target is not true of it.
    if (interruption.by === undefined) throw error;
    return undefined;
  });
  return interruption.by === undefined ? plan : undefined;
}

/** What the survey found, in one sentence. */
export function surveySentence({ survey, protocol }: Pick<Plan, 'survey' | 'protocol'>): string {
  const facts = [
    `speaks ${protocol}`,
    `was ready after ${duration(survey.startMs)}`,
    `listens on ${survey.addresses.join(', ') || 'nothing'}`,
    survey.honoursPort ? 'honours PORT' : 'does not honour PORT: one instance at a time',
    `handles ${survey.handled.join(', ') || 'no signal'}`,
  ];
  return `The survey found that the target ${facts.join('; ')}.`;
}

/** The plan for people: the survey, the runs, what is not played and why, and how long it takes at least. */
function renderPlan(plan: Plan, columns: number): string {
  const { survey, protocol, runs, notPlayed, lowerBoundMs, shard } = plan;
  const part = shard === undefined ? '' : ` (${shardInWords(shard)}, of ${shard.planned} runs)`;
  const idColumns = widest([...runs, ...notPlayed].map(({ id }) => id));
  const about = (id: string, text: string) => row(`  ${id.padEnd(idColumns)}  `, text, columns);
  const lines = [
    ...wrap(surveySentence({ survey, protocol }), columns),
    '',
    `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} would be played${part}, for at least ${duration(lowerBoundMs)}:`,
    ...runs.flatMap(({ id, title, expectedMs }) => about(id, `${title} (about ${duration(expectedMs)})`)),
    ...(notPlayed.length > 0 ? ['', 'Not played:'] : []),
    ...notPlayed.flatMap(({ id, reason }) => about(id, reason)),
  ];
  return `${lines.join('\n')}\n`;
}
