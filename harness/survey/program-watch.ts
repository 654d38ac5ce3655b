import type { SignalName } from '../contract/signal-name.js';
import type { Session } from '../session.js';
import type { Instance } from '../target/instance.js';
import { type StartLook, StartWatch } from '../target/start-watch.js';

/** So long nothing new must have been seen before a program is taken for ready: it has said something. */
const quietMs = 300;
/** It sleeps, and has said nothing. */
const quietAsleepMs = 500;
/** It computes, and has said nothing: it may still be loading what it needs. */
const quietBusyMs = 1000;
/** So much of its time a program sleeps that mostly waits. */
const mostlyAsleep = 0.8;

/** What a program that starts was seen to do, and since when nothing new has come. */
export class ProgramWatch {
  readonly #instance: Instance;
  readonly #watch: StartWatch;
  #looks: StartLook[] = [];
  #known = '';
  /** When the last new fact was seen, on CLOCK_MONOTONIC. */
  newsMs: number;

  constructor(instance: Instance, session: Session) {
    this.#instance = instance;
    this.#watch = new StartWatch(instance, session);
    this.newsMs = instance.launched.atMs;
  }

  look(): void {
    const look = this.#watch.look();
    const { stdout, stderr } = this.#instance.output.firstMs;
    // Shells block and free signals around each child that they start: only what is caught or ignored is news.
    const known = JSON.stringify([
      look.executes,
      look.ignored,
      stdout === undefined,
      stderr === undefined,
      this.#new(look),
    ]);
    if (known !== this.#known) {
      this.newsMs = look.atMs;
      this.#looks = [];
    }
    this.#known = known;
    this.#looks.push(look);
  }

  /** Nothing new comes any more. */
  get isQuiet(): boolean {
    const last = this.#looks.at(-1);
    if (last === undefined) return false;
    const { stdout, stderr } = this.#instance.output.firstMs;
    const said = stdout !== undefined || stderr !== undefined;
    const needsMs = said ? quietMs : this.asleep ? quietAsleepMs : quietBusyMs;
    return last.atMs - this.newsMs >= needsMs;
  }

  get executes(): string | undefined {
    return this.#looks.at(-1)?.executes;
  }

  /** What was handled at every look since the last news. */
  get handled(): readonly SignalName[] {
    const [first, ...rest] = this.#looks;
    return (first?.handled ?? []).filter((signal) => rest.every(({ handled }) => handled.includes(signal)));
  }

  get ignored(): readonly SignalName[] {
    return this.#looks.at(-1)?.ignored ?? [];
  }

  get asleep(): boolean {
    const asleep = this.#looks.filter((look) => look.asleep === true).length;
    return this.#looks.length > 0 && asleep / this.#looks.length >= mostlyAsleep;
  }

  /** Handlers that came since the last news, and stayed for two looks. */
  #new(look: StartLook): readonly SignalName[] {
    const before = this.#looks.at(-1);
    const isSame = before?.executes === look.executes;
    const stays = before ? look.handled.filter((signal) => before.handled.includes(signal)) : look.handled;
    // What a script handled that started the program says nothing about the program.
    const former = isSame ? this.#former : [];
    this.#former = [...new Set([...former, ...stays])].sort();
    return this.#former;
  }

  #former: readonly SignalName[] = [];
}
