import type { Socket } from 'node:net';
import { nowMs } from '../clock.js';
import type { EventOf, PeerEvent } from '../recording/events.js';
import type { Ending, PlayedFact } from './messages.js';
import { Requests } from './requests.js';

/** More than this without a reply is no exchange any more: requests, and bytes. */
const mostWaiting = 1000;
const mostWaitingBytes = 4 * 1024 * 1024;
/** Replies that a client does not read are kept up to here, in bytes. */
const mostUnsentBytes = 8 * 1024 * 1024;

export interface ConnectionOptions {
  readonly id: string;
  readonly socket: Socket;
  readonly ending: Ending | 'unknown';
  readonly see: (what: PeerEvent | PlayedFact) => void;
  /** A whole request has come: it is answered, or kept waiting. */
  readonly onRequest: (connection: Connection, request: Buffer) => void;
}

/** One connection of a client that is under test, seen from the server that is played for it. */
export class Connection {
  readonly id: string;
  readonly #socket: Socket;
  readonly #see: ConnectionOptions['see'];
  readonly #onRequest: ConnectionOptions['onRequest'];
  readonly #requests: Requests;
  #waiting: Buffer[] = [];
  #exchange = 0;
  #unanswered = { requests: 0, bytes: 0 };
  #told = false;
  #clientLeft = false;
  #serverLeft = false;
  #released = false;

  constructor({ id, socket, ending, see, onRequest }: ConnectionOptions) {
    this.id = id;
    this.#socket = socket;
    this.#see = see;
    this.#onRequest = onRequest;
    this.#requests = new Requests({
      ending,
      onRequest: (bytes) => this.#request(bytes),
      onEnding: (found) => see({ fact: 'ending', ending: found }),
      onTooLong: () => this.floods('sent a message of more than 1 MiB that has no end'),
      onOther: (protocol) => this.#ignores({ fact: 'other', protocol }),
    });
    // Each write is to be a segment of its own.
    socket.setNoDelay(true);
    this.#attach();
  }

  get open(): boolean {
    return !this.#clientLeft && !this.#serverLeft && !this.#released;
  }
  /** It has been sent the notice, or a part of it: nothing else is to stand between, and a told client is served no more. */
  get told(): boolean {
    return this.#told;
  }

  keepWaiting(request: Buffer): void {
    this.#waiting.push(request);
  }

  reply(request: Buffer): void {
    this.#answered(request);
    this.#write('reply', request);
  }

  replyAndTell(request: Buffer, notice: Buffer): void {
    this.#told = true;
    this.#answered(request);
    this.#write('reply-and-notice', Buffer.concat([request, notice]));
  }

  tell(notice: Buffer, from = 0, to = notice.length): void {
    this.#told = true;
    this.#write(from === 0 && to >= notice.length ? 'notice' : 'notice-part', notice.subarray(from, to));
  }

  /** Answers what waits. */
  answer(): void {
    for (const request of this.#waiting.splice(0)) this.reply(request);
  }

  leave(how: 'fin' | 'rst'): void {
    if (!this.open) return;
    const beforeMs = nowMs();
    this.#serverLeft = true;
    if (how === 'fin') this.#socket.end();
    else this.#socket.resetAndDestroy();
    this.#see({ type: 'server-left', connection: this.id, how, beforeMs, atMs: nowMs() });
  }

  /** Lets go of the socket; nothing is recorded any more. */
  release(): void {
    this.#released = true;
    this.#requests.stop();
    this.#socket.destroy();
  }

  #request(bytes: Buffer): void {
    if (!this.open) return;
    this.#exchange += 1;
    const { length } = bytes;
    const exchange = this.#exchange;
    this.#see({ type: 'client-request', connection: this.id, exchange, bytes: length, atMs: nowMs() });
    this.#unanswered.requests += 1;
    this.#unanswered.bytes += length;
    const { requests, bytes: waiting } = this.#unanswered;
    if (requests > mostWaiting || waiting > mostWaitingBytes)
      this.floods(`sent more than ${mostWaiting} requests (or 4 MiB) without waiting for a reply`);
    else this.#onRequest(this, bytes);
  }

  #answered(request: Buffer): void {
    this.#unanswered.requests -= 1;
    this.#unanswered.bytes -= request.length;
  }

  #write(what: EventOf<'sent'>['what'], bytes: Buffer): void {
    if (!this.open) return;
    const beforeMs = nowMs();
    this.#socket.write(bytes);
    this.#see({
      type: 'sent',
      connection: this.id,
      what,
      bytes: bytes.length,
      beforeMs,
      atMs: nowMs(),
    });
    if (this.#socket.writableLength > mostUnsentBytes)
      this.floods('did not read more than 8 MiB of replies, and sent on');
  }

  /** Nothing more is read of it. `what` it did, after `It`. */
  floods(what: string): void {
    this.#ignores({ fact: 'too-much', sentence: `It ${what}` });
  }

  #ignores(why: PlayedFact): void {
    if (this.#released) return;
    this.#released = true;
    this.#requests.stop();
    this.#socket.pause();
    this.#see(why);
  }

  #attach(): void {
    const socket = this.#socket;
    socket.on('data', (bytes) => {
      if (!this.#released) this.#requests.receive(bytes);
    });
    let answer: Error | null | undefined;
    const onFin = (): void => {
      this.#left('fin');
      socket.end();
    };
    socket.on('end', () => {
      if (this.#released) return;
      if (this.#serverLeft || socket.writableLength > 0) onFin();
      // As in clients/client.ts: libuv reports the end also for a reset that came with the last bytes; a write tells.
      else
        socket.write('', (error) => {
          if ((error as NodeJS.ErrnoException | null | undefined)?.code === 'ECONNRESET') return;
          answer = error;
          onFin();
        });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error === answer) return;
      this.#left('rst');
    });
  }

  #left(how: 'fin' | 'rst'): void {
    if (this.#clientLeft || this.#released) return;
    this.#clientLeft = true;
    this.#requests.stop();
    this.#see({ type: 'client-left', connection: this.id, how, atMs: nowMs() });
  }
}
