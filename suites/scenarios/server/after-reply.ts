import type { Contract } from '../../../harness/contract/contract.js';

/** Longer than any requirement gives a server to tell a client that it has answered, or to close its connection (1 s). */
const patienceMs = 1500;

/**
 * When clients leave whose last request is what a scenario is about: what becomes of clients that stay, others show. A
 * server that waits for its clients is let go, which a target with a fixed port, whose runs are played one after the
 * other, is thankful for.
 */
export function afterItsReply({ deadlineMs }: Contract): { timeoutMs: number; patienceMs: number } {
  return { timeoutMs: deadlineMs, patienceMs };
}
