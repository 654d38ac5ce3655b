import { nowMs } from '../clock.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Clients } from '../stage/clients.js';
import type { Address, Surveyed } from '../survey/surveyed.js';
import { AddressWatch } from './address-watch.js';
import type { Instance } from './instance.js';
import { inWords } from './place.js';
import { readyLine } from './ready-line.js';
import { hasBegun, recordWrapped } from './wrapped-server.js';

/** How often a starting target is looked at, in milliseconds. Looking more often slows the start more than it gains. */
const lookEveryMs = 5;

/** The target did not become ready; the message says what was waited for and what happened instead. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

export interface ReadyOptions {
  readonly instance: Instance;
  readonly session: Session;
  readonly recorder: Recorder;
  readonly survey: Surveyed;
  /** Where clients connect to; its port is filled in for a target that chooses its own. */
  readonly address: { -readonly [Key in keyof Address]: Address[Key] };
  readonly canaries: Clients;
}

/**
 * The busy part of a start: waits until the target's own tree listens.
 *
 * @throws NotReady when it exits before, or when the start-up timeout is over
 */
export async function awaitStarted(options: ReadyOptions): Promise<void> {
  const { session, survey } = options;
  if (survey.contract.protocol === 'none') return;
  await awaitListening(options, nowMs() + session.target.startupTimeoutMs);
}

/**
 * Of a started target, waits until its `--ready` line has come, and a client has been served.
 *
 * @throws NotReady when it exits before, or when the start-up timeout is over
 */
export async function awaitReady(options: ReadyOptions): Promise<void> {
  const { instance, session, recorder, canaries } = options;
  const untilMs = nowMs() + session.target.startupTimeoutMs;
  await until(() => hasBegun(instance), untilMs, instance, 'the command, started by the wrapper,');
  recordWrapped(instance, recorder);
  const line = readyLine(instance, session.target.ready);
  await until(() => line.seen(), untilMs, instance, 'its `--ready` line');
  line.stop();
  if (canaries.possible) await awaitCanary(options, untilMs);
  recorder.add({ type: 'ready', instance: instance.number, atMs: nowMs() });
  const processes = instance.members().flatMap(({ pid }) => session.system.dispositions(pid) ?? []);
  if (processes.length > 0) {
    recorder.add({ type: 'dispositions', instance: instance.number, processes, atMs: nowMs() });
  }
}

async function awaitListening(options: ReadyOptions, untilMs: number): Promise<void> {
  const { instance, session, recorder, survey, address } = options;
  const isRandom = survey.ports === 'random';
  const watch = new AddressWatch(instance, session.system, address, isRandom, session.target.cwd);
  const place = address.socket === undefined ? `port ${address.port}` : inWords(address);
  await until(
    () => {
      const ours = watch.look();
      if (ours === undefined) return false;
      address.port = ours.port;
      address.socket = ours.socket;
      recorder.add({ type: 'listening', instance: instance.number, ...ours, atMs: nowMs() });
      return true;
    },
    untilMs,
    instance,
    isRandom ? 'a listening socket' : `a listening socket at ${place}`,
  );
}

/** A listening socket proves little: the canary is a client that really gets an answer. */
async function awaitCanary({ instance, canaries }: ReadyOptions, untilMs: number): Promise<void> {
  let reason = 'no attempt was made';
  while (nowMs() < untilMs) {
    if (instance.exit) throw new NotReady(endedEarly(instance));
    const leftMs = Math.max(100, Math.min(5000, untilMs - nowMs()));
    const { group, failed } = await canaries.tryConnect('canary', {
      count: 1,
      instance: instance.number,
      timeoutMs: leftMs,
    });
    if (failed === undefined && (await group.tryExchange(leftMs))) {
      await group.leave('fin');
      return;
    }
    reason = failed ?? 'a client that connected got no answer';
    await group.leave('fin');
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs * 2));
  }
  throw new NotReady(`it listens, but ${reason}`);
}

async function until(fact: () => boolean, untilMs: number, instance: Instance, what: string): Promise<void> {
  while (!fact()) {
    if (instance.exit && instance.members().length === 0) throw new NotReady(endedEarly(instance));
    if (nowMs() > untilMs) throw new NotReady(`${what} was not seen within the start-up timeout`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function endedEarly(instance: Instance): string {
  const how = instance.exit?.signal ?? `status ${instance.exit?.code}`;
  return `it ended (${how}) before it served anybody`;
}
