import type { TargetKind } from '../../harness/contract/contract.js';
import type { EventOf, EventType } from '../../harness/recording/events.js';
import { named } from '../text/timeline.js';
import { type At, beginOf, type Facts, isPairClient, marks, span } from './facts.js';
import type { Lane, Span, SpanKind } from './parts.js';

/** One start of the target: its phases, what it wrote, how it ended. */
export function instanceLane(facts: Facts, kind: TargetKind, instance: number, events: readonly At[]): Lane {
  return {
    kind: 'instance',
    name: named(instance, kind),
    count: 1,
    spans: [...phases(facts, events), ...frozen(facts, events), ...waits(facts, events)],
    marks: marks(facts, events),
  };
}

function phases(facts: Facts, events: readonly At[]): Span[] {
  const { stopSignals } = facts.recording.contract;
  const first = <Type extends EventType>(type: Type, where: (event: EventOf<Type>) => boolean = () => true) =>
    events.find((at): at is At<EventOf<Type>> => at.event.type === type && where(at.event as EventOf<Type>));
  const spawned = first('spawned');
  if (!spawned) return [];
  const stop = first('signal', ({ signal, error }) => error === undefined && stopSignals.includes(signal));
  const exit = first('exit');
  // Each phase lasts until the next one begins, whichever that is: a signal may come before it listens.
  const begins: [SpanKind | undefined, At | undefined][] = [
    // Nobody waits until a pair's client is ready: it runs.
    [isPairClient(spawned.event.instance) ? 'serving' : 'starting', spawned],
    ['listening', stop && before(stop, first('listening'))],
    ['serving', stop && before(stop, first('ready'))],
    ['stopping', stop],
    ['remaining', exit],
    [undefined, first('gone')],
  ];
  if (!stop) {
    begins[1] = ['listening', first('listening')];
    begins[2] = ['serving', first('ready')];
  }
  const seen = begins.filter((begin): begin is [SpanKind | undefined, At] => begin[1] !== undefined);
  seen.sort((a, b) => beginOf(a[1].event) - beginOf(b[1].event));
  return seen.flatMap(([kind, at], place) => {
    const next = seen[place + 1]?.[1];
    const fromMs = beginOf(at.event);
    const toMs = next ? beginOf(next.event) : facts.whole.toMs;
    return kind === undefined || (kind === 'remaining' && toMs - fromMs < 1)
      ? []
      : // What proves something is the signal or the exit at its edge, and not the phase between.
        [{ ...span(facts, kind, fromMs, toMs, [at.index]), isEvidence: false }];
  });
}

function before(stop: At, fact: At | undefined): At | undefined {
  return fact && fact.index < stop.index ? fact : undefined;
}

function frozen(facts: Facts, events: readonly At[]): Span[] {
  return events.flatMap(({ index, event }, place) => {
    if (event.type !== 'frozen') return [];
    const thawed = events.slice(place).find((later) => later.event.type === 'thawed');
    const toMs = thawed?.event.atMs ?? facts.whole.toMs;
    return [span(facts, 'frozen', event.beforeMs, toMs, thawed ? [index, thawed.index] : [index])];
  });
}

function waits(facts: Facts, events: readonly At[]): Span[] {
  return events.flatMap(({ index, event }) =>
    event.type === 'kept-waiting' ? [span(facts, 'waiting', event.sinceMs, event.atMs, [index])] : [],
  );
}
