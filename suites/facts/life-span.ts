import type { Recording } from '../../harness/recording/recording.js';
import type { Span } from './canary.js';
import { endedByHarness, firstStop } from './stop.js';

/** The time in which the first instance has to serve: until its first stop signal, or until the harness ended it. */
export function lifeSpan(recording: Recording): Span {
  return {
    fromMs: 0,
    toMs: Math.min(
      firstStop(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY,
      endedByHarness(recording)?.event.beforeMs ?? Number.POSITIVE_INFINITY,
    ),
  };
}
