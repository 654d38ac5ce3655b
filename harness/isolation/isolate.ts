import { UntestableError } from '../errors.js';
import type { Settings } from '../options/settings.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import type { Isolation } from './isolation.js';
import { NamespacePool } from './namespace-pool.js';
import { kindInWords, namespaceTools, withAdvice } from './namespace-tools.js';
import { playTrials, tryToMake } from './play-trials.js';

/** For fewer runs the trials cost more than they save. */
const fewestRuns = 4;

/**
 * Decides whether the runs of a server that always listens on the same port can be played side by side, each in a
 * network namespace of its own. The target is tried in one first: what works in the survey may need something else on
 * this machine, or on the network, that cannot be reached from a namespace, and then a verdict would not be its own.
 *
 * @throws UntestableError where namespaces are demanded (`--isolation namespace`) and cannot be made
 */
export async function isolate(
  session: Session,
  settings: Settings,
  surveyed: Surveyed,
  runs: number,
): Promise<Isolation> {
  const { isolation, jobs } = settings.plan;
  const serial = (why = '') => ({ words: `its runs were played one after the other${why}.` });
  if (isolation === 'none') return serial(' (--isolation none)');
  const isDemanded = isolation === 'namespace';
  if (!isDemanded && (runs < fewestRuns || jobs === 1)) return serial();
  const tools = namespaceTools();
  const lacking = typeof tools === 'string' ? tools : lackingIn(surveyed, session.target);
  const refused = (why: string): Isolation => {
    if (isDemanded)
      throw new UntestableError(`No network namespace can be used (--isolation namespace): ${why}.`);
    return serial(`, since no network namespace can be used here: ${why}`);
  };
  if (typeof tools === 'string' || lacking !== undefined) return refused(lacking ?? '');
  const namespaces = new NamespacePool(session, tools, surveyed.address.port);
  const { problem, differs } = isDemanded
    ? await tryToMake(namespaces)
    : await playTrials(session, surveyed, namespaces);
  const isSame = problem === undefined && differs === undefined;
  if (isSame && !session.abort.aborted)
    return { namespaces, words: `each run had a network namespace of its own${kindInWords(tools)}.` };
  await namespaces.end();
  // What was interrupted differs by that.
  if (session.abort.aborted) return serial();
  return problem === undefined ? serial(`, since ${differs}`) : refused(withAdvice(tools, problem));
}

/** What makes it impossible for this target. */
function lackingIn({ contract, program }: Surveyed, { pidFile }: Session['target']): string | undefined {
  // It is of the network alone: one that ends removes what the others have written.
  if (pidFile !== undefined) return `each of them writes the pid file ${pidFile}`;
  if (contract.protocol === 'none')
    return 'without a client it cannot be seen whether the target serves there';
  // It is how a signal to the target is told from one to what enters the namespace for it.
  return program === undefined ? 'the program that the target executes is not shown' : undefined;
}
