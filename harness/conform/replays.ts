import type { JudgedVerdict } from './judge-runs.js';

/** So many replays that settle nothing say that a target does something exactly at a bound. */
const mostInVain = 2;

/**
 * Whether a replay takes the place of the first play. What failed in it counts; where it only left more open (it may have
 * missed a moment that the first one had), the first one stays.
 */
export function tellsMore(again: readonly JudgedVerdict[], former: readonly JudgedVerdict[]): boolean {
  const open = (judged: readonly JudgedVerdict[]) =>
    judged.filter(({ verdict }) => verdict.outcome === 'untested').length;
  return again.some(({ verdict }) => verdict.outcome === 'fail') || open(again) <= open(former);
}

/** Decides which runs are worth playing once more, alone, and learns from those that were. */
export class Replays {
  readonly #inVain = new Map<string, number>();
  readonly #straddling = new Map<string, JudgedVerdict[]>();
  readonly #failed = new Set<string>();

  constructor(judged: readonly JudgedVerdict[]) {
    for (const one of judged) {
      const { run, level, outcome } = one.verdict;
      if (outcome === 'fail' && level === 'MUST') this.#failed.add(run);
      if (!one.straddles) continue;
      const runs = one.comparedWith === undefined ? [run] : [run, one.comparedWith];
      for (const id of runs) this.#straddling.set(id, [...(this.#straddling.get(id) ?? []), one]);
    }
  }

  get any(): boolean {
    return this.#straddling.size > 0;
  }

  /**
   * Why this run is to be played again; undefined where it is not. A failed MUST stays as it was seen: a replay would
   * replace its recording. And a target that takes just as long as a bound allows straddles it in every run: after two
   * replays in vain the others are left as they are.
   */
  reason(run: string): string | undefined {
    if (this.#failed.has(run)) return undefined;
    const worthwhile = this.#straddling
      .get(run)
      ?.find(({ verdict }) => (this.#inVain.get(verdict.requirement) ?? 0) < mostInVain);
    return worthwhile?.verdict.message;
  }

  /** What the replay of a run gave. Where a moment was missed again, that says nothing about a bound. */
  learn(again: readonly JudgedVerdict[], missed: boolean): void {
    if (missed) return;
    for (const { verdict, straddles } of again) {
      const { requirement } = verdict;
      if (straddles) this.#inVain.set(requirement, (this.#inVain.get(requirement) ?? 0) + 1);
    }
  }
}
