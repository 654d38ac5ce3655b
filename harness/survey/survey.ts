import { nowMs } from '../clock.js';
import type { Contract, Protocol } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import { UntestableError } from '../errors.js';
import type { PromiseSettings, Settings } from '../options/settings.js';
import type { Listener } from '../process/system.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { lookAtServer } from '../stage/look-at-server.js';
import { AddressWatch } from '../target/address-watch.js';
import { Instance } from '../target/instance.js';
import { removeLeft } from '../target/left-files.js';
import { ListeningWatch } from '../target/listening-watch.js';
import { inWords, nextPlace, type Place, socketAddress } from '../target/place.js';
import { readyLine } from '../target/ready-line.js';
import { measureAccepting } from './accepting.js';
import { isEphemeral } from './address.js';
import { askListener, askSocket } from './ask.js';
import { besideAnother } from './beside.js';
import { ifFilesAreTaken, unixSocketsOf, worthAskingOf } from './own-sockets.js';
import { measureCapacity, type Probed } from './probe.js';
import * as refusal from './refusal.js';
import type { Address, Surveyed } from './surveyed.js';

const lookEveryMs = 10;
/** What a scenario connects beside the clients that are asked for: a stuck one, a witness, a canary. */
const besideClients = 3;
/** A server that serves this many side by side is not limited in any way that matters here. */
const mostMeasured = 8;
/** A target may open a second socket (metrics, an admin port) before the one that it was told: this long it has for it. */
const toldPortWithinMs = 300;

/**
 * The first start of the target, which is not judged: where it listens, what it speaks, which signals it handles, how
 * long it takes, and that it really answers. Calls `onStarted` when it is waited for: then there is time for other things.
 *
 * @throws UntestableError when it does not start, never listens, or never answers, with the reason and its last output
 */
export async function survey(
  session: Session,
  { promise, plan: { clients } }: Pick<Settings, 'promise'> & { plan: Pick<Settings['plan'], 'clients'> },
  onStarted?: () => void,
): Promise<Surveyed> {
  const { target } = session;
  const place = await nextPlace(session);
  refusal.ifPortIsTaken(session, target.port);
  await ifFilesAreTaken(session);
  const instance = await start(session, place);
  onStarted?.();
  try {
    const end = (one: Instance) => stop(session, one, promise);
    const wanted = Math.min(clients, mostMeasured) + besideClients;
    const found = await look(session, instance, promise, place, wanted);
    const surveyed = { ...found, ...(await besideAnother(session, instance, found, end)) };
    const stopped = stop(session, instance, promise);
    // It keeps nothing that the first run needs; where it does not go, it is ended with the session.
    if (surveyed.ports === 'told' && surveyed.alone === undefined) stopped.catch(() => {});
    else await stopped;
    if (surveyed.alone !== undefined) removeLeft(session, surveyed.address);
    return surveyed;
  } catch (error) {
    await stop(session, instance, promise);
    throw error;
  }
}

async function look(
  session: Session,
  instance: Instance,
  promise: PromiseSettings,
  place: Place,
  wanted: number,
): Promise<Surveyed> {
  const { target, system } = session;
  const untilMs = nowMs() + target.startupTimeoutMs;
  const found =
    promise.protocol === 'none'
      ? undefined
      : await findServer(session, instance, promise.protocol, place, untilMs);
  await awaitLine(session, instance, untilMs);
  const startMs = (found?.listeningMs ?? nowMs()) - instance.launched.beforeMs;
  const members = instance.members();
  const startProcessorMs = members.reduce<number | undefined>((sum, { pid }) => {
    const one = system.processorMs(pid);
    return one === undefined ? sum : (sum ?? 0) + one;
  }, undefined);
  const handled = new Set<SignalName>();
  for (const { pid } of members) {
    const masks = system.dispositions(pid);
    for (const signal of [...(masks?.caught ?? []), ...(masks?.blocked ?? [])]) handled.add(signal);
  }
  const probed = found?.probed;
  const capacity = found ? await capacityOf(session, instance, found, wanted, untilMs) : 0;
  const pids = members.map(({ pid }) => pid);
  const quick = system.listeners(pids, 'both', true);
  const listeners = quick.length > 0 ? quick : system.listeners(pids, 'both');
  const address = found?.address ?? { host: '127.0.0.1', port: place.port };
  const sockets = system.unixListeners(pids).map(({ path }) => `unix:${path}`);
  return {
    contract: contractOf(promise, probed?.protocol ?? 'none'),
    ports: portsOf(target.port, place.port, address),
    address,
    addresses: [...listeners.map(inWords), ...sockets],
    startMs,
    startProcessorMs,
    program: system.program(instance.launched.pid),
    persistent: probed?.persistent ?? false,
    capacity,
    concurrent: capacity >= wanted,
    trimmed: probed?.trimmed ?? false,
    handled: [...handled].sort(),
    residentBytes: members.reduce((sum, { pid }) => sum + system.residentBytes(pid), 0),
  };
}

/** @throws UntestableError where nobody who says nothing is accepted, and there is nothing to say */
async function capacityOf(
  session: Session,
  instance: Instance,
  { address, probed }: Found,
  wanted: number,
  untilMs: number,
): Promise<number> {
  const { system, target } = session;
  if (probed.protocol !== 'tcp') return measureCapacity(address, probed, target.path, wanted);
  const { capacity, last } = await measureAccepting(address, lookAtServer(system, address), wanted, untilMs);
  refusal.ifEnded(instance);
  if (capacity === 0) throw refusal.acceptsNobody(session, instance, address, last);
  return capacity;
}

/** Whether the path of a unix socket is the same each time, only another instance shows. */
function portsOf(fixed: number | undefined, told: number, { port, socket }: Address): Surveyed['ports'] {
  if (socket !== undefined) return 'told';
  if (fixed !== undefined) return 'fixed';
  if (port === told) return 'told';
  return isEphemeral(port) ? 'random' : 'fixed';
}

interface Found {
  readonly address: Address;
  readonly probed: Probed;
  readonly listeningMs: number;
}

/** Looks for listening sockets of the target's own tree, and talks to each until one answers. */
async function findServer(
  session: Session,
  instance: Instance,
  protocol: Protocol | 'auto',
  place: Place,
  untilMs: number,
): Promise<Found> {
  const silent = new Map<string, 'silent' | 'once'>();
  const watch = new ListeningWatch(instance, session.system, 'both');
  const told = place.socket === undefined ? undefined : watchFor(session, instance, place.socket);
  let firstSeenMs: number | undefined;
  while (nowMs() < untilMs) {
    refusal.ifEnded(instance);
    const listeners = watch.look();
    const sockets = listeners.length === 0 && !told ? unixSocketsOf(session, instance) : [];
    firstSeenMs ??= listeners.length + sockets.length > 0 ? nowMs() : undefined;
    const listeningMs = nowMs();
    const { port, path } = session.target;
    // All at once: each that says nothing takes seconds. In the order of the list, so that the same one is found again.
    const asked =
      place.socket === undefined
        ? [
            ...worthAsking(listeners, port, place.port, firstSeenMs).map((listener) =>
              askListener(listener, protocol, path),
            ),
            ...worthAskingOf(sockets, port, firstSeenMs).map((socket) => askSocket(socket, protocol, path)),
          ]
        : told?.look()
          ? [askSocket(place.socket, protocol, path)]
          : [];
    for (const answer of asked) {
      const { address, probed } = await answer;
      if (typeof probed === 'object') {
        refusal.ifInBackground(instance);
        return { address, probed, listeningMs };
      }
      const where = address.socket ?? `${address.host}:${address.port}`;
      // What answered once and is silent now is no server that was silent all the time.
      if (silent.get(where) !== 'once') silent.set(where, probed);
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  throw refusal.neverAnswered(session, instance, silent, protocol, place);
}

function watchFor({ system, target }: Session, instance: Instance, socket: string): AddressWatch {
  return new AddressWatch(instance, system, socketAddress(socket), false, target.cwd);
}

/** The port that it was told comes first; others only once it has had time to open that one. */
function worthAsking(
  listeners: readonly Listener[],
  fixed: number | undefined,
  told: number,
  firstSeenMs = nowMs(),
): Listener[] {
  const expected = listeners.filter(({ port }) => port === told);
  if (expected.length > 0) return expected;
  if (fixed !== undefined) return [];
  return nowMs() - firstSeenMs > toldPortWithinMs ? [...listeners] : [];
}

async function start(session: Session, place: Place): Promise<Instance> {
  const options = { session, recorder: new Recorder(), runId: 'survey', number: 0, ...place };
  try {
    return await Instance.start(options);
  } catch (error) {
    throw new UntestableError(
      `The target could not be started: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

/** Without a protocol, ready means: its `--ready` line, or where there is none its first output or a socket. */
async function awaitLine(session: Session, instance: Instance, untilMs: number): Promise<void> {
  const line = readyLine(instance, session.target.ready);
  while (!line.seen()) {
    refusal.ifEnded(instance);
    if (nowMs() > untilMs) throw refusal.noReadyLine(session, instance);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  line.stop();
}

/** Ends the surveyed instance in good order where it lets itself be ended: a stale pid file would spoil the first run. */
async function stop(session: Session, instance: Instance, promise: PromiseSettings): Promise<void> {
  if (instance.exit === undefined) instance.send(promise.stopSignals?.[0] ?? 'SIGTERM');
  const patienceMs = session.target.port === undefined ? 1000 : promise.deadlineMs + promise.toleranceMs;
  if (!session.abort.aborted) await instance.awaitGone(nowMs() + patienceMs);
  await instance.end();
  await instance.finish();
}

/** What the options leave open is decided by the protocol (design: the defaults of `--notice` and `--stop-signals`). */
export function contractOf(promise: PromiseSettings, protocol: Protocol): Contract {
  const echo = protocol === 'echo';
  const others = [...promise.reloadSignals, ...promise.ignoreSignals];
  const usual: readonly SignalName[] = echo
    ? ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']
    : ['SIGTERM', 'SIGINT'];
  const notice = promise.notice ?? (echo ? 'SHUTDOWN' : undefined);
  return {
    deadlineMs: promise.deadlineMs,
    toleranceMs: promise.toleranceMs,
    ...(promise.deadlineSetting === undefined ? {} : { deadlineSetting: promise.deadlineSetting }),
    protocol,
    ...(typeof notice === 'string' ? { notice } : {}),
    stopSignals: promise.stopSignals ?? usual.filter((signal) => !others.includes(signal)),
    reloadSignals: promise.reloadSignals,
    ignoreSignals: promise.ignoreSignals,
    exitStatus: promise.exitStatus,
    ...(promise.handles === undefined ? {} : { handles: promise.handles }),
    ...(promise.item === undefined ? {} : { item: promise.item.source }),
  };
}
