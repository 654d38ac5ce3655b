import type { Contract } from '../../harness/contract/contract.js';
import type { RecordingEvent } from '../../harness/recording/events.js';
import { placeOf } from '../../harness/recording/recorder.js';
import type { Recording, RunIdentity, SurveyFacts } from '../../harness/recording/recording.js';
import type { ProgramFacts } from '../../harness/survey/program-facts.js';

/** What a hand-written recording may say other than the usual. */
export interface Given {
  readonly run?: Partial<RunIdentity>;
  readonly contract?: Partial<Contract>;
  readonly survey?: Partial<SurveyFacts>;
}

type Distribute<Event> = Event extends unknown
  ? Omit<Event, 'atMs' | 'instance' | 'beforeMs' | 'sinceMs'> & Partial<Event>
  : never;
/** An event as a test writes it: `instance` is 0 and `beforeMs` and `sinceMs` are `atMs` unless said otherwise. */
export type Written = Distribute<RecordingEvent> & { readonly atMs: number };

const processEvents: ReadonlySet<string> = new Set([
  'spawned',
  'spawn-failed',
  'listening',
  'file',
  'executed',
  'wrapped',
  'past-wrapper',
  'ready',
  'not-ready',
  'dispositions',
  'signal',
  'frozen',
  'thawed',
  'output',
  'output-missing',
  'output-held',
  'process',
  'exit',
  'survivor',
  'gone',
  'ended-by-harness',
  'output-closed',
  'core-file',
  'orphan',
  'processor',
  'kept-waiting',
  'start-place',
  'connected',
  'connect-failed',
]);
const acted: ReadonlySet<string> = new Set([
  'spawned',
  'past-wrapper',
  'orphan',
  'signal',
  'frozen',
  'thawed',
  'ended-by-harness',
  'connected',
  'connect-failed',
  'request',
  'left',
  'output-closed',
  'sent',
  'server-left',
]);

/** A hand-written recording for the tests of judges: an echo server with a deadline of 2 s, SIGTERM, run `idle`. */
export function recordingOf(events: readonly Written[], given: Given = {}): Recording {
  const scenario = given.run?.scenario ?? 'idle';
  const signal = given.run?.signal ?? 'SIGTERM';
  return {
    schema: 'signal-conformance/recording/1',
    run: { id: `${scenario}/${signal}`, scenario, signal, delivery: 'process', early: false, ...given.run },
    contract: {
      deadlineMs: 2000,
      toleranceMs: 250,
      protocol: 'echo',
      notice: 'SHUTDOWN',
      stopSignals: ['SIGTERM', 'SIGINT'],
      reloadSignals: [],
      ignoreSignals: [],
      exitStatus: [0, 'signal'],
      ...given.contract,
    },
    survey: { startMs: 50, persistent: true, handled: ['SIGTERM', 'SIGINT'], ...given.survey },
    events: events.map(complete).sort((a, b) => placeOf(a) - placeOf(b)),
  };
}

/** The same for a program: a deadline of 2 s, SIGTERM, run `working`, a line of output every 100 ms. */
export function programRecordingOf(
  events: readonly Written[],
  { run, contract, survey, facts }: Given & { readonly facts?: Partial<ProgramFacts> } = {},
): Recording {
  return {
    ...recordingOf(events, {
      run: { scenario: 'working', ...run },
      contract: { protocol: 'none', notice: undefined, ...contract },
      survey: {
        persistent: false,
        facts: {
          says: 'stdout',
          handled: ['SIGINT', 'SIGTERM'],
          ignored: [],
          asleep: true,
          busyMs: undefined,
          prints: true,
          printsEveryMs: 100,
          brief: false,
          unasked: [],
          itemEveryMs: undefined,
          stopsInMs: 400,
          cleanUpLineInMs: undefined,
          usualLines: [],
          ...facts,
        },
        ...survey,
      },
    }),
    kind: 'program',
  };
}

function complete(event: Written): RecordingEvent {
  return {
    ...(processEvents.has(event.type) ? { instance: 0 } : {}),
    ...(acted.has(event.type) ? { beforeMs: event.atMs } : {}),
    ...(event.type === 'gone' || event.type === 'process' || event.type === 'client-read'
      ? { sinceMs: event.atMs }
      : {}),
    ...event,
  } as RecordingEvent;
}
