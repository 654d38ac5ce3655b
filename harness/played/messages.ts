import type { PeerEvent } from '../recording/events.js';

/** How a client ends its messages; with nothing, each piece that arrives is one. */
export type Ending = '' | '\n' | '\r\n';

/** How the played server treats a run's clients. */
export interface Manner {
  /** How messages end; `unknown` in the survey, which finds it out. */
  readonly ending: Ending | 'unknown';
  /** How many requests are answered, all connections together; later ones wait. Undefined: all of them. */
  readonly answers?: number | undefined;
  /** The request whose reply and the notice are written at once, counted over all connections from 1. */
  readonly glueAt?: number | undefined;
  /** Every new connection is closed at once. */
  readonly turnsAway?: boolean | undefined;
}

/** From the harness to a played server. `run` separates the listeners of different runs. */
export type PlayedCommand = { readonly run: string } & (
  | {
      readonly do: 'listen';
      readonly host: string;
      readonly port: number;
      readonly notice: string;
      readonly manner: Manner;
      /** How many connections the run has had: their ids go on from there. */
      readonly connections: number;
    }
  /** From now on; what waited for an answer still waits. */
  | { readonly do: 'manner'; readonly manner: Manner }
  /** The notice, or the bytes of it from `from` to `to`, to every open connection; with `again` to those that had some of it. */
  | { readonly do: 'tell'; readonly from?: number; readonly to?: number; readonly again?: boolean }
  /** Answers what waits for an answer. */
  | { readonly do: 'answer' }
  | { readonly do: 'leave'; readonly how: 'fin' | 'rst' }
  /** Stops listening; open connections stay. */
  | { readonly do: 'unlisten' }
  /** Lets go of all; nothing is recorded of it. */
  | { readonly do: 'release' }
  /** Answered at once: all that was observed before it has been sent. */
  | { readonly do: 'flush' }
);

export interface PlayedRequest {
  readonly id: number;
  readonly command: PlayedCommand;
}

/** What the played server has seen beside its events. */
export type PlayedFact =
  /** The client's end of a connection. */
  | { readonly fact: 'peer'; readonly connection: string; readonly clientPort: number }
  | { readonly fact: 'ending'; readonly ending: Ending }
  /** It speaks another protocol than echo. It is not listened to any more. */
  | { readonly fact: 'other'; readonly protocol: string }
  /** More than is kept: the sentence says of what. It is neither read nor accepted any more. */
  | { readonly fact: 'too-much'; readonly sentence: string };

/** From a played server to the harness. Times are milliseconds on CLOCK_MONOTONIC. */
export type PlayedMessage =
  | {
      readonly type: 'seen';
      readonly seen: readonly { readonly run: string; readonly what: PeerEvent | PlayedFact }[];
    }
  | { readonly type: 'lag'; readonly atMs: number; readonly lagMs: number }
  | { readonly type: 'answer'; readonly id: number; readonly error?: string };
