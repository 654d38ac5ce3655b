import type { OwnSuite } from '../../suites/own.js';
import type { AcceptedExit, HandledSignal, Protocol, TargetKind } from '../contract/contract.js';
import type { DeadlineSetting } from '../contract/deadline-setting.js';
import type { Delivery } from '../contract/delivery.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Isolating } from './isolation.js';

/** Validated options: inner code trusts them. Undefined means "decided by the survey". */
export interface Settings {
  readonly kind: TargetKind;
  /** Its name in the configuration file; undefined where it has none. */
  readonly name?: string | undefined;
  /** Of a pair: its server. */
  readonly target: TargetSettings;
  /** Of a pair: its client. */
  readonly client?: TargetSettings | undefined;
  readonly promise: PromiseSettings;
  readonly plan: PlanSettings;
  /** Requirements and scenarios beside the built-in ones: names of modules, or what they export. Default: none. */
  readonly suites?: readonly (string | OwnSuite)[] | undefined;
}

export interface TargetSettings {
  /** As the user wrote it, for reports; the program is its first element. */
  readonly command: readonly string[];
  /** The program's file, found on PATH or relative to `cwd`; it exists and may be executed. */
  readonly file: string;
  readonly cwd: string;
  /** Added to the environment of the harness. */
  readonly env: Readonly<Record<string, string>>;
  /** The port that the target always uses; undefined where it is told one and searched. */
  readonly port: number | undefined;
  /** The unix socket that the target always uses, absolute; undefined for none. */
  readonly socket?: string | undefined;
  /** The pid file that the target always writes, absolute; undefined for none. */
  readonly pidFile?: string | undefined;
  /** What each instance is told of its own, in arguments or variables: `{socket}`, `{pidfile}`. */
  readonly tells?: { readonly socket: boolean; readonly pidFile: boolean } | undefined;
  readonly ready: RegExp | undefined;
  readonly startupTimeoutMs: number;
  readonly path: string;
  readonly slowPath: string | undefined;
}

/** The contract before the survey has said which protocol is spoken. */
export interface PromiseSettings {
  readonly deadlineMs: number;
  readonly toleranceMs: number;
  /** How the target is told its deadline; undefined where it is not. */
  readonly deadlineSetting?: DeadlineSetting | undefined;
  readonly protocol: Protocol | 'auto';
  /** A text; `false` for `--no-notice`; undefined for the protocol's default. */
  readonly notice: string | false | undefined;
  /** Undefined for the protocol's default. */
  readonly stopSignals: readonly SignalName[] | undefined;
  readonly reloadSignals: readonly SignalName[];
  readonly ignoreSignals: readonly SignalName[];
  readonly exitStatus: readonly AcceptedExit[];
  /** Programs. */
  readonly handles?: readonly HandledSignal[] | undefined;
  /** Programs. */
  readonly item?: RegExp | undefined;
  /** Clients. */
  readonly afterNotice?: 'exit' | 'reconnect' | undefined;
}

export interface PlanSettings {
  /** Connected clients per run; of a pair, processes of its client. */
  readonly clients: number;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly full: boolean;
  /** Runs at the same time; undefined for no limit but the machine's memory. */
  readonly jobs: number | undefined;
  readonly repeat: number;
  /** Of the places of a start; undefined for one at random. */
  readonly seed?: number | undefined;
  /** How signals are delivered; undefined for all ways, but to the process with few scenarios only. */
  readonly deliveries?: readonly Delivery[] | undefined;
  /** How the runs of a server with a fixed port are kept apart; undefined for `auto`. */
  readonly isolation?: Isolating | undefined;
  /** System calls at which the signal is placed, instead of the scenarios; empty for none. */
  readonly sweep: readonly string[];
  /** Of a pair: who is signalled. */
  readonly signalTo: 'server' | 'client';
  /** Which part of the plan is played here; undefined for all of it. */
  readonly shard?: Shard | undefined;
  /** How long runs took in a former test, in milliseconds, by run id; undefined where that is not known. */
  readonly shardDurations?: Readonly<Record<string, number>> | undefined;
}

/** One of the parts of a suite that is played on several machines. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}
