import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { StdoutMode } from '../process/launch.js';
import type { Session } from '../session.js';
import type { ProgramFacts } from '../survey/program-facts.js';
import type { Surveyed } from '../survey/surveyed.js';
import type { Instance } from '../target/instance.js';
import { readyLine } from '../target/ready-line.js';
import { type StartLook, StartWatch } from '../target/start-watch.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

/** So many looks in a row must find it asleep: a program that loads may sleep for a moment. */
const asleepLooks = 4;
const lookEveryMs = 4;
/** The facts of its start are waited for so long at least, and so many times as long as the survey waited. */
const atLeastMs = 5000;

export interface ProgramReadyOptions {
  readonly session: Session;
  readonly survey: Surveyed;
  readonly instance: Instance;
  readonly stdout: StdoutMode;
  /** Signals that it was started with ignored: what it does about them is another matter then. */
  readonly startedIgnoring: readonly SignalName[];
}

/**
 * Waits for the facts that the survey saw at the end of the program's start: the same signals handled and ignored, its
 * first output, its sleep. One alone may come from its runtime before its own code begins: CPython catches SIGINT first.
 *
 * @throws MomentMissed when it ends before, or when they do not come in many times the time of its first start
 */
export async function awaitProgramReady(options: ProgramReadyOptions): Promise<void> {
  const { session, survey, instance, stdout } = options;
  const { facts } = survey;
  if (facts === undefined) throw new Error('no program was surveyed');
  const visible = stdout === 'read';
  const line = readyLine(instance, visible ? session.target.ready : undefined);
  const watch = new StartWatch(instance, session);
  let asleep = 0;
  let waitsFor = '';
  const missing = (): string | undefined => {
    const look = watch.look();
    asleep = look.asleep === false ? 0 : asleep + 1;
    if (survey.program !== undefined && look.executes !== survey.program)
      return 'its own program (a script starts it)';
    // It does no more before its first write: a shell handles SIGCHLD only once it has started a child.
    if (stdout === 'full' && look.writes) return undefined;
    const mask = missingMask(look, facts, options.startedIgnoring);
    if (mask !== undefined) return mask;
    if (stdout === 'full') return isHeld(asleep, survey, instance) ? undefined : 'its write to a full pipe';
    if (!line.seen()) return 'its --ready line';
    if (facts.says !== undefined && (visible || facts.says === 'stderr')) {
      if (instance.output.firstMs[facts.says] === undefined) return 'its first output';
    }
    if (facts.asleep && asleep < asleepLooks) return 'its sleep';
    const busyMs = facts.busyMs ?? 0;
    const usedMs = session.system.processorMs(instance.launched.pid) ?? busyMs;
    return usedMs >= busyMs ? undefined : 'the processor time of its start';
  };
  const moment = 'the program is ready';
  try {
    const isReady = () => {
      waitsFor = missing() ?? '';
      return waitsFor === '';
    };
    await poll(isReady, {
      moment,
      timeoutMs: Math.min(session.target.startupTimeoutMs, atLeastMs + survey.startMs * 20),
      intervalMs: lookEveryMs,
      hopeless: () =>
        instance.exit === undefined ? undefined : `it ended before that; what was waited for is ${waitsFor}`,
    });
  } catch (error) {
    if (!(error instanceof MomentMissed) || instance.exit) throw error;
    throw new MomentMissed(moment, `it waited in vain for ${waitsFor}: ${error.reason}`);
  } finally {
    line.stop();
  }
}

function missingMask(
  look: StartLook,
  facts: ProgramFacts,
  startedIgnoring: readonly SignalName[],
): string | undefined {
  const lacks = (wanted: readonly SignalName[], has: readonly SignalName[]) =>
    wanted.find((signal) => !has.includes(signal) && !startedIgnoring.includes(signal));
  const handler = lacks(facts.handled, look.handled);
  if (handler !== undefined) return `its handler for ${handler}`;
  const ignored = lacks(facts.ignored, look.ignored);
  return ignored === undefined ? undefined : `that it ignores ${ignored}`;
}

/** An event loop puts a write off that has no room (Node): it waits there, as it does when it has nothing to do. */
function isHeld(asleep: number, { startMs }: Surveyed, { launched }: Instance): boolean {
  return asleep >= asleepLooks && nowMs() - launched.atMs > 2 * startMs + 100;
}
