import type { Socket } from 'node:net';
import { connectTo } from '../clients/connect.js';
import { createDriver } from '../clients/drivers/index.js';
import type { Protocol } from '../contract/contract.js';
import type { Address } from './surveyed.js';

/** How long one question to the target may take before it counts as not answered, in milliseconds. */
export const answerWithinMs = 3000;
/** How long a second client is given, while the first keeps its connection. */
const besideWithinMs = 1000;

type Spoken = Exclude<Protocol, 'none'>;

/** What the target is, as far as talking to it tells. */
export interface Probed {
  readonly protocol: Spoken;
  readonly persistent: boolean;
  readonly trimmed: boolean;
}

/**
 * Finds out which protocol is spoken at an address. The question is an HTTP request: an HTTP server answers it, an
 * echo server sends it back, and anything else that answers is neither.
 *
 * @returns `silent` where nothing answers, `once` where the first connection was answered and no later one
 */
export async function detectProtocol(address: Address, path: string): Promise<Probed | 'silent' | 'once'> {
  const host = address.socket === undefined ? `${address.host}:${address.port}` : address.host;
  const answer = await ask(address, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  if (answer?.startsWith('HTTP/1.')) return (await probeAs('http', address, path)) ?? 'once';
  // A server that reads lines may wait for more than a request; one that was annoyed by it may answer a word.
  const echo = await probeAs('echo', address, path);
  if (echo !== undefined) return echo;
  if (answer === undefined) return 'silent';
  return answer.startsWith('GET ') ? 'once' : { protocol: 'tcp', persistent: true, trimmed: false };
}

/** Speaks one protocol to an address; undefined where it is not answered in that protocol. */
export async function probeAs(protocol: Spoken, address: Address, path: string): Promise<Probed | undefined> {
  if (protocol === 'tcp') {
    const connection = await Probe.open(address, protocol, path, false);
    connection?.close();
    return connection && { protocol, persistent: true, trimmed: false };
  }
  for (const trimmed of protocol === 'echo' ? [false, true] : [false]) {
    const first = await Probe.open(address, protocol, path, trimmed);
    if (first === undefined) return undefined;
    const answered = await first.exchange(trimmed ? answerWithinMs / 2 : answerWithinMs);
    const persistent = answered && (await first.exchange(answerWithinMs / 2));
    first.close();
    if (answered) return { protocol, persistent, trimmed };
  }
  return undefined;
}

/**
 * How many connections are served side by side, `wanted` at most: some servers take the next client only when the
 * last has gone, or have a few workers, each of which a silent connection holds. Where nothing can be exchanged, see
 * `measureAccepting`.
 */
export async function measureCapacity(
  address: Address,
  { protocol, trimmed }: Probed,
  path: string,
  wanted: number,
): Promise<number> {
  const silent: (Probe | undefined)[] = [];
  let capacity = 1;
  for (let served = true; served && capacity < wanted; ) {
    silent.push(await Probe.open(address, protocol, path, trimmed));
    const next = await Probe.open(address, protocol, path, trimmed);
    served = (await next?.exchange(besideWithinMs)) ?? false;
    next?.close();
    if (served) capacity += 1;
  }
  for (const probe of silent) probe?.close();
  return capacity;
}

/** One more whole exchange on a connection of its own: what answered once must answer again. */
export async function answersAgain(
  address: Address,
  { protocol, trimmed }: Probed,
  path: string,
): Promise<boolean> {
  const probe = await Probe.open(address, protocol, path, trimmed);
  const answered = probe !== undefined && (protocol === 'tcp' || (await probe.exchange(answerWithinMs)));
  probe?.close();
  return answered;
}

/** The first bytes that come back, enough to tell HTTP by; undefined where none come. */
function ask(address: Address, question: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connectTo(address);
    let answer = '';
    const settle = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer === '' ? undefined : answer);
    };
    const timer = setTimeout(settle, answerWithinMs / 2);
    socket.on('connect', () => socket.write(question));
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      if (answer.length >= 'HTTP/1.'.length) settle();
    });
    socket.on('error', settle);
    socket.on('end', settle);
  });
}

/** A connection of the survey. */
class Probe {
  readonly #socket: Socket;
  #exchange = 0;
  #replied = 0;
  #ended = false;
  #look = (): void => {};
  readonly #driver;

  static open(
    address: Address,
    protocol: 'echo' | 'http' | 'tcp',
    path: string,
    trimmed: boolean,
  ): Promise<Probe | undefined> {
    return new Promise((resolve) => {
      const socket = connectTo(address);
      const timer = setTimeout(() => {
        socket.destroy();
        resolve(undefined);
      }, answerWithinMs);
      socket.once('error', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(new Probe(socket, address, protocol, path, trimmed));
      });
    });
  }

  private constructor(
    socket: Socket,
    address: Address,
    protocol: 'echo' | 'http' | 'tcp',
    path: string,
    trimmed: boolean,
  ) {
    this.#socket = socket;
    const nothing = () => {};
    this.#driver = createDriver(
      {
        replyStarted: nothing,
        reply: (exchange) => {
          this.#replied = exchange;
          this.#look();
        },
        replyTruncated: nothing,
        told: nothing,
        unexpected: nothing,
      },
      'survey',
      {
        role: 'canary',
        instance: 0,
        ...address,
        protocol,
        notice: undefined,
        trimmed,
        path,
        leaveWhenTold: false,
      },
    );
    const end = (how: 'fin' | 'rst') => {
      if (!this.#ended) this.#driver.end(how);
      this.#ended = true;
      this.#look();
    };
    socket
      .on('data', (bytes) => this.#driver.receive(bytes))
      .on('end', () => end('fin'))
      .on('error', () => end('rst'));
  }

  exchange(timeoutMs: number): Promise<boolean> {
    if (this.#ended) return Promise.resolve(false);
    this.#exchange += 1;
    this.#socket.write(this.#driver.request(this.#exchange, 'whole', undefined));
    return new Promise((resolve) => {
      const settle = (answered: boolean): void => {
        clearTimeout(timer);
        this.#look = () => {};
        resolve(answered);
      };
      const timer = setTimeout(settle, timeoutMs, false);
      this.#look = () => {
        if (this.#replied === this.#exchange) settle(true);
        else if (this.#ended) settle(false);
      };
      this.#look();
    });
  }

  close(): void {
    this.#socket.destroySoon();
  }
}
