import type { Session } from '../session.js';
import { Namespace, type NamespaceTools } from './namespace.js';

/**
 * The namespaces of a suite. To make one takes longer than to start many a server, since Node is started in it; so one
 * that is as new after a run serves another.
 */
export class NamespacePool {
  readonly #session: Session;
  readonly #tools: NamespaceTools;
  readonly #port: number;
  readonly #free: Namespace[] = [];

  /** @param port the one that all targets listen on */
  constructor(session: Session, tools: NamespaceTools, port: number) {
    this.#session = session;
    this.#tools = tools;
    this.#port = port;
  }

  /** @throws Error where none can be made, with the reason */
  async take(): Promise<Namespace> {
    return this.#free.pop() ?? Namespace.make(this.#session, this.#tools);
  }

  /** All that was started in it has been ended. */
  async giveBack(namespace: Namespace): Promise<void> {
    const isAsNew = !this.#session.abort.aborted && (await namespace.clear(this.#port));
    if (isAsNew) this.#free.push(namespace);
    else await namespace.end();
  }

  async end(): Promise<void> {
    await Promise.all(this.#free.splice(0).map((namespace) => namespace.end()));
  }
}
