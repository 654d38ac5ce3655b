import { nowMs } from '../clock.js';
import type { Recorder } from '../recording/recorder.js';
import type { Instance } from './instance.js';

/** The wrapper has started the target: some process has become its command. */
export function hasBegun({ launched: { wrapped } }: Instance): boolean {
  return wrapped === undefined || wrapped.serverPid() !== undefined;
}

/** Records through what a target that has begun was started, and which process it is. */
export function recordWrapped({ number, launched: { wrapped } }: Instance, recorder: Recorder): void {
  const pid = wrapped?.serverPid();
  if (wrapped === undefined || pid === undefined) return;
  const { wrapper, version, shell } = wrapped;
  const by = { ...(version === undefined ? {} : { version }), ...(shell === undefined ? {} : { shell }) };
  recorder.add({ type: 'wrapped', instance: number, wrapper, ...by, pid, atMs: nowMs() });
}
