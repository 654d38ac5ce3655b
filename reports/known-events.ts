import type { EventOf, EventType } from '../harness/recording/events.js';

type Shape<Value> = [Value] extends [number]
  ? 'number'
  : [Value] extends [string]
    ? 'string'
    : [Value] extends [boolean]
      ? 'boolean'
      : [Value] extends [readonly unknown[]]
        ? 'list'
        : 'nullable';

/** The fields that an event of a type always has, beside `type` and `atMs`. */
type Fields<Event> = {
  readonly [Field in keyof Event as Field extends 'type' | 'atMs'
    ? never
    : undefined extends Event[Field]
      ? never
      : Field]: Shape<Event[Field]>;
};

const ofInstance = { instance: 'number' } as const;
const acted = { beforeMs: 'number' } as const;
const ofClient = { client: 'string' } as const;
const ofExchange = { ...ofClient, exchange: 'number' } as const;
const ofConnection = { connection: 'string' } as const;

/** Every event that this version knows. One that is added to the recording and forgotten here does not compile. */
const known: { readonly [Type in EventType]: Fields<EventOf<Type>> } = {
  spawned: { ...ofInstance, ...acted, pid: 'number' },
  'spawn-failed': { ...ofInstance, error: 'string' },
  listening: { ...ofInstance, host: 'string', port: 'number', pid: 'number' },
  file: { ...ofInstance, what: 'string', path: 'string', there: 'boolean' },
  executed: { ...ofInstance, pid: 'number', program: 'string' },
  wrapped: { ...ofInstance, wrapper: 'string', pid: 'number' },
  'past-wrapper': { ...ofInstance, ...acted, signal: 'string', pid: 'number' },
  ready: ofInstance,
  'not-ready': { ...ofInstance, reason: 'string' },
  dispositions: { ...ofInstance, processes: 'list' },
  signal: { ...ofInstance, ...acted, signal: 'string', pid: 'number' },
  frozen: { ...ofInstance, ...acted, pids: 'list' },
  thawed: { ...ofInstance, ...acted },
  output: { ...ofInstance, stream: 'string', text: 'string' },
  'output-missing': { ...ofInstance, stream: 'string', bytes: 'number' },
  'output-held': ofInstance,
  process: {
    ...ofInstance,
    pid: 'number',
    parentPid: 'number',
    command: 'string',
    state: 'string',
    sinceMs: 'number',
  },
  exit: { ...ofInstance, pid: 'number', code: 'nullable', signal: 'nullable' },
  survivor: { ...ofInstance, pid: 'number', command: 'string' },
  gone: { ...ofInstance, sinceMs: 'number' },
  'ended-by-harness': { ...ofInstance, ...acted, reason: 'string', pids: 'list' },
  orphan: { ...ofInstance, ...acted, pid: 'number', state: 'string' },
  'core-file': { ...ofInstance, path: 'string' },
  'start-place': {
    ...ofInstance,
    pid: 'number',
    place: 'number',
    of: 'number',
    offsetMs: 'number',
    spanMs: 'number',
    seed: 'number',
  },
  connected: { ...ofClient, ...ofInstance, ...acted, role: 'string', localPort: 'number' },
  'connect-failed': { ...ofClient, ...ofInstance, ...acted, role: 'string', code: 'string' },
  request: { ...ofExchange, ...acted, bytes: 'number', part: 'string' },
  'request-queued': ofExchange,
  'request-read': ofExchange,
  'reply-started': ofExchange,
  reply: { ...ofExchange, bytes: 'number' },
  'reply-truncated': { ...ofExchange, receivedBytes: 'number', expectedBytes: 'nullable' },
  told: { ...ofClient, framed: 'boolean' },
  unexpected: { ...ofClient, text: 'string' },
  fin: ofClient,
  rst: { ...ofClient, code: 'string' },
  paused: ofClient,
  resumed: ofClient,
  left: { ...ofClient, ...acted, how: 'string' },
  'no-reply': { ...ofExchange, waitedMs: 'number' },
  lag: { who: 'string', lagMs: 'number' },
  moment: { moment: 'string' },
  missed: { moment: 'string', reason: 'string' },
  'output-closed': { ...ofInstance, ...acted },
  accepted: { ...ofConnection, process: 'number' },
  'client-request': { ...ofConnection, exchange: 'number', bytes: 'number' },
  'client-left': { ...ofConnection, how: 'string' },
  'client-read': { ...ofConnection, sinceMs: 'number' },
  'kept-waiting': { ...ofInstance, waitedMs: 'number', sinceMs: 'number' },
  processor: { ...ofInstance, processorMs: 'number' },
  sent: { ...ofConnection, ...acted, what: 'string', bytes: 'number' },
  'server-left': { ...ofConnection, ...acted, how: 'string' },
  withheld: ofClient,
};

const isShape: Readonly<
  Record<'number' | 'string' | 'boolean' | 'list' | 'nullable', (value: unknown) => boolean>
> = {
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  nullable: (value) => value === null || typeof value === 'string' || typeof value === 'number',
};

/** What is wrong with an event of a recording: a type of a later version, or a field that is missing; undefined where nothing is. */
export function faultOf(event: {
  readonly type: string;
  readonly atMs: number;
}): 'unknown' | string | undefined {
  if (!Object.hasOwn(known, event.type)) return 'unknown';
  return Object.entries(known[event.type as EventType]).find(
    ([field, shape]) => !isShape[shape](Reflect.get(event, field)),
  )?.[0];
}
