import { firstClient, type RecordingEvent } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { firstStop } from '../../suites/facts/stop.js';
import { errorBarMs } from '../../suites/facts/time.js';
import { recordingOf } from '../recordings.js';
import type { Report, ReportRun } from '../report.js';
import type { Mark, Span, SpanKind } from './parts.js';
import { roleOf } from './role.js';

/** An event with its index in the run. */
export interface At<Event extends RecordingEvent = RecordingEvent> {
  readonly index: number;
  readonly event: Event;
}

/** What all lanes need to know of the run. */
export interface Facts {
  readonly recording: Recording;
  readonly evidence: ReadonlySet<number>;
  readonly zeroMs: number;
  readonly whole: { readonly fromMs: number; readonly toMs: number };
}

export function factsOf(run: ReportRun, report: Report, evidence: readonly number[]): Facts {
  const recording = recordingOf(report, run);
  let toMs = 0;
  for (const { atMs, type } of run.events) if (type !== 'lag') toMs = Math.max(toMs, atMs);
  return {
    recording,
    evidence: new Set(evidence),
    zeroMs: firstStop(recording)?.delivered.minMs ?? 0,
    whole: { fromMs: 0, toMs: Math.max(toMs, 1) },
  };
}

/** Instances that are processes of a pair's client. */
export function isPairClient(instance: number): boolean {
  return instance >= firstClient;
}

export function span(
  facts: Facts,
  kind: SpanKind,
  fromMs: number,
  toMs: number,
  events: readonly number[],
): Span {
  const isEvidence = events.some((index) => facts.evidence.has(index));
  return { kind, fromMs, toMs: Math.max(fromMs, toMs), events, isEvidence, count: 1 };
}

/** The marks of those events that are marks. */
export function marks(facts: Facts, events: readonly At[]): Mark[] {
  return events.flatMap(({ index, event }) => {
    const role = roleOf(event);
    if (role.as !== 'mark') return [];
    const { kind, label } = role;
    const sinceMs = event.atMs - errorBarMs(facts.recording, event);
    const isEvidence = facts.evidence.has(index);
    return [{ kind, label, sinceMs, atMs: event.atMs, events: [index], isEvidence, count: 1 }];
  });
}

/** When it happened at the earliest, as far as the event itself says. */
export function beginOf(event: RecordingEvent): number {
  return 'beforeMs' in event ? event.beforeMs : event.atMs;
}
