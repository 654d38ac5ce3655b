/** The suite that Vitest has made of a run: what `describe` returns, as far as it is read here. */
export interface Collected {
  readonly run: string;
  readonly suite: unknown;
}

interface Task {
  readonly name: string;
  readonly mode: string;
}

/**
 * What of the plan Vitest is going to run, by its own filters (`-t`, `only`, a line number): tasks that it leaves out have
 * the mode `skip`. Runs that were played several times (`#2`) are named once.
 */
export function selectedOf(collected: readonly Collected[]): {
  readonly runs: readonly string[];
  readonly judged: readonly string[];
} {
  const runs = new Set<string>();
  const judged = new Set<string>();
  for (const { run, suite } of collected)
    for (const { name, mode } of (suite as { readonly tasks: readonly Task[] }).tasks) {
      if (mode === 'skip' || mode === 'todo') continue;
      runs.add(run.replace(/#\d+$/, ''));
      judged.add(name);
    }
  return { runs: [...runs], judged: [...judged] };
}
