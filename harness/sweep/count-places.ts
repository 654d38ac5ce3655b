import { UntestableError } from '../errors.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { openSweepStage } from '../stage/sweep-stage.js';
import type { Surveyed } from '../survey/surveyed.js';
import { checkStrace, countsIn, type Place } from './strace.js';

/** So many places of one system call are swept; a program that turns in a loop makes more and more of them. */
const mostPlaces = 100;
/** How often the calls are counted. */
const times = 2;

export interface Places {
  readonly places: readonly Place[];
  /** What a reader should know of how they were chosen. */
  readonly remarks: readonly string[];
}

/**
 * Plays the target under strace without a signal, and counts the system calls: these are the places.
 *
 * @throws UntestableError where strace cannot be used here, or the target makes none of these calls each time
 * @throws UsageError where a system call is not known
 */
export async function countPlaces(
  session: Session,
  surveyed: Surveyed,
  syscalls: readonly string[],
): Promise<Places> {
  await checkStrace(syscalls);
  const all: ReadonlyMap<string, number>[] = [];
  while (all.length < times) all.push(await countOnce(session, surveyed, syscalls));
  const remarks: string[] = [];
  const places = syscalls.flatMap((syscall) => {
    const counts = all.map((one) => one.get(syscall) ?? 0);
    // Threads that wait for each other do so more or less often: only what comes each time is a place.
    const count = Math.min(...counts);
    if (count === 0) {
      const why = Math.max(...counts) === 0 ? 'did not call it' : 'called it in one play, and not in another';
      remarks.push(`The sweep has no place in ${syscall}: the target ${why}.`);
    }
    if (count > mostPlaces)
      remarks.push(`The sweep tried the first ${mostPlaces} of at least ${count} calls of ${syscall}.`);
    return Array.from({ length: Math.min(count, mostPlaces) }, (_, index) => ({
      syscall,
      number: index + 1,
    }));
  });
  if (places.length > 0) return { places, remarks };
  const when = all.some(({ size }) => size > 0) ? 'each time that' : 'while';
  throw new UntestableError(
    `The target calls none of ${syscalls.join(', ')} ${when} it starts and works (--sweep).`,
  );
}

async function countOnce(
  session: Session,
  surveyed: Surveyed,
  syscalls: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const opened = await openSweepStage({
    session,
    recorder: new Recorder(),
    survey: surveyed,
    run: { id: 'sweep', scenario: 'sweep', signal: null, delivery: 'process', early: true },
    key: 'sweep-count',
    clients: 1,
  });
  try {
    return countsIn(await opened.stage.count(syscalls));
  } finally {
    await opened.close();
  }
}
