/** How many places of a start a grid has. */
export const gridPlaces = 20;
/**
 * Where it was seen when the handler is installed, so many lie before it, around it, and after it: most of a start is
 * often that of a runtime, and what a program does with its signals begins with the handler.
 */
const parts = { before: 5, around: 8, after: 7 };
/** How far around it, as a part of the whole start, and in milliseconds. */
const around = { part: 0.1, leastMs: 2, mostMs: 20 };

/** What one start of the target took, in milliseconds since its program was executed. */
export interface StartSpan {
  /** Until it listened. */
  readonly spanMs: number;
  /** Until its handlers were installed; missing where they were not seen. */
  readonly handlerMs?: number;
}

/**
 * The places of a grid, in milliseconds since the program was executed, in order: one at random in each of equally long
 * parts of the start, finer around the installation of the handler and after it. The same seed gives the same places.
 */
export function placesOf({ spanMs, handlerMs }: StartSpan, seed: number): number[] {
  const random = randomFrom(seed);
  if (handlerMs === undefined || handlerMs >= spanMs) return strata(0, spanMs, gridPlaces, random);
  const aroundMs = Math.min(around.mostMs, Math.max(around.leastMs, spanMs * around.part));
  return [
    ...strata(0, handlerMs, parts.before, random),
    ...strata(Math.max(0, handlerMs - aroundMs), handlerMs + aroundMs, parts.around, random),
    ...strata(handlerMs, spanMs, parts.after, random),
  ].sort((a, b) => a - b);
}

function strata(fromMs: number, toMs: number, count: number, random: () => number): number[] {
  const widthMs = (toMs - fromMs) / count;
  return Array.from({ length: count }, (_, index) => fromMs + (index + random()) * widthMs);
}

/** Numbers from 0 to 1 that depend on the seed alone: a linear congruential generator (POSIX drand48's constants). */
function randomFrom(seed: number): () => number {
  const modulus = 2n ** 48n;
  let state = (BigInt(seed) << 16n) + 0x330en;
  return () => {
    state = (state * 0x5deece66dn + 0xbn) % modulus;
    return Number(state) / Number(modulus);
  };
}
