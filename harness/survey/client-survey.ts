import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import { UntestableError } from '../errors.js';
import type { Settings } from '../options/settings.js';
import type { Ending } from '../played/messages.js';
import { sharedServer } from '../played/played-server.js';
import type { PeerEvent } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { Peers } from '../stage/peers.js';
import { host } from '../stage/played-side.js';
import { Instance } from '../target/instance.js';
import { readyLine } from '../target/ready-line.js';
import type { ClientHabits } from './client-habits.js';
import * as refusal from './client-refusal.js';
import { ifPortIsTaken, noReadyLine } from './refusal.js';
import { contractOf } from './survey.js';
import type { Surveyed } from './surveyed.js';

/** So many requests show how a client speaks. */
const enoughRequests = 4;
/** A client that pauses longer than this between two requests is not waited for. */
const observeMs = 3500;
const run = 'survey';

/**
 * The first start of a client, which is not judged: that it connects and exchanges, how it ends its messages, how long
 * it pauses, and which signals it handles.
 *
 * @throws UntestableError when it does not connect, says nothing, ends before, or does too much, with its last output
 */
export async function surveyClient(
  session: Session,
  { promise }: Pick<Settings, 'promise'>,
  onStarted?: () => void,
): Promise<Surveyed> {
  const { target, system } = session;
  ifPortIsTaken(session, target.port);
  const port = target.port ?? (await session.ports.next());
  const server = sharedServer(session);
  const peers = new Peers();
  const seen: PeerEvent[] = [];
  let ending: Ending | undefined;
  const unlisten = server.listen(run, (what) => {
    if ('type' in what) seen.push(what);
    else if (what.fact === 'ending') ending ??= what.ending;
    peers.see(what);
  });
  await server.perform({
    do: 'listen',
    run,
    host,
    port,
    notice: '',
    manner: { ending: 'unknown' },
    connections: 0,
  });
  const instance = await start(session, port);
  void instance.launched.exited.then(() => peers.wake());
  onStarted?.();
  try {
    const startMs = await firstRequest(session, instance, peers, port);
    const startProcessorMs = system.processorMs(instance.launched.pid);
    await awaitLine(session, instance);
    await more(instance, peers);
    refusal.ifTooMuch(instance, peers);
    // The process may have ended, and its last bytes be still on their way.
    if (instance.exit) await server.perform({ do: 'flush', run });
    refusal.ifEnded(instance, peers);
    const members = instance.members();
    const handled = new Set<SignalName>();
    for (const { pid } of members) {
      const masks = system.dispositions(pid);
      for (const signal of [...(masks?.caught ?? []), ...(masks?.blocked ?? [])]) handled.add(signal);
    }
    const habits = habitsOf(seen, ending ?? '', instance.exit !== undefined);
    return {
      contract: {
        ...contractOf({ ...promise, stopSignals: promise.stopSignals ?? ['SIGTERM', 'SIGINT'] }, 'echo'),
        afterNotice: promise.afterNotice ?? 'exit',
      },
      ports: target.port === undefined ? 'told' : 'fixed',
      address: { host, port },
      addresses: [`${host}:${port}`],
      startMs,
      startProcessorMs,
      program: system.program(instance.launched.pid),
      persistent: habits.requests > habits.connections,
      capacity: 1,
      concurrent: true,
      trimmed: false,
      handled: [...handled].sort(),
      residentBytes: members.reduce((sum, { pid }) => sum + system.residentBytes(pid), 0),
      habits,
    };
  } finally {
    await server.perform({ do: 'release', run });
    unlisten();
    await instance.end();
    await instance.finish();
  }
}

async function start(session: Session, port: number): Promise<Instance> {
  const options = { session, recorder: new Recorder(), runId: run, number: 0, port, host };
  try {
    return await Instance.start(options);
  } catch (error) {
    throw new UntestableError(
      `The client could not be started: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

/** How long it took from the start to the first request. */
async function firstRequest(
  session: Session,
  instance: Instance,
  peers: Peers,
  port: number,
): Promise<number> {
  const untilMs = instance.launched.beforeMs + session.target.startupTimeoutMs;
  const isRefused = () => peers.tooMuch !== undefined || peers.otherProtocol !== undefined;
  const happened = () => peers.requests > 0 || isRefused() || instance.exit !== undefined;
  const seen = await peers.until(happened, untilMs);
  refusal.ifOther(instance, peers);
  refusal.ifTooMuch(instance, peers);
  if (instance.exit) {
    await sharedServer(session).perform({ do: 'flush', run });
    refusal.ifOther(instance, peers);
    if (peers.requests === 0) refusal.ifEnded(instance, peers);
  }
  if (!seen && peers.all.length === 0) throw refusal.neverConnected(session, instance, port);
  if (peers.requests === 0) throw refusal.saidNothing(session, instance);
  return nowMs() - instance.launched.beforeMs;
}

async function awaitLine(session: Session, instance: Instance): Promise<void> {
  const untilMs = instance.launched.beforeMs + session.target.startupTimeoutMs;
  const line = readyLine(instance, session.target.ready);
  while (session.target.ready !== undefined && !line.seen() && instance.exit === undefined) {
    if (nowMs() > untilMs) throw noReadyLine(session, instance);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  line.stop();
}

/** Further exchanges, as far as they come soon. */
async function more(instance: Instance, peers: Peers): Promise<void> {
  const enough = () =>
    peers.requests >= enoughRequests || peers.tooMuch !== undefined || instance.exit !== undefined;
  await peers.until(enough, nowMs() + observeMs);
}

function habitsOf(seen: readonly PeerEvent[], ending: Ending, ended: boolean): ClientHabits {
  const pauses: number[] = [];
  let repliedMs: number | undefined;
  for (const event of seen) {
    if (event.type === 'sent') repliedMs = event.atMs;
    else if (event.type === 'client-request' && repliedMs !== undefined)
      pauses.push(Math.max(0, event.atMs - repliedMs));
  }
  return {
    ending,
    requests: seen.filter(({ type }) => type === 'client-request').length,
    endsByItself: ended,
    longestPauseMs: pauses.length > 0 ? Math.max(...pauses) : undefined,
    shortestPauseMs: pauses.length > 0 ? Math.min(...pauses) : undefined,
    connections: seen.filter(({ type }) => type === 'accepted').length,
  };
}
