import { firstClient, type RecordingEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';

/** A part of a pair's recording, as if that part had been played alone. */
export interface View {
  /** Which process of the client it is about, from 1; undefined for the server. */
  readonly client: number | undefined;
  readonly recording: Recording;
  /** The place in the pair's recording of each event of the view. */
  readonly places: readonly number[];
}

interface Views {
  readonly server: View;
  readonly clients: readonly View[];
}

/** Recordings do not change, and what has been judged is known by its recording. */
const known = new WeakMap<Recording, Views>();

/** The server of a pair, and each process of its client. */
export function viewsOf(recording: Recording): Views {
  const views = known.get(recording) ?? cut(recording);
  known.set(recording, views);
  return views;
}

function cut(recording: Recording): Views {
  const numbers = new Set<number>();
  for (const event of recording.events)
    if ('instance' in event && event.type === 'spawned' && event.instance >= firstClient)
      numbers.add(event.instance - firstClient);
  return {
    server: view(recording, undefined, ofServer),
    clients: [...numbers].sort((a, b) => a - b).map((process) => clientView(recording, process)),
  };
}

function ofServer(event: RecordingEvent): RecordingEvent | undefined {
  if ('connection' in event) return undefined;
  return 'instance' in event && event.instance >= firstClient ? undefined : event;
}

function clientView(recording: Recording, process: number): View {
  const connections = new Set<string>();
  for (const event of recording.events)
    if (event.type === 'accepted' && event.process === process) connections.add(event.connection);
  return view(recording, process + 1, (event) => {
    if ('connection' in event) return connections.has(event.connection) ? event : undefined;
    if (event.type === 'connect-failed') return connections.has(event.client) ? event : undefined;
    if ('client' in event) return undefined;
    // What happens to a client once the harness has ended its server is the harness' doing.
    if (!('instance' in event) || (event.type === 'ended-by-harness' && event.instance === 0)) return event;
    return event.instance === firstClient + process
      ? ({ ...event, instance: 0 } as RecordingEvent)
      : undefined;
  });
}

function view(
  recording: Recording,
  client: number | undefined,
  choose: (event: RecordingEvent) => RecordingEvent | undefined,
): View {
  const events: RecordingEvent[] = [];
  const places: number[] = [];
  recording.events.forEach((event, index) => {
    const chosen = choose(event);
    if (chosen === undefined) return;
    events.push(chosen);
    places.push(index);
  });
  return { client, recording: { ...recording, events }, places };
}
