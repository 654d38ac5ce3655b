import { createServer, type Server } from 'node:net';
import getPort, { portNumbers } from 'get-port';
import type { System } from '../process/system.js';
import { targetPorts } from './target-ports.js';

const blockSize = 120;
const blocks = Math.floor((targetPorts.highest - targetPorts.lowest) / blockSize);
/** Whoever listens on `firstLock + n` owns block n. */
const firstLock = targetPorts.lowest - blocks;

/**
 * Hands out ports, each once. A port is free when it is looked for and bound a little later by the target; in between,
 * another suite on the same machine could take it. So a suite first claims a block of ports, by listening on a port
 * that stands for the block: the kernel gives that to one process only, and takes it back when the process ends.
 */
export class Ports {
  readonly #system: System;
  readonly #locks: Server[] = [];
  readonly #claimed: number[] = [];
  #waiting: Promise<unknown> = Promise.resolve();

  constructor(system: System) {
    this.#system = system;
  }

  /** @throws Error when all blocks are claimed by others */
  next(): Promise<number> {
    const port = this.#waiting.then(() => this.#next());
    this.#waiting = port.catch(() => {});
    return port;
  }

  /** Claims a block before the first port is asked for. Whether there is one is said then. */
  prepare(): void {
    this.#waiting = this.#waiting.then(() => this.#claimBlock()).catch(() => {});
  }

  release(): void {
    const close = () => {
      for (const lock of this.#locks.splice(0)) lock.close();
    };
    close();
    // A block may be being claimed.
    this.#waiting = this.#waiting.then(close);
  }

  async #next(): Promise<number> {
    if (this.#claimed.length === 0) await this.#claimBlock();
    const port = this.#claimed.shift() as number;
    // get-port binds to see whether it is free; where somebody who knows no blocks sits on it, it gives another.
    return (await getPort({ port })) === port ? port : this.#next();
  }

  async #claimBlock(): Promise<void> {
    const start = Math.floor(Math.random() * blocks);
    for (let step = 0; step < blocks; step += 1) {
      const block = (start + step) % blocks;
      const lock = await listen(firstLock + block);
      if (lock === undefined) continue;
      this.#locks.push(lock);
      const from = targetPorts.lowest + block * blockSize;
      // A target that does not set SO_REUSEADDR cannot bind where an earlier suite has left a TIME_WAIT.
      const resting = this.#system.portsInTimeWait();
      this.#claimed.push(
        ...[...portNumbers(from, from + blockSize - 1)].filter((port) => !resting.has(port)),
      );
      if (this.#claimed.length > 0) return;
    }
    throw new Error(
      `all ports from ${targetPorts.lowest} to ${targetPorts.highest} are claimed by other suites`,
    );
  }
}

/** A server on this port of the loopback address, or undefined where somebody has it. */
function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
    server.unref();
  });
}
