import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { RecordingEvent } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { Clients } from '../stage/clients.js';
import { MomentMissed } from '../stage/moment-missed.js';
import type { Surveyed } from '../survey/surveyed.js';
import { Instance } from '../target/instance.js';
import { awaitReady, awaitStarted, NotReady } from '../target/readiness.js';
import { outgoing } from './outgoing.js';

/** A target that takes longer for its end is ended: how it ends is compared, and not judged. */
const stopWithinMs = 3000;
/** A slow path may be as slow as a start, and its reply is worth waiting for. */
const answerWithinMs = 30_000;

/** What one start of the target has shown: served, asked for its slow path, stopped. Plain data. */
export interface TrialFacts {
  /** Why it did not come to serve; undefined where it did. */
  readonly problem: string | undefined;
  /** What each request came to, in words. */
  readonly replies: readonly string[];
  /** Where it has connected to by itself, as `host:port`. */
  readonly reached: readonly string[];
  /** How it ended after the stop signal. */
  readonly end: string;
  /** What it has written, line by line. */
  readonly lines: readonly string[];
}

export interface TrialOptions {
  readonly session: Session;
  readonly surveyed: Surveyed;
  /** Unique among all plays. */
  readonly key: string;
  /** It has served, and is stopped when this resolves. */
  readonly beforeStop?: () => Promise<void>;
}

/** Starts the target once more, unscored, and does with it what shows whether it works as it should where it is started. */
export async function playTrial({ session, surveyed, key, beforeStop }: TrialOptions): Promise<TrialFacts> {
  const { contract, address } = surveyed;
  const recorder = new Recorder();
  const clients = new Clients({ session, recorder, run: key, contract, survey: surveyed, address, count: 1 });
  const reached = new Set<string>();
  let instance: Instance | undefined;
  let problem: string | undefined;
  const look = () => {
    if (instance !== undefined)
      for (const place of reachedBy(instance, session, surveyed)) reached.add(place);
  };
  try {
    const ready = await session.starting(async () => {
      instance = await Instance.start({ session, recorder, runId: key, number: 0, port: address.port });
      const started = {
        instance,
        session,
        recorder,
        survey: surveyed,
        address: { ...address },
        canaries: clients,
      };
      await awaitStarted(started);
      return started;
    });
    await awaitReady(ready);
    await serve(clients, session.target.slowPath, look);
    await beforeStop?.();
  } catch (error) {
    if (!(error instanceof NotReady || error instanceof MomentMissed) && instance !== undefined) throw error;
    problem = error instanceof Error ? error.message : String(error);
  }
  const end = instance === undefined ? 'it was not started' : await stop(instance, contract.stopSignals[0]);
  await clients.settle();
  await clients.release();
  return { problem, reached: [...reached].sort(), end, ...seenIn(recorder.close()) };
}

async function serve(clients: Clients, slowPath: string | undefined, look: () => void): Promise<void> {
  const client = await clients.connect('idle', { count: 1 });
  await client.tryExchange(answerWithinMs);
  look();
  if (slowPath !== undefined) {
    const slow = await clients.connect('slow', { count: 1 });
    await slow.request('whole', slowPath);
    // While it is in the handler, and when it is answered: a connection may live as long as a request.
    look();
    await slow.awaitReplies(answerWithinMs);
    look();
    await slow.leave('fin');
  }
  await client.leave('fin');
}

function reachedBy(instance: Instance, { system }: Session, { address }: Surveyed): string[] {
  const pids = instance.members().map(({ pid }) => pid);
  const listening = [address.port, ...system.listeners(pids, 'both').map(({ port }) => port)];
  return outgoing(pids, listening, `/proc/${instance.launched.pid}/net`);
}

async function stop(instance: Instance, signal: SignalName = 'SIGTERM'): Promise<string> {
  if (instance.exit === undefined) instance.send(signal);
  const isGone = await instance.awaitGone(nowMs() + stopWithinMs);
  await instance.end();
  await instance.finish();
  if (!isGone) return `not within ${stopWithinMs} ms`;
  const { code = null, signal: by = null } = instance.exit ?? {};
  return by ?? `status ${code}`;
}

/** Pure: what clients saw, and what the target wrote. */
export function seenIn(events: readonly RecordingEvent[]): Pick<TrialFacts, 'replies' | 'lines'> {
  const replies = events.flatMap((event) => {
    switch (event.type) {
      case 'reply':
        return event.client.startsWith('canary')
          ? []
          : [event.status === undefined ? 'a reply' : `status ${event.status}`];
      case 'reply-truncated':
        return ['a part of a reply'];
      case 'no-reply':
        return ['no reply'];
      default:
        return [];
    }
  });
  const texts = { stdout: '', stderr: '' };
  for (const event of events) if (event.type === 'output') texts[event.stream] += event.text;
  const lines = Object.values(texts).flatMap((text) => text.split('\n').filter((line) => line.trim() !== ''));
  return { replies, lines };
}
