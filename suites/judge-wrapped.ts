import type { Recording } from '../harness/recording/recording.js';
import type { Judgement, Requirement } from './requirement.js';
import { wrapperForwards } from './requirements/wrapper/forwards.js';

type Judge = (requirement: Requirement, recording: Recording, siblings: readonly Recording[]) => Judgement;

/** What clients see of a server that was told, and whether all of it was gone in time and in order. */
const alsoJudged: ReadonlySet<string> = new Set(['deadline.holds', 'tree.no-orphans', 'tree.root-last']);
/** How fast it was told is a matter of the wrapper too. */
const notJudged: ReadonlySet<string> = new Set(['notice.prompt']);

/**
 * Why a requirement says nothing of a run through a wrapper; undefined where it does. Whether the signal arrives,
 * `wrapper.forwards` says alone. If it does, what the server then does is judged as everywhere; but exit statuses,
 * signal masks and output are those of the wrapper too.
 */
export function whyNotJudgedWrapped(
  requirement: Requirement,
  recording: Recording,
  siblings: readonly Recording[],
  judge: Judge,
): string | undefined {
  const { id } = requirement;
  if (id === wrapperForwards.id) return undefined;
  const isOfServer = (/^(notice|drain)\./.test(id) && !notJudged.has(id)) || alsoJudged.has(id);
  if (!isOfServer) return `${wrapperForwards.id} judges what comes of a signal to a wrapper`;
  const forwarded = judge(wrapperForwards, recording, siblings).outcome === 'pass';
  return forwarded ? undefined : `${wrapperForwards.id} says whether the signal reached the server`;
}
