import type { DeadlineSetting } from './deadline-setting.js';
import type { SignalName } from './signal-name.js';

/** What is under test: a server, a client, both together, or a program that serves nobody. */
export type TargetKind = 'server' | 'client' | 'program' | 'pair';

/** How the target is spoken to. `tcp` makes connections only; `none` makes none. */
export type Protocol = 'echo' | 'http' | 'tcp' | 'none';

/** An accepted end after a graceful stop: a status, or death by the very signal that asked for the stop. */
export type AcceptedExit = number | 'signal';

/** What a program does on a signal that it handles and that does not mean "stop": at least one of the two. */
export interface HandledSignal {
  readonly signal: SignalName;
  /** The source of a regular expression for the line that it prints; it goes on living. */
  readonly line?: string | undefined;
  /** The status with which it exits. */
  readonly exit?: number | undefined;
}

/**
 * What the target promises. Every judge reads it; nothing in it is a default any more: defaults are applied once,
 * when the options are validated (and, for what depends on the protocol, after the survey).
 */
export interface Contract {
  /** The whole process tree is gone this long after the first stop signal, in milliseconds. */
  readonly deadlineMs: number;
  /** How much later (or, for a cut-off, earlier) than promised is still on time, in milliseconds. */
  readonly toleranceMs: number;
  /** How the target is told its deadline; undefined where it has one of its own. */
  readonly deadlineSetting?: DeadlineSetting | undefined;
  readonly protocol: Protocol;
  /** What clients are sent at shutdown; undefined where the contract declares no notice. */
  readonly notice?: string | undefined;
  readonly stopSignals: readonly SignalName[];
  readonly reloadSignals: readonly SignalName[];
  readonly ignoreSignals: readonly SignalName[];
  readonly exitStatus: readonly AcceptedExit[];
  /** Programs: signals that are handled and do not mean "stop". Default: none. */
  readonly handles?: readonly HandledSignal[] | undefined;
  /** Programs: the source of a regular expression for a line of output that ends a work item. */
  readonly item?: string | undefined;
  /** Clients: what a client does that was told. */
  readonly afterNotice?: 'exit' | 'reconnect' | undefined;
}
