import type { Verdict } from '../report.js';
import type { KnownVerdict } from './baseline.js';
import { hasEnd, isSameReason } from './same-reason.js';

/**
 * What an entry speaks of: its verdict, in each of its repeats (`#2`), and at each place of a grid over the start
 * (`early-grid/SIGTERM-07`), since a seed chooses these: what fails at one of them may show at its neighbour next time.
 */
export function groupOf(id: string): string {
  return id.replace(/#\d+$/, '').replace(gridPlace, '$1');
}

const gridPlace = /(@early-grid\/\w+)-\d+$/;

/** Whether it shows or not is decided by a place that was chosen by chance: not to see it proves nothing. */
export function isByChance(id: string): boolean {
  return gridPlace.test(id.replace(/#\d+$/, ''));
}

/** Whether the failure of a verdict is listed as one that comes and goes. It is a matter of the verdict: its reasons share it. */
export function comesAndGoes(known: readonly KnownVerdict[], id: string): boolean {
  const group = groupOf(id);
  return known.some((entry) => entry.sometimes && entry.outcome === 'fail' && groupOf(entry.id) === group);
}

/** What is listed of a verdict: an entry of the same outcome for the same reason, or at least one of its id. */
export function listedFor(
  known: readonly KnownVerdict[],
  verdict: Pick<Verdict, 'id' | 'outcome' | 'message'>,
): { readonly same?: KnownVerdict; readonly other?: KnownVerdict } {
  const group = groupOf(verdict.id);
  const own = known.filter(({ id, outcome }) => outcome === verdict.outcome && groupOf(id) === group);
  const same = own.find(({ message }) => covers(message, verdict.message));
  const other = own.find(({ id }) => id === verdict.id) ?? own[0];
  return { ...(same && { same }), ...(other && { other }) };
}

/** A traceback that is listed without its end may have had any: one with an end that nobody has accepted is another reason. */
function covers(listed: string, message: string): boolean {
  return isSameReason(listed, message) && (hasEnd(listed) || !hasEnd(message));
}
