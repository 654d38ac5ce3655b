/** Why a client cannot be tested: each reason with what was seen, and what to do about it. */
import { UntestableError } from '../errors.js';
import type { Session } from '../session.js';
import type { Peers } from '../stage/peers.js';
import type { Instance } from '../target/instance.js';
import { duration } from '../words.js';

const shownLines = 10;

/** @throws UntestableError where the client sends or connects without bound */
export function ifTooMuch(instance: Instance, { tooMuch }: Peers): void {
  if (tooMuch === undefined) return;
  throw untestable(
    instance,
    `${tooMuch}: that is no exchange of messages and replies, and nothing was tested.`,
  );
}

/** @throws UntestableError where its first bytes are of a protocol that cannot be played */
export function ifOther(instance: Instance, { otherProtocol }: Peers): void {
  if (otherProtocol === undefined) return;
  throw untestable(
    instance,
    `The client speaks ${otherProtocol}; the server that is played for it speaks echo only: lines that come back. With a server of its own it can be tested as a pair: signal-conformance pair --protocol tcp <server…> -- <client…>.`,
  );
}

/** @throws UntestableError where it has ended before its first request, or with an error after it */
export function ifEnded(instance: Instance, { all, requests }: Peers): void {
  const { exit, launched } = instance;
  if (exit === undefined) return;
  const how = exit.signal === null ? `with status ${exit.code}` : `by ${exit.signal}`;
  const after = duration(exit.atMs - launched.beforeMs);
  const [left] = instance.members();
  if (left !== undefined) {
    throw untestable(
      instance,
      `The client put itself into the background: its first process ended (${exit.signal ?? `status ${exit.code}`}) and process ${left.pid} (${left.command}) goes on. Start it in the foreground.`,
    );
  }
  if (all.length === 0)
    throw untestable(instance, `The client ended ${how} after ${after}, before it connected.`);
  if (requests === 0)
    throw untestable(instance, `The client connected, and ended ${how} after ${after} without a request.`);
  if (exit.code !== 0) {
    const seen = requests === 1 ? 'its only request' : `${requests} requests`;
    throw untestable(
      instance,
      `The client ended ${how} after ${seen}, although each came back to it as the echo protocol says. Does it speak another protocol?`,
    );
  }
}

export function neverConnected(session: Session, instance: Instance, port: number): UntestableError {
  const within = `within ${duration(session.target.startupTimeoutMs)} (--startup-timeout)`;
  return untestable(
    instance,
    session.target.port === undefined
      ? `The client did not connect ${within}. It was told where in HOST and PORT (127.0.0.1 and ${port}), and in {host} and {port} of its arguments; if it always connects to the same port, say which with --port.`
      : `The client did not connect to 127.0.0.1:${port} (--port) ${within}.`,
  );
}

export function saidNothing(session: Session, instance: Instance): UntestableError {
  return untestable(
    instance,
    `The client connected, and sent nothing within ${duration(session.target.startupTimeoutMs)} (--startup-timeout): in the echo protocol the client speaks first.`,
  );
}

function untestable(instance: Instance, reason: string): UntestableError {
  return new UntestableError(reason, instance.output.lastLines(shownLines));
}
