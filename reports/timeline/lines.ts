import type { EventOf } from '../../harness/recording/events.js';
import { delivered, stopSignals } from '../../suites/facts/stop.js';
import { duration } from '../../suites/facts/time.js';
import { oneLine } from '../text/printable.js';
import { clip } from '../text/width.js';
import { type At, type Facts, isPairClient } from './facts.js';
import type { Line } from './parts.js';

/** Every signal, and each deadline that follows from one. */
export function linesOf(facts: Facts, events: readonly At[], deadlineMs: number): Line[] {
  const signals = events.flatMap(({ index, event }): Line[] =>
    event.type === 'signal' || event.type === 'past-wrapper'
      ? [
          {
            kind: 'signal',
            ...part(facts, index),
            atMs: event.beforeMs,
            toMs: event.atMs,
            label: clip(label(event), 40),
          },
        ]
      : [],
  );
  return [...signals, ...deadlines(facts, events, deadlineMs)];
}

function part(facts: Facts, index: number) {
  return { events: [index], isEvidence: facts.evidence.has(index) };
}

/** Of the first instance, and of a pair's client that is stopped. Later instances are stopped by the harness, to clean up. */
function deadlines(facts: Facts, events: readonly At[], deadlineMs: number): Line[] {
  const { recording } = facts;
  const [ofTarget] = stopSignals(recording);
  const ofClient = events.find(
    (at): at is At<EventOf<'signal'>> =>
      at.event.type === 'signal' &&
      isPairClient(at.event.instance) &&
      recording.contract.stopSignals.includes(at.event.signal),
  );
  const stops = [
    ...(ofTarget ? [{ at: ofTarget, atMs: delivered(recording, ofTarget).minMs }] : []),
    ...(ofClient ? [{ at: ofClient, atMs: ofClient.event.beforeMs }] : []),
  ];
  // It is drawn, and nobody observed it: it stands for no event.
  return stops.map(({ atMs }) => ({
    kind: 'deadline',
    events: [],
    isEvidence: false,
    atMs: atMs + deadlineMs,
    toMs: atMs + deadlineMs,
    label: `deadline ${duration(deadlineMs)}`,
  }));
}

function label(event: EventOf<'signal' | 'past-wrapper'>): string {
  const name = oneLine(event.signal);
  const failed = event.error === undefined ? '' : ` failed: ${oneLine(event.error)}`;
  if (event.type === 'past-wrapper') return `${name} past the wrapper${failed}`;
  if (event.wrapper !== undefined) return `${name} to ${oneLine(event.wrapper)}${failed}`;
  if (event.hangup) return `terminal closed (${name})${failed}`;
  if (event.typed) return `${name} typed${failed}`;
  return `${name}${event.group ? ' to the group' : ''}${failed}`;
}
