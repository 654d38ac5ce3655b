import type { Acted, Observed } from './observed.js';

/** What a client is there for; a judge selects the clients that a requirement speaks of by it. */
export type ClientRole =
  | 'canary' // proves readiness or survival: connects, exchanges, closes
  | 'idle' // served once, then silent; keeps its connection until the server ends it
  | 'busy' // exchanges in a loop
  | 'leaving' // closes as soon as it is told, or 0.5 s after the signal
  | 'patient' // keeps exchanging slowly, and keeps its connection
  | 'stuck' // the server waits for it; it neither reads, nor writes, nor closes
  | 'silent' // connected, has never sent a byte
  | 'partial' // has sent half a message
  | 'slow' // has a request in the server's handler
  | 'simultaneous' // its request arrives together with the signal
  | 'queued' // connected while the tree was frozen: nobody has accepted it when the signal comes
  | 'late' // connects after the signal
  | 'vanishing' // resets its connection in mid-exchange
  | 'relayed' // a connection of a real client, in a pair
  | 'load'; // exchanges across a reload, on new and on kept connections

/** `client` is unique in a run (`idle-1`); a client that connects again is a new one. */
export interface OfClient {
  readonly client: string;
}
/** `exchange` counts a client's requests from 1. */
export interface OfExchange extends OfClient {
  readonly exchange: number;
}

export interface OfConnection {
  readonly connection: string;
}

export type ClientEvent =
  | ({
      readonly type: 'connected';
      readonly role: ClientRole;
      readonly instance: number;
      /** 0 where it is no TCP connection. */
      readonly localPort: number;
      /** Of a connection to a unix socket: the number of the client's end in the kernel's table. */
      readonly inode?: number;
    } & OfClient &
      Acted)
  | ({
      readonly type: 'connect-failed';
      readonly role: ClientRole;
      readonly instance: number;
      readonly code: string;
    } & OfClient &
      Acted)
  /** Written to the socket. `part` is `whole`, or for half a message what was left out. */
  | ({
      readonly type: 'request';
      readonly bytes: number;
      readonly part: 'whole' | 'half-headers' | 'half-body' | 'half-line';
    } & OfExchange &
      Acted)
  /**
   * The kernel shows that it still keeps the connection from every process of the server, although the client sees it
   * as made: the handshake is not finished at the server's end (tcp(7), TCP_DEFER_ACCEPT).
   */
  | ({ readonly type: 'withheld' } & OfClient & Observed)
  /** The kernel shows the whole request in the server's receive queue, unread. */
  | ({ readonly type: 'request-queued' } & OfExchange & Observed)
  /** The kernel shows that the server has read the whole request. */
  | ({ readonly type: 'request-read' } & OfExchange & Observed)
  /** The first bytes of the reply were read. */
  | ({ readonly type: 'reply-started' } & OfExchange & Observed)
  /** The whole reply was read. `connectionClose` and `status` for HTTP only. */
  | ({
      readonly type: 'reply';
      readonly bytes: number;
      readonly status?: number;
      readonly connectionClose?: boolean;
    } & OfExchange &
      Observed)
  /** The connection ended inside a reply. `expectedBytes` is null where the reply did not say (chunked). */
  | ({
      readonly type: 'reply-truncated';
      readonly receivedBytes: number;
      readonly expectedBytes: number | null;
    } & OfExchange &
      Observed)
  /** The notice was read; `framed` is false when it stood inside a reply. */
  | ({ readonly type: 'told'; readonly framed: boolean } & OfClient & Observed)
  /** Bytes that are neither a reply nor the notice. `text` is clipped. */
  | ({ readonly type: 'unexpected'; readonly text: string } & OfClient & Observed)
  /** The server's FIN was read (end of stream). */
  | ({ readonly type: 'fin' } & OfClient & Observed)
  /** The connection was reset (ECONNRESET), or a write found it closed (EPIPE). */
  | ({ readonly type: 'rst'; readonly code: string } & OfClient & Observed)
  /** The client stopped (`paused`) or began again (`resumed`) to read its socket. */
  | ({ readonly type: 'paused' } & OfClient & Observed)
  | ({ readonly type: 'resumed' } & OfClient & Observed)
  /** The client itself ended the connection, by FIN or by RST, before the server did. */
  | ({ readonly type: 'left'; readonly how: 'fin' | 'rst' } & OfClient & Acted)
  /** An awaited reply did not come in `waitedMs`. */
  | ({ readonly type: 'no-reply'; readonly waitedMs: number } & OfExchange & Observed);

/**
 * The connection of a client that is itself under test, as the played server (or, in a pair, the relay) sees it. `connection` is
 * unique in a run: `connection-1`. What is sent to the client is an act; what comes from it is observed.
 */
export type PeerEvent =
  | ({ readonly type: 'accepted'; readonly process: number } & OfConnection & Observed)
  /** A whole request has come from the client. */
  | ({ readonly type: 'client-request'; readonly exchange: number; readonly bytes: number } & OfConnection &
      Observed)
  /**
   * The kernel shows that the client has read all that it was sent, or the client has left; at `sinceMs` something was
   * still unread, or not sent yet.
   */
  | ({ readonly type: 'client-read'; readonly sinceMs: number } & OfConnection & Observed)
  /** The client ended the connection: by FIN, or by RST. */
  | ({ readonly type: 'client-left'; readonly how: 'fin' | 'rst' } & OfConnection & Observed)
  /** Bytes were written to the client: a reply, the notice, both in one segment, or a part of the notice. */
  | ({
      readonly type: 'sent';
      readonly what: 'reply' | 'notice' | 'reply-and-notice' | 'notice-part';
      readonly bytes: number;
    } & OfConnection &
      Acted)
  /** The server ended the connection: by FIN, by RST, or because its process was killed. */
  | ({ readonly type: 'server-left'; readonly how: 'fin' | 'rst' | 'killed' } & OfConnection & Acted);
