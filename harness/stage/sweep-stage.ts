import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import { pipeFolderPrefix } from '../process/pipes.js';
import type { Address } from '../survey/surveyed.js';
import {
  countingTracer,
  deliveriesIn,
  injectingTracer,
  type Place,
  type Tracer,
  traceIn,
} from '../sweep/strace.js';
import { AddressWatch } from '../target/address-watch.js';
import { Instance } from '../target/instance.js';
import { addressAt, nextPlace, type Place as OwnPlace } from '../target/place.js';
import { waitUntil } from '../wait-until.js';
import type { ClientGroup } from './client-group.js';
import { Clients } from './clients.js';
import { MomentMissed } from './moment-missed.js';
import type { OpenedStage, StageContext } from './play.js';

/** After its start (and, of a server, two exchanges), a target is watched for so long, in milliseconds. */
const watchMs = 500;
/** Under strace, and beside others, everything takes longer: so much longer is waited for a place. */
const patience = 4;
/** After the promised end, this much longer is waited, so that a report can say how late it was. */
const patienceMs = 1500;
const lookEveryMs = 2;

/** All that a sweep can do: play one place. */
export interface SweepStage {
  /** Plays without a signal, and resolves with what strace wrote of these system calls. */
  count(syscalls: readonly string[]): Promise<string>;
  /** Starts the target so that the signal meets it at the place, and waits for its end. */
  playPlace(place: Place): Promise<void>;
}

/** The stage for a signal sweep: the target under strace, and for a server one client that exchanges twice. */
export async function openSweepStage(context: StageContext): Promise<OpenedStage<SweepStage>> {
  const play = new SweepPlay(context, await placeOf(context));
  return {
    stage: play,
    ready: async () => {},
    settle: () => play.clients.settle(),
    close: () => play.close(),
    isEarly: () => play.isEarly,
  };
}

async function placeOf({ session, survey }: StageContext) {
  return nextPlace(session, survey.ports === 'fixed' ? survey.address.port : undefined);
}

class SweepPlay implements SweepStage {
  readonly clients: Clients;
  isEarly = true;
  readonly #context: StageContext;
  readonly #place: OwnPlace;
  readonly #address: { -readonly [Key in keyof Address]: Address[Key] };
  /** With this prefix the reaper removes it where the harness is killed. */
  readonly #folder = mkdtempSync(pipeFolderPrefix());
  #instance: Instance | undefined;

  constructor(context: StageContext, place: OwnPlace) {
    const { session, recorder, survey, key } = context;
    const { contract } = survey;
    const address = { ...addressAt(place, survey) };
    this.#context = context;
    this.#place = place;
    this.#address = address;
    this.clients = new Clients({ session, recorder, run: key, contract, survey, address, count: 1 });
  }

  async count(syscalls: readonly string[]): Promise<string> {
    const tracer = countingTracer(syscalls, join(this.#folder, 'trace'));
    const instance = await this.#start(tracer);
    await this.#drive(instance, () => false);
    await instance.awaitGone(nowMs() + watchMs);
    return traceIn(tracer.file);
  }

  async playPlace(place: Place): Promise<void> {
    const { survey, run, recorder, session } = this.#context;
    const signal = run.signal ?? 'SIGTERM';
    const tracer = injectingTracer(place, signal, join(this.#folder, 'trace'));
    const instance = await session.starting(() => this.#start(tracer));
    const watch = new DeliveryWatch(tracer, signal);
    const look = (): boolean => {
      for (const { beforeMs, atMs } of watch.look())
        recorder.add({ type: 'signal', instance: 0, signal, pid: instance.launched.pid, beforeMs, atMs });
      return watch.deliveries > 0;
    };
    const driving = this.#drive(instance, look);
    const within = (survey.startMs + watchMs) * patience + watchMs;
    await waitUntil(() => look() || instance.exit !== undefined, {
      timeoutMs: within,
      intervalMs: lookEveryMs,
    });
    // What strace wrote last may be read only now.
    const delivered = look();
    if (delivered) await this.#awaitEnd(instance, look);
    const ended = instance.exit !== undefined;
    await instance.end();
    await driving;
    if (!delivered)
      throw new MomentMissed(
        `${signal} is delivered on entering ${place.syscall} for the ${place.number}. time`,
        ended ? 'the target ended before' : `it was not seen within ${Math.round(within)} ms`,
      );
  }

  async close(): Promise<void> {
    await this.#instance?.end();
    await this.#instance?.finish();
    await this.clients.release();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(tracer: Tracer): Promise<Instance> {
    const { session, recorder, key } = this.#context;
    const options = { session, recorder, runId: key, number: 0, ...this.#place, tracer };
    this.#instance = await Instance.start(options);
    return this.#instance;
  }

  /** Later deliveries (each thread counts for itself) are facts too. */
  async #awaitEnd(instance: Instance, look: () => boolean): Promise<void> {
    const { deadlineMs, toleranceMs } = this.#context.survey.contract;
    const untilMs = nowMs() + deadlineMs + toleranceMs + patienceMs;
    const timer = setInterval(look, lookEveryMs);
    try {
      if (!(await instance.awaitGone(untilMs)))
        await instance.end(
          instance.exit === undefined ? 'it did not stop' : 'processes of its tree were left',
        );
    } finally {
      clearInterval(timer);
    }
  }

  /** Lets the target do its work until `over`: whatever does not come of it is no fault here. */
  async #drive(instance: Instance, over: () => boolean): Promise<void> {
    const { survey, recorder } = this.#context;
    const isOver = () => over() || instance.exit !== undefined;
    const ready = () => {
      this.isEarly = false;
      recorder.add({ type: 'ready', instance: 0, atMs: nowMs() });
    };
    if (!this.clients.possible) {
      const hasPrinted = () => instance.output.lastLines(1).length > 0;
      await waitUntil(() => hasPrinted() || isOver(), {
        timeoutMs: survey.startMs * patience + watchMs,
        intervalMs: lookEveryMs,
      });
      // Where both are seen in one look, it may have printed because of the signal.
      if (hasPrinted() && !isOver()) ready();
      return;
    }
    try {
      await this.#listens(instance, isOver);
      if (isOver()) return;
      const client: ClientGroup = await this.clients.connect('idle', { count: 1 });
      if ((await client.tryExchange(2000)) && !isOver()) ready();
      if (survey.persistent && !isOver()) await client.tryExchange(2000);
    } catch (error) {
      if (!(error instanceof MomentMissed)) throw error;
    }
  }

  async #listens(instance: Instance, isOver: () => boolean): Promise<void> {
    const { session, survey } = this.#context;
    const isRandom = survey.ports === 'random';
    const watch = new AddressWatch(instance, session.system, this.#address, isRandom, session.target.cwd);
    await waitUntil(
      () => {
        const ours = watch.look();
        if (ours) Object.assign(this.#address, { port: ours.port, socket: ours.socket });
        return ours !== undefined || isOver();
      },
      { timeoutMs: session.target.startupTimeoutMs, intervalMs: lookEveryMs },
    );
  }
}

/** Reads what strace writes, again and again. */
class DeliveryWatch {
  deliveries = 0;
  readonly #tracer: Tracer;
  readonly #signal: SignalName;
  #lastLookMs = nowMs();

  constructor(tracer: Tracer, signal: SignalName) {
    this.#tracer = tracer;
    this.#signal = signal;
  }

  /** The deliveries since the last look: after it, and before this one. */
  look(): { beforeMs: number; atMs: number }[] {
    const beforeMs = this.#lastLookMs;
    this.#lastLookMs = nowMs();
    const count = deliveriesIn(traceIn(this.#tracer.file), this.#signal);
    const fresh = count - this.deliveries;
    this.deliveries = count;
    return Array.from({ length: fresh }, () => ({ beforeMs, atMs: nowMs() }));
  }
}
