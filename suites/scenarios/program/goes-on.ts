import type { ProgramStage } from '../../../harness/stage/program-stage.js';

/** A program that prints on is waited for this many times as long as it was seen silent, and this much longer. */
const patience = 3;
const atLeastMs = 1000;

/** How long it may take until a program that was seen to print on prints again, in milliseconds. */
export function printsAgainWithinMs(everyMs: number): number {
  return everyMs * patience + atLeastMs;
}

/** Waits for something that comes after a signal: more output of a program that prints on, or that it waits again. */
export async function goesOn(
  { program, signal, survey, moment }: ProgramStage,
  sentMs: number,
): Promise<void> {
  await program.reacted(signal, sentMs);
  const everyMs = survey.facts?.printsEveryMs;
  if (everyMs === undefined || program.gone) return;
  // What it had printed and was still in the pipe is read first: so two looks, and the second after the first.
  for (let pieces = 0; pieces < 2; pieces += 1) {
    if (!(await program.printsAgain(printsAgainWithinMs(everyMs)))) return;
  }
  moment('it prints on');
}
