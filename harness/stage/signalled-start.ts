import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { RunIdentity } from '../recording/recording.js';
import { AddressWatch, treeEveryLooks } from '../target/address-watch.js';
import type { Instance } from '../target/instance.js';
import { MomentMissed } from './moment-missed.js';
import { gridPlaces, placesOf, type StartSpan } from './start-grid.js';
import { StartMoments, type StartMomentsOptions } from './start-moments.js';
import { awaitHandlers, measuredStart, watchStart } from './start-span.js';

/** How many starts are looked at, one after the other, for one that has not got too far yet. */
const mostStarts = 12;
/** A timer may be so late on an idle machine, in milliseconds: the rest is waited for turn by turn. */
const timerLateMs = 2;
/** A start that was only measured has so long to end by itself, in milliseconds. */
const stopsWithinMs = 1000;

/** What a start with a signal needs of the run that it belongs to. */
export interface Starter {
  spawn(): Promise<Instance>;
  /** Ends what was spawned, and forgets what was recorded of it. */
  forget(): Promise<void>;
  /** A signal was sent, or goes on its way now. */
  sent(signal: SignalName): void;
}

type PlaceAt = NonNullable<RunIdentity['placeAt']>;

/** One measured start serves all places of the grid, by the target that is tested. */
const spans = new WeakMap<object, Promise<StartSpan>>();

/** Starts the target so that a signal meets it before it serves. */
export class SignalledStart {
  readonly #options: StartMomentsOptions;
  readonly #starter: Starter;

  constructor(options: StartMomentsOptions, starter: Starter) {
    this.#options = options;
    this.#starter = starter;
  }

  /** The signal at a moment that is waited for. */
  async at(signal: SignalName, moment: () => Promise<void>): Promise<void> {
    await this.#options.session.starting(async () => {
      const instance = await this.#executed();
      await moment();
      instance.dispositions();
      instance.sendNow(signal);
      this.#starter.sent(signal);
    });
  }

  /**
   * The signal before the program has done anything about it. The target is held while its signal masks are read and the
   * signal is sent: so they are what the signal meets. Where an interpreter's own handler was faster, this was not that
   * moment: nothing has been sent yet, and another start is looked at.
   */
  async atOnce(signal: SignalName): Promise<void> {
    const { session, recorder } = this.#options;
    await session.starting(async () => {
      let starts = 1;
      let instance = await this.#executed();
      for (; !(await this.#held(instance, signal)) && starts < mostStarts; starts += 1) {
        // It had run nothing of the program's own.
        await this.#starter.forget();
        instance = await this.#executed();
      }
      if (starts > 1)
        recorder.add({ type: 'moment', moment: `it is held at start ${starts}`, atMs: nowMs() });
      this.#sendHeld(instance, signal);
    });
  }

  /**
   * The signal at one place of a grid over the whole start: so long after the program was executed. Right before it is
   * seen what the signal meets: whether the target listens already, and which handlers are installed. It is not held for
   * that: a signal that is pending when a process goes on may be taken by any of its threads. `exactly` is when the signal
   * came there in another play.
   *
   * @throws MomentMissed when the target ends before, or no start can be measured
   */
  async atPlace(signal: SignalName, place: number, exactly?: PlaceAt): Promise<void> {
    const { session, recorder, survey } = this.#options;
    const span = await this.#span();
    const planned = planOf(placesOf(span, session.seed)[place - 1] ?? 0, span);
    await session.starting(async () => {
      const instance = await this.#executed();
      const { number, launched } = instance;
      const fromMs = nowMs();
      const sinceHandler = await this.#reach(instance, exactly ?? planned, fromMs);
      const listens = this.#listens(instance);
      if (listens) recorder.add({ type: 'listening', instance: number, ...listens, atMs: nowMs() });
      const moments = this.#moments(instance);
      if (!moments.beforeHandler(signal)) {
        // What its runtime's own handler does is not the program's doing: its own is waited for.
        for (const other of survey.contract.stopSignals)
          if (survey.handled.includes(other)) await moments.handlerInstalled(other);
        moments.beforeHandler(signal);
      }
      if (instance.exit)
        throw new MomentMissed(`${signal} is sent while it starts`, 'the target has ended before');
      const atMs = nowMs();
      instance.sendNow(signal);
      this.#starter.sent(signal);
      const [pid, offsetMs] = [launched.pid, atMs - fromMs];
      const measured = { ...span, ...sinceHandler(atMs), seed: session.seed };
      const of = gridPlaces;
      recorder.add({
        type: 'start-place',
        instance: number,
        pid,
        place,
        of,
        offsetMs,
        ...measured,
        atMs,
      });
    });
  }

  /** What comes after the handlers is counted from when they are seen: this start may be slower than the measured one. */
  async #reach(instance: Instance, { offsetMs, sinceHandlerMs }: PlaceAt, fromMs: number) {
    if (sinceHandlerMs === undefined) {
      await awaitTime(fromMs + offsetMs);
      return () => ({});
    }
    await awaitHandlers(instance, this.#options);
    const handledMs = nowMs();
    await awaitTime(handledMs + sinceHandlerMs);
    return (atMs: number) => ({ sinceHandlerMs: atMs - handledMs });
  }

  #sendHeld(instance: Instance, signal: SignalName): void {
    instance.sendNow(signal);
    instance.stopper.release();
    // What was sent to a stopped process acts when it goes on.
    this.#starter.sent(signal);
  }

  async #executed(): Promise<Instance> {
    return (await this.#executing()).instance;
  }

  /** `notYetMs`: its program was executed after that. */
  async #executing(): Promise<{ readonly instance: Instance; readonly notYetMs: number }> {
    const spawningMs = nowMs();
    const instance = await this.#starter.spawn();
    return { instance, notYetMs: (await this.#moments(instance).executed()) ?? spawningMs };
  }

  #held(instance: Instance, signal: SignalName): Promise<boolean> {
    if (instance.exit)
      throw new MomentMissed(`${signal} is sent while it starts`, 'the target has ended before');
    return this.#moments(instance).heldBeforeHandler(signal);
  }

  #listens(instance: Instance) {
    const { session, survey, address } = this.#options;
    const { system, target } = session;
    const watch = new AddressWatch(instance, system, address, survey.ports === 'random', target.cwd);
    for (let look = 1; look < treeEveryLooks; look += 1) {
      const listening = watch.look();
      if (listening) return listening;
    }
    return watch.look();
  }

  #moments(instance: Instance): StartMoments {
    return new StartMoments(instance, this.#options);
  }

  /** How long a start takes is measured by one, beside others, as those will be that are signalled. */
  #span(): Promise<StartSpan> {
    const { session } = this.#options;
    const known = spans.get(session.target);
    if (known !== undefined) return known;
    const measure = async () => {
      const { instance, notYetMs } = await this.#executing();
      try {
        return await watchStart(instance, notYetMs, this.#options);
      } finally {
        await this.#leave(instance);
      }
    };
    const measured = session.starting(() => measuredStart(measure));
    spans.set(session.target, measured);
    return measured;
  }

  /** Ends a start that was only measured, in good order where that is possible: a stale file would spoil the next. */
  async #leave(instance: Instance): Promise<void> {
    const { session, survey } = this.#options;
    const { deadlineMs, toleranceMs, stopSignals } = survey.contract;
    if (instance.exit === undefined) instance.sendNow(stopSignals[0] ?? 'SIGTERM');
    const withinMs = survey.ports === 'told' ? stopsWithinMs : deadlineMs + toleranceMs;
    if (!session.abort.aborted) await instance.awaitGone(nowMs() + withinMs);
    await this.#starter.forget();
  }
}

function planOf(offsetMs: number, { handlerMs }: StartSpan): PlaceAt {
  return handlerMs === undefined || offsetMs < handlerMs
    ? { offsetMs }
    : { offsetMs, sinceHandlerMs: offsetMs - handlerMs };
}

async function awaitTime(untilMs: number): Promise<void> {
  const leftMs = untilMs - nowMs() - timerLateMs;
  if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
  while (nowMs() < untilMs) await new Promise((resolve) => setImmediate(resolve));
}
