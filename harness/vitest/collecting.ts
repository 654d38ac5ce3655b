import { UsageError } from '../errors.js';

/** What Vitest (3.2 to 5) says of itself in a worker, as far as it is read here: what it is at, if anything. */
interface Worker {
  readonly current?: { readonly filepath?: string; readonly collectDuration?: number } | undefined;
}

/**
 * Tests can only be registered while their file is collected. Later Vitest 3 says nothing, and runs nothing: a call in a
 * test or a hook would be a green test that has tested nothing.
 */
export function checkCollecting(
  worker = (globalThis as { __vitest_worker__?: Worker }).__vitest_worker__,
): void {
  const current = worker?.current;
  // A file, until how long its collection took is known; then a suite (its hooks) or a test.
  if (current === undefined) return;
  if (current.filepath !== undefined && current.collectDuration === undefined) return;
  throw new UsageError({
    option: 'conformance()',
    expected: 'a call at the top level of a test file or in a `describe`, where tests are registered',
    given: 'a call in a test or a hook',
    fix: 'take it out of there: it registers tests of its own. In a test, call `conform()` of signal-conformance and look at the report',
  });
}

function ownWorker(): Worker | undefined {
  return (globalThis as { readonly __vitest_worker__?: Worker }).__vitest_worker__;
}

/** What registers with Vitest: where that fails because Vitest does not run this file, it is said. */
export function underVitest<Result>(work: () => Result, worker = ownWorker()): Result {
  try {
    return work();
  } catch (error) {
    if (worker) throw error;
    throw new UsageError({
      option: 'conformance()',
      expected: 'a test file that Vitest runs',
      given: 'a file that something else runs',
      fix: 'write `npx vitest run <file>`; without Vitest, call `conform()` of signal-conformance',
    });
  }
}

interface Suite {
  readonly mode?: string;
  readonly suite?: Suite | undefined;
}

/** Whether the user leaves a suite out, by `describe.skip` or `describe.skipIf` around it. `describe` returned it. */
export function isLeftOut(collector: unknown): boolean {
  let suite = (collector as { readonly suite?: Suite } | undefined)?.suite;
  for (; suite !== undefined; suite = suite.suite) if (suite.mode === 'skip') return true;
  return false;
}
