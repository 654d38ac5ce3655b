import type { ClientEvent, ClientRole, PeerEvent } from '../recording/events.js';

/** What a client of the fleet is told when it connects. */
export interface ConnectOptions {
  readonly role: ClientRole;
  readonly instance: number;
  readonly host: string;
  readonly port: number;
  /** The path of a unix socket, instead of host and port. */
  readonly socket?: string | undefined;
  readonly protocol: 'echo' | 'http' | 'tcp';
  /** Undefined where no notice is to be recognised. */
  readonly notice: string | undefined;
  /** The echo comes back without the newline that ended the message. */
  readonly trimmed: boolean;
  readonly path: string;
  /** Close at once when the notice has been read. */
  readonly leaveWhenTold: boolean;
}

/** `bulk` is a whole request that is large where the protocol lets a client choose: for filling buffers. */
export type RequestPart = 'whole' | 'bulk' | 'half-headers' | 'half-body' | 'half-line';

export interface LoopOptions {
  readonly pauseMs: number;
  /** `keep`: it is over when the connection ends. `reconnect`: then a new client goes on. `fresh`: a new one each time. */
  readonly connection: 'keep' | 'reconnect' | 'fresh';
}

/** What a relay needs to know of the real server. */
export interface RelayOptions {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'echo' | 'tcp';
  readonly notice: string | undefined;
  readonly trimmed: boolean;
}

/** From the harness to the fleet. `run` separates the clients of different runs. */
export type FleetCommand = { readonly run: string; readonly clients: readonly string[] } & (
  | { readonly do: 'connect'; readonly options: ConnectOptions; readonly timeoutMs: number }
  /** One whole exchange each; answered when all have their reply, or `timeoutMs` later. */
  | { readonly do: 'exchange'; readonly timeoutMs: number }
  /** Exchange again and again, `pauseMs` apart, until `stop-loop`. */
  | ({ readonly do: 'loop' } & LoopOptions)
  | { readonly do: 'stop-loop' }
  /** Write a request (or half of one), or `times` of them, and do not wait for a reply. */
  | { readonly do: 'request'; readonly part: RequestPart; readonly path?: string; readonly times?: number }
  /** Stop reading, and write requests until the other side takes no more, `maxBytes` at most. */
  | { readonly do: 'fill'; readonly maxBytes: number }
  | { readonly do: 'pause' }
  | { readonly do: 'resume' }
  | { readonly do: 'leave'; readonly how: 'fin' | 'rst'; readonly afterMs: number }
  /** Write a request, and reset the connection in the same turn. */
  | { readonly do: 'vanish' }
  /** Answered when every connection has ended, or `timeoutMs` later. */
  | { readonly do: 'await-end'; readonly timeoutMs: number }
  /** Answered when every client has been told or has lost its connection, or `timeoutMs` later. */
  | { readonly do: 'await-told'; readonly timeoutMs: number }
  /** Listen for one process of a pair's client, and pass on what it says; the answer has the port. */
  | { readonly do: 'relay'; readonly process: number; readonly options: RelayOptions }
  /** What connections have left in the kernel is taken away, where that can be done; of all runs in its namespace. */
  | { readonly do: 'forget' }
  /** The relays of the run accept nobody any more. */
  | { readonly do: 'refuse' }
  /** Destroy all clients of the run; nothing is recorded of it. */
  | { readonly do: 'release' }
  /** Answered at once: all events before it have been sent. */
  | { readonly do: 'flush' }
);

/** What became of one client in an awaited command. */
export interface ClientResult {
  readonly client: string;
  readonly ok: boolean;
  /** Why not, in words. */
  readonly reason?: string;
  /** Of a relay: where it listens. */
  readonly port?: number;
}

/** From the fleet to the harness. Times are milliseconds on CLOCK_MONOTONIC, not yet relative to a recording. */
export type FleetMessage =
  | { readonly type: 'started' }
  | {
      readonly type: 'events';
      readonly events: readonly { readonly run: string; readonly event: ClientEvent | PeerEvent }[];
    }
  | { readonly type: 'lag'; readonly atMs: number; readonly lagMs: number }
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly results: readonly ClientResult[];
      readonly error?: string;
    };

export interface FleetRequest {
  readonly id: number;
  readonly command: FleetCommand;
}
