/** Why a target cannot be tested: each reason with what was seen, and what to do about it. */
import { UntestableError } from '../errors.js';
import type { Session } from '../session.js';
import type { Instance } from '../target/instance.js';
import { inWords, type Place } from '../target/place.js';
import { duration } from '../words.js';
import type { Address } from './surveyed.js';

const shownLines = 10;

/** @throws UntestableError where somebody else listens on the port that the target is declared to use */
export function ifPortIsTaken(session: Session, port: number | undefined): void {
  if (port === undefined || !session.system.isListening(port)) return;
  const pids = session.system.processes().map(({ pid }) => pid);
  const [owner] = session.system.listeners(pids, 'both').filter((listener) => listener.port === port);
  const by = owner && ` by process ${owner.pid} (${session.system.process(owner.pid)?.command ?? 'unknown'})`;
  throw new UntestableError(
    `Port ${port} (--port) is already taken${by ?? ''}: the target could not listen on it. End that process, or choose another port.`,
  );
}

/** @throws UntestableError when the target has ended, or has left its root process, before it served anybody */
export function ifEnded(instance: Instance): void {
  if (instance.exit === undefined) return;
  ifInBackground(instance);
  const how =
    instance.exit.signal === null ? `with status ${instance.exit.code}` : `by ${instance.exit.signal}`;
  const after = duration(instance.exit.atMs - instance.launched.beforeMs);
  throw untestable(instance, `The target ended ${how} after ${after}, before it served anybody.`);
}

/** @throws UntestableError when the root has exited and its descendants go on */
export function ifInBackground(instance: Instance): void {
  if (instance.exit === undefined) return;
  const [left] = instance.members();
  if (left === undefined) return;
  throw untestable(
    instance,
    `The target put itself into the background: its first process ended (${instance.exit.signal ?? `status ${instance.exit.code}`}) and process ${left.pid} (${left.command}) goes on. A supervisor would see it as ended. Start it in the foreground (for nginx: -g 'daemon off;').`,
  );
}

export function noReadyLine(session: Session, instance: Instance): UntestableError {
  const { ready, startupTimeoutMs } = session.target;
  return untestable(
    instance,
    `No line of the target's output matched --ready ${ready} within ${duration(startupTimeoutMs)} (--startup-timeout).`,
  );
}

/** It went on, and no socket of it answered a client. */
export function neverAnswered(
  session: Session,
  instance: Instance,
  silent: ReadonlyMap<string, 'silent' | 'once'>,
  protocol: string,
  place: Pick<Place, 'socket'> = { socket: undefined },
): UntestableError {
  const within = `within ${duration(session.target.startupTimeoutMs)} (--startup-timeout)`;
  if (silent.size === 0) return neverListened(session, instance, within, place);
  const places = [...silent.keys()].join(', ');
  if ([...silent.values()].includes('once')) {
    return untestable(
      instance,
      `The target answered its first client at ${places}, and then no more ${within}: nothing can be tested with clients.`,
    );
  }
  const asked = protocol === 'auto' ? 'neither HTTP nor echo' : `no ${protocol}`;
  return untestable(
    instance,
    `The target listens on ${places}, but a client that connected got no answer (${asked}) ${within}. If it speaks another protocol, test its connections with --protocol tcp.`,
  );
}

/** Nothing is exchanged with it, and no process of it was seen to hold a connection. */
export function acceptsNobody(
  session: Session,
  instance: Instance,
  address: Address,
  shown: string,
): UntestableError {
  const place = `The target listens on ${address.socket ?? `${address.host}:${address.port}`}`;
  if (shown === 'withheld') {
    return untestable(
      instance,
      `${place}, but the kernel gives it no connection before its first byte (TCP_DEFER_ACCEPT, see tcp(7)), and with --protocol tcp no client sends one. Let it accept at once while it is tested, or name what it speaks: --protocol http or echo.`,
    );
  }
  const within = `within ${duration(session.target.startupTimeoutMs)} (--startup-timeout)`;
  return untestable(
    instance,
    `${place}, but no process was seen to accept a client that connected ${within}: nothing can be tested with clients.`,
  );
}

function neverListened(
  session: Session,
  instance: Instance,
  within: string,
  { socket }: Pick<Place, 'socket'>,
): UntestableError {
  const pids = instance.members().map(({ pid }) => pid);
  const unix = session.system.unixListeners(pids);
  const { port, tells } = session.target;
  if (unix.length > 0 && unix.every(({ path }) => path.startsWith('@'))) {
    return untestable(
      instance,
      `The target listens only on an abstract unix socket (${unix.map(({ path }) => path).join(', ')}): these cannot be tested, since Node.js cannot connect to one. Let it listen on one with a path ({socket}), or on a TCP port.`,
    );
  }
  if (unix.length > 0) {
    const expected = socket === undefined ? `port ${port} (--port)` : `the unix socket ${socket}`;
    return untestable(
      instance,
      `The target did not listen on ${expected} ${within}; it listens on the unix socket ${unix.map(({ path }) => path).join(', ')}. Name it with --socket, or leave that option and --port out.`,
    );
  }
  if (socket !== undefined) {
    const how = tells?.socket ? 'which {socket} stood for' : '--socket';
    const ports = elsewhere(session, pids, tells?.socket ? '{socket}' : '--socket');
    return untestable(
      instance,
      `The target did not listen on the unix socket ${socket} (${how}) ${within}${ports}.`,
    );
  }
  const where = port === undefined ? 'any TCP port or unix socket' : `port ${port} (--port)`;
  const ports = elsewhere(session, pids, '--port');
  if (ports !== '') return untestable(instance, `The target did not listen on ${where} ${within}${ports}.`);
  return untestable(
    instance,
    `The target did not listen on ${where} ${within}. If it serves nobody by design, test it as a program: signal-conformance program.`,
  );
}

/** Where it listens on ports instead, and what to do about it; empty where it does not. */
function elsewhere(session: Session, pids: readonly number[], option: string): string {
  const places = session.system.listeners(pids, 'both').map(inWords);
  if (places.length === 0) return '';
  return `; it listens on ${places.join(', ')}. Tell it the right address, or leave ${option} out`;
}

function untestable(instance: Instance, reason: string): UntestableError {
  return new UntestableError(reason, instance.output.lastLines(shownLines));
}
