import type { Recording } from '../../harness/recording/recording.js';
import { ofFirstInstance } from './stop.js';

/** Where in its start-up the target was signalled: the place of that fact, in runs that choose one. */
export function atPlace(recording: Recording): number[] {
  return ofFirstInstance(recording, 'start-place').map(({ index }) => index);
}

/** At a chosen place of its start-up, where the target was seen not to listen yet. */
export function signalledBeforeItListened(recording: Recording): boolean {
  const [place] = ofFirstInstance(recording, 'start-place');
  const [listening] = ofFirstInstance(recording, 'listening');
  return place !== undefined && (listening === undefined || listening.index > place.index);
}
