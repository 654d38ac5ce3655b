import { awaitNoTimeWait } from '../conform/fixed-port.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { type Trials, whatDiffers } from './compare-trials.js';
import type { NamespacePool } from './namespace-pool.js';
import { RunNamespace } from './run-namespace.js';
import { playTrial, type TrialFacts } from './trial.js';

/** Neither where the target may be played in namespaces. */
export interface TriedOut {
  /** Why none can be made. */
  readonly problem?: string | undefined;
  /** What it would change for the target. */
  readonly differs?: string | undefined;
}

/** Whether a namespace can be made, and no more. */
export async function tryToMake(namespaces: NamespacePool): Promise<TriedOut> {
  try {
    await namespaces.giveBack(await namespaces.take());
    return {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Starts the target once as the survey did, and then twice at the same time, each in a namespace of its own. */
export async function playTrials(
  session: Session,
  surveyed: Surveyed,
  namespaces: NamespacePool,
): Promise<TriedOut> {
  const both = [new RunNamespace(session, namespaces), new RunNamespace(session, namespaces)] as const;
  try {
    // While they are made, what they are compared with is played.
    const made = Promise.all(both.map((namespace) => namespace.enter().catch(() => {})));
    const plain = await playPlain(session, surveyed);
    await made;
    const problem = both.map((namespace) => namespace.problem).find((one) => one !== undefined);
    if (problem !== undefined) return { problem };
    const hopeless = whatDiffers({ plain, first: plain, second: plain });
    if (hopeless !== undefined) return { differs: hopeless };
    return { differs: whatDiffers({ plain, ...(await playBoth(...both, surveyed)) }) };
  } finally {
    await Promise.all(both.map((namespace) => namespace.leave()));
  }
}

async function playPlain(session: Session, surveyed: Surveyed): Promise<TrialFacts> {
  const { port } = surveyed.address;
  const once = (key: string) => playTrial({ session, surveyed, key });
  const facts = await once('trial-plain');
  // It may have been the survey's instance that has left it there.
  if (facts.problem === undefined || !session.system.portsInTimeWait().has(port)) return facts;
  await awaitNoTimeWait(session, port);
  return once('trial-plain-again');
}

/** Two at the same time; the second is stopped when the first has ended. */
async function playBoth(
  { session: one }: RunNamespace,
  { session: other }: RunNamespace,
  surveyed: Surveyed,
): Promise<Pick<Trials, 'first' | 'second'>> {
  const served = [gate(), gate()] as const;
  const first = playTrial({
    session: one,
    surveyed,
    key: 'trial-first',
    beforeStop: async () => {
      served[0].open();
      await served[1].isOpen;
    },
  }).finally(served[0].open);
  const second = playTrial({
    session: other,
    surveyed,
    key: 'trial-second',
    beforeStop: async () => {
      served[1].open();
      await first.catch(() => {});
    },
  }).finally(served[1].open);
  const [facts, otherFacts] = await Promise.all([first, second]);
  return { first: facts, second: otherFacts };
}

/** Something that one of two does, and that the other waits for. */
function gate(): { readonly open: () => void; readonly isOpen: Promise<void> } {
  let open = (): void => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, isOpen };
}
