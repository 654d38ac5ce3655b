import type { EventType, RecordingEvent } from '../harness/recording/events.js';

/** What no recorder can have written: judges would take it for facts. */
export interface Impossible {
  /** Where it stands; undefined where it is about all events. */
  readonly index?: number;
  readonly expected: string;
  readonly given: string;
}

type Read = Readonly<Record<string, unknown>> & Pick<RecordingEvent, 'type'>;

/** What a process does, or suffers: it has been started before. What clients try, and files, may come earlier. */
const ofProcess: readonly EventType[] = [
  'executed',
  'listening',
  'ready',
  'dispositions',
  'signal',
  'past-wrapper',
  'output',
  'process',
  'exit',
  'survivor',
  'gone',
];

/**
 * The first thing in a list of events that cannot have been recorded so. The recorder gives times from the first event on,
 * sorts by them (acts by their beginning), and signals and reaps the process that it has started.
 */
export function impossibleIn(events: readonly object[]): Impossible | undefined {
  if (events.length === 0) return { expected: 'at least one event', given: 'none' };
  let formerMs = 0;
  const pids = new Map<unknown, unknown>();
  for (const [index, event] of (events as readonly Read[]).entries()) {
    const found = wrongTime(event) ?? wrongOrder(event, formerMs) ?? wrongProcess(event, pids);
    if (found !== undefined) return { index, ...found };
    formerMs = placeMs(event);
    if (event.type === 'spawned') pids.set(event.instance, event.pid);
    // It was not started, and all that follows of it says so.
    if (event.type === 'spawn-failed') pids.set(event.instance, undefined);
  }
  return undefined;
}

function placeMs({ beforeMs, atMs }: Read): number {
  return Number(beforeMs ?? atMs);
}

function wrongTime(event: Read): Impossible | undefined {
  for (const field of ['atMs', 'beforeMs']) {
    const value = event[field];
    if (field === 'beforeMs' && value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      return { expected: `${field} to be milliseconds since the run began`, given: String(value) };
  }
  const { beforeMs, atMs } = event;
  return beforeMs !== undefined && Number(beforeMs) > Number(atMs)
    ? { expected: `an act that began (beforeMs) before it was over, at ${atMs} ms`, given: `${beforeMs} ms` }
    : undefined;
}

function wrongOrder(event: Read, formerMs: number): Impossible | undefined {
  const ms = placeMs(event);
  return ms < formerMs
    ? { expected: `events in the order of time, here at ${formerMs} ms or later`, given: `${ms} ms` }
    : undefined;
}

function wrongProcess({ type, instance, pid }: Read, pids: ReadonlyMap<unknown, unknown>) {
  if (!ofProcess.includes(type)) return undefined;
  if (!pids.has(instance))
    return { expected: `instance ${instance} to be spawned before`, given: 'no such event before it' };
  const spawned = pids.get(instance);
  return (type === 'signal' || type === 'exit') && spawned !== undefined && pid !== spawned
    ? { expected: `pid ${spawned}, which was spawned as instance ${instance}`, given: `pid ${pid}` }
    : undefined;
}
