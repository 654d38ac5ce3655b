import type { ClientEvent } from '../recording/events.js';

/** What the harness knows of one connection from the events of the fleet. */
export interface KnownClient {
  /** By which the kernel's tables know its end: of a unix socket its inode. */
  localPort: number;
  /** Bytes of the last request. */
  requestBytes: number;
  exchange: number;
  /** The last exchange whose reply has begun. */
  answered: number;
  replied: number;
  /** When the last whole reply was read, on CLOCK_MONOTONIC. */
  repliedMs: number;
  /** Bytes of the last whole reply. */
  replyBytes: number;
  ended: boolean;
  told: boolean;
}

/** A client of which nothing is known yet. */
export function unknownClient(): KnownClient {
  return {
    localPort: 0,
    requestBytes: 0,
    exchange: 0,
    answered: 0,
    replied: 0,
    repliedMs: 0,
    replyBytes: 0,
    ended: false,
    told: false,
  };
}

/** Keeps what groups need to know up to date with an event of the fleet. */
export function learn(known: Map<string, KnownClient>, event: ClientEvent): void {
  const client = known.get(event.client) ?? unknownClient();
  known.set(event.client, client);
  if (event.type === 'connected') client.localPort = event.inode ?? event.localPort;
  else if (event.type === 'request') {
    client.exchange = event.exchange;
    client.requestBytes = event.bytes;
  } else if (event.type === 'reply-started') client.answered = event.exchange;
  else if (event.type === 'reply') {
    client.replied = event.exchange;
    client.repliedMs = event.atMs;
    client.replyBytes = event.bytes;
  } else if (event.type === 'told') client.told = true;
  else if (event.type === 'fin' || event.type === 'rst' || event.type === 'left') client.ended = true;
}
