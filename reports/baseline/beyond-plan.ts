import { deliveries } from '../../harness/contract/delivery.js';
import type { Report } from '../report.js';

/**
 * Whether a run may be one that is played only where more is asked for: with a further stop signal (`--full`), another
 * delivery (`--delivery`), or at system calls (`--sweep`). That a plan does not have it says nothing of an entry.
 */
export function isBeyondPlan(run: string, { target }: Pick<Report, 'target'>): boolean {
  const [scenario = '', signal = ''] = run.replace(/#\d+$/, '').split('/', 2);
  const further = target.contract.stopSignals.slice(1);
  return (
    scenario.startsWith('sweep-') ||
    deliveries.some((delivery) => delivery !== 'process' && signal.endsWith(`+${delivery}`)) ||
    further.some((name) => signal === name || signal.startsWith(`${name}-`))
  );
}
