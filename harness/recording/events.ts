import type { SignalName } from '../contract/signal-name.js';
import type { ClientEvent, PeerEvent } from './client-events.js';
import type { Acted, Observed } from './observed.js';

export type { ClientEvent, ClientRole, PeerEvent } from './client-events.js';
export type { Acted, Observed } from './observed.js';

/**
 * Everything that a run can leave in its recording. Plain data; times are milliseconds on CLOCK_MONOTONIC since the
 * recording began. `atMs` is when a fact was *observed* (it happened then or, by the measured lag, a little earlier).
 * An act of the harness or of a client has both edges: it happened between `beforeMs` and `atMs`.
 */
export type RecordingEvent = ServerEvent | ClientEvent | PeerEvent | HarnessEvent;
export type EventType = RecordingEvent['type'];
export type EventOf<Type extends EventType> = Extract<RecordingEvent, { type: Type }>;

/** From this number on, instances are processes of a pair's client. */
export const firstClient = 1000;

/** `instance` counts the starts of the target in one run: 0, and 1 for the new one in `restart` and `killed`. */
export interface OfInstance {
  readonly instance: number;
}

export type ServerEvent = OfInstance &
  (
    | ({
        readonly type: 'spawned';
        readonly pid: number;
        readonly port?: number;
        /** It was seen to be PID 1 of a PID namespace of its own; `pid` is its number outside. */
        readonly pid1?: boolean;
      } & Acted)
    | ({ readonly type: 'spawn-failed'; readonly error: string } & Observed)
    /** A process of the target's own tree owns this listening socket. */
    | ({
        readonly type: 'listening';
        readonly host: string;
        readonly port: number;
        /** The path of a unix socket, instead of host and port. */
        readonly socket?: string;
        readonly pid: number;
      } & Observed)
    /** The root was first seen executing the program that serves, as the survey knows it. Before, it may be a script. */
    | ({ readonly type: 'executed'; readonly pid: number; readonly program: string } & Observed)
    /** It was started through another program: by that version of it (and by the shell that runs its scripts) the process `pid` has become the target's command. */
    | ({
        readonly type: 'wrapped';
        readonly wrapper: string;
        readonly version?: string;
        readonly shell?: string;
        readonly pid: number;
      } & Observed)
    /** Whether a file of the target's is there: when it serves, and when it has gone. */
    | ({
        readonly type: 'file';
        readonly what: 'socket' | 'pid file';
        readonly path: string;
        readonly there: boolean;
      } & Observed)
    /** It listens and a client (the canary) has completed a real exchange. */
    | ({ readonly type: 'ready' } & Observed)
    /** It was awaited and did not become ready; `reason` is for people. Judged only for instance 1. */
    | ({ readonly type: 'not-ready'; readonly reason: string } & Observed)
    /**
     * Signal masks, read from /proc/PID/status: of the live tree once it is ready; where it is signalled before that,
     * of the root right before the signal.
     */
    | ({ readonly type: 'dispositions'; readonly processes: readonly Dispositions[] } & Observed)
    | ({
        readonly type: 'signal';
        readonly signal: SignalName;
        readonly pid: number;
        /** Sent to the whole process group of which `pid` is the leader. */
        readonly group?: boolean;
        /** Typed at its terminal, for whose whole foreground group it is. */
        readonly typed?: boolean;
        /** Its terminal was closed, which sends it to the foreground group. */
        readonly hangup?: boolean;
        /** `pid` is this wrapper, through which the target was started. */
        readonly wrapper?: string;
        readonly error?: string;
      } & Acted)
    /** It lived on behind its wrapper, long after the wrapper had been signalled: the harness sent it the same signal itself. */
    | ({
        readonly type: 'past-wrapper';
        readonly signal: SignalName;
        readonly pid: number;
        readonly error?: string;
      } & Acted)
    /** Every process of the tree was seen stopped (state T) at `atMs`; `beforeMs` is before the first SIGSTOP. */
    | ({ readonly type: 'frozen'; readonly pids: readonly number[] } & Acted)
    | ({ readonly type: 'thawed' } & Acted)
    | ({ readonly type: 'output'; readonly stream: OutputStream; readonly text: string } & Observed)
    /** The harness closed the reading end of its standard output; before its first byte where that was before it began. */
    | ({ readonly type: 'output-closed' } & Acted)
    /** Output that was not kept, between the first and the last 256 KiB. */
    | ({ readonly type: 'output-missing'; readonly stream: OutputStream; readonly bytes: number } & Observed)
    /** Processor time that its live processes have used since they were started, in milliseconds. */
    | ({ readonly type: 'processor'; readonly processorMs: number } & Observed)
    /** In sum, its threads were ready to run for `waitedMs` and had no processor, since `sinceMs`. */
    | ({ readonly type: 'kept-waiting'; readonly waitedMs: number; readonly sinceMs: number } & Observed)
    /** The stream was still open after the root's exit: some other process holds it. */
    | ({ readonly type: 'output-held' } & Observed)
    /** A change in the sampled process tree. `sinceMs` is the last time at which the former state was seen. */
    | ({
        readonly type: 'process';
        readonly pid: number;
        readonly parentPid: number;
        readonly command: string;
        readonly state: 'running' | 'stopped' | 'zombie' | 'gone';
        readonly sinceMs: number;
      } & Observed)
    /** The root was reaped. Exactly one of `code` and `signal` is not null. */
    | ({
        readonly type: 'exit';
        readonly pid: number;
        readonly code: number | null;
        readonly signal: SignalName | null;
        /** The root was this wrapper, through which the target was started. */
        readonly wrapper?: string;
      } & Observed)
    /** Seen alive (not a zombie) after the root was reaped. */
    | ({ readonly type: 'survivor'; readonly pid: number; readonly command: string } & Observed)
    /** No process of the tree is left; some was still seen at `sinceMs`. */
    | ({ readonly type: 'gone'; readonly sinceMs: number } & Observed)
    /** The harness ended (SIGKILL) what was left. All later events of this instance are the harness' own doing. */
    | ({
        readonly type: 'ended-by-harness';
        readonly reason: string;
        readonly pids: readonly number[];
      } & Acted)
    /**
     * A process that the harness has put into the PID namespace of the target. The target inherited it; it ended; it was
     * reaped, or it was left: seen as a zombie until `atMs`. Each was so at `atMs`, and not yet at `beforeMs`.
     */
    | ({
        readonly type: 'orphan';
        readonly pid: number;
        readonly state: 'inherited' | 'ended' | 'reaped' | 'left';
      } & Acted)
    /** A core file was found in the target's working directory, or the kernel reported a dump. */
    | ({ readonly type: 'core-file'; readonly path: string } & Observed)
    /**
     * It is signalled at one of the places of a grid over its start: `offsetMs` after its program was executed, where a start
     * that was measured listened after `spanMs`, and had its handlers after `handlerMs`. The seed gives the places again.
     */
    | ({
        readonly type: 'start-place';
        readonly pid: number;
        readonly place: number;
        readonly of: number;
        readonly offsetMs: number;
        readonly spanMs: number;
        readonly handlerMs?: number;
        /** Since its own handlers were seen, where the place is counted from them. */
        readonly sinceHandlerMs?: number;
        readonly seed: number;
      } & Observed)
  );

export type OutputStream = 'stdout' | 'stderr';

export interface Dispositions {
  readonly pid: number;
  readonly caught: readonly SignalName[];
  readonly blocked: readonly SignalName[];
  readonly ignored: readonly SignalName[];
}

export type HarnessEvent =
  /** An event loop was late by `lagMs`: what it observed at `atMs` may have happened `lagMs` earlier. */
  | ({ readonly type: 'lag'; readonly who: 'harness' | 'fleet'; readonly lagMs: number } & Observed)
  /** A fact that a scenario waited for, in words. */
  | ({ readonly type: 'moment'; readonly moment: string } & Observed)
  /** The fact did not come: nothing after it was played as written. */
  | ({
      readonly type: 'missed';
      readonly moment: string;
      readonly reason: string;
      /** The harness itself came late, by this much: alone it may come in time. */
      readonly lateMs?: number;
      /** The suite (`--suite`) whose script is at fault: nothing in this run says anything about the target. */
      readonly suite?: string;
    } & Observed);
