import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Address, Surveyed } from '../survey/surveyed.js';
import { AddressWatch } from '../target/address-watch.js';
import type { Instance } from '../target/instance.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';

const holdTimeoutMs = 3000;

export interface StartMomentsOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly survey: Surveyed;
  readonly address: Address;
}

/** The moments of one start of the target, from the first program of its own to its socket. */
export class StartMoments {
  readonly #instance: Instance;
  readonly #options: StartMomentsOptions;

  constructor(instance: Instance, options: StartMomentsOptions) {
    this.#instance = instance;
    this.#options = options;
  }

  /**
   * The root executes the program that will serve. A command may be a script that sets things up and then becomes the
   * server (a version manager's shim): a signal to that script is no signal to the server, and bash ignores some.
   *
   * @returns when it was last seen not to, where it was
   */
  async executed(): Promise<number | undefined> {
    const { session, survey, recorder } = this.#options;
    const { program } = survey;
    if (program === undefined) return undefined;
    const { number, launched } = this.#instance;
    let notYetMs: number | undefined;
    const runs = () => {
      const lookMs = nowMs();
      if (session.system.program(launched.pid) === program) return true;
      notYetMs = lookMs;
      return false;
    };
    await this.#seen('the program that serves is executed', runs);
    recorder.add({ type: 'executed', instance: number, pid: launched.pid, program, atMs: nowMs() });
    return notYetMs;
  }

  /** Some process of the tree catches (or blocks, for signalfd and sigwait) the signal. */
  async handlerInstalled(signal: SignalName): Promise<void> {
    const { system } = this.#options.session;
    const handles = (pid: number): boolean => {
      const masks = system.dispositions(pid);
      return masks !== undefined && (masks.caught.includes(signal) || masks.blocked.includes(signal));
    };
    let looks = 0;
    await this.#come(`a handler for ${signal} is installed`, () => {
      looks += 1;
      // The root is looked at each time; the whole tree, which costs more, now and then.
      return (
        handles(this.#instance.launched.pid) ||
        (looks % 10 === 0 && this.#instance.members().some(({ pid }) => handles(pid)))
      );
    });
  }

  /** The target listens; nobody has been served yet. */
  async bound(): Promise<void> {
    const { session, survey, address } = this.#options;
    const { system, target } = session;
    const isRandom = survey.ports === 'random';
    const watch = new AddressWatch(this.#instance, system, address, isRandom, target.cwd);
    await this.#come('the socket is bound', () => watch.look() !== undefined);
  }

  /** Holds the root, and reads its signal masks. False where `beforeHandler` is. */
  async heldBeforeHandler(signal: SignalName): Promise<boolean> {
    try {
      await this.#instance.stopper.hold(holdTimeoutMs);
    } catch (error) {
      throw new MomentMissed('the target is stopped', error instanceof Error ? error.message : String(error));
    }
    return this.beforeHandler(signal);
  }

  /**
   * Reads the signal masks of the root. False where stop signals that are handled once the target serves are not handled
   * yet, and this one is: then the program has not come to its handlers, and the one that is there is its runtime's own
   * (CPython's for SIGINT).
   */
  beforeHandler(signal: SignalName): boolean {
    const masks = this.#instance.dispositions();
    if (masks === undefined) return true;
    const now = [...masks.caught, ...masks.blocked];
    const { handled, contract } = this.#options.survey;
    const lacksSome = contract.stopSignals.some((other) => handled.includes(other) && !now.includes(other));
    return !(now.includes(signal) && lacksSome);
  }

  async #come(moment: string, fact: () => boolean): Promise<void> {
    await this.#seen(moment, fact);
    this.#options.recorder.add({ type: 'moment', moment, atMs: nowMs() });
  }

  /** Hopeless once the target has ended. */
  async #seen(moment: string, fact: () => boolean): Promise<void> {
    const { session, survey } = this.#options;
    const timeoutMs = Math.min(session.target.startupTimeoutMs, 2000 + survey.startMs * 10);
    const hopeless = () => (this.#instance.exit ? 'the target has ended before' : undefined);
    await poll(fact, { moment, timeoutMs, intervalMs: 1, hopeless });
  }
}
