import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { ClientHabits } from './client-habits.js';
import type { ProgramFacts } from './program-facts.js';

/** Where clients connect to. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** The path of a unix socket; host and port then say nothing (`localhost` and 0). */
  readonly socket?: string | undefined;
}

/** What the survey found out; every run relies on it. */
export interface Surveyed {
  readonly contract: Contract;
  /**
   * `told`: it listens on the port that it is given, so each run has its own. `fixed`: always the same port, so only
   * one instance can run at a time. `random`: a port of its own choice each time, so each run searches it.
   */
  readonly ports: 'told' | 'fixed' | 'random';
  /** Why only one instance can run at a time, in words, beside a fixed port; undefined where many can. */
  readonly alone?: string | undefined;
  /** The address of the surveyed instance; its host is where clients connect to. */
  readonly address: Address;
  /** All listening sockets, as `host:port`. */
  readonly addresses: readonly string[];
  readonly startMs: number;
  /** Processor time that the start took, in milliseconds; undefined where the system does not show it. */
  readonly startProcessorMs: number | undefined;
  /** The file that the root process executes once it serves; undefined where the system does not show it. */
  readonly program: string | undefined;
  /** A second exchange on the same connection is answered. */
  readonly persistent: boolean;
  /** How many connections are served side by side, as far as it was measured */
  readonly capacity: number;
  /** It serves as many as any scenario connects. */
  readonly concurrent: boolean;
  /** The echo comes back without the newline. */
  readonly trimmed: boolean;
  readonly handled: readonly SignalName[];
  /** Memory of the whole tree once it serves. */
  readonly residentBytes: number;
  /** Programs. */
  readonly facts?: ProgramFacts | undefined;
  /** What a reader of the report should know. */
  readonly remarks?: readonly string[];
  /** Of clients: how they speak. */
  readonly habits?: ClientHabits | undefined;
}
