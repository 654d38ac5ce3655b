import type { Client } from './client.js';
import type { LoopOptions } from './messages.js';

/** In a loop, what takes longer than this has failed. */
const connectTimeoutMs = 2000;
const exchangeTimeoutMs = 5000;

interface Loop {
  again: boolean;
  over: Promise<void>;
}

/** The clients of one run that exchange again and again. */
export class Loops {
  readonly #create: (id: string, options: Client['options']) => Client;
  readonly #running = new Map<string, Loop>();
  /** How many new connections each has made. A loop may be begun again, and no id is given twice. */
  readonly #successors = new Map<string, number>();

  /** `create` makes a new client that goes on for one whose connection has ended: `<id>.1`, `<id>.2`, … */
  constructor(create: (id: string, options: Client['options']) => Client) {
    this.#create = create;
  }

  start(client: Client, options: LoopOptions): void {
    const running: Loop = { again: true, over: Promise.resolve() };
    this.#running.set(client.id, running);
    running.over = this.#loop(client, options, running);
  }

  /** Resolves when the exchange that the loop was in is over, one way or the other. */
  async stop(client: Client): Promise<void> {
    const running = this.#running.get(client.id);
    if (running) running.again = false;
    await running?.over;
  }

  /** No loop goes on after its present exchange. */
  release(): void {
    for (const running of this.#running.values()) running.again = false;
  }

  async #loop(first: Client, { pauseMs, connection }: LoopOptions, running: Loop): Promise<void> {
    let client = first;
    while (running.again) {
      if (connection === 'fresh') client.leave('fin');
      if (client.ended && connection === 'keep') return;
      if (client.ended) client = await this.#successor(first);
      if (!client.ended) await client.exchange(exchangeTimeoutMs);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    if (connection === 'fresh') client.leave('fin');
  }

  async #successor(first: Client): Promise<Client> {
    const count = (this.#successors.get(first.id) ?? 0) + 1;
    this.#successors.set(first.id, count);
    const client = this.#create(`${first.id}.${count}`, first.options);
    await client.connect(connectTimeoutMs);
    return client;
  }
}
