import type { Recording } from '../recording/recording.js';

/** Copies are made once: all judges of all suites read the same ones. */
const copies = new WeakMap<Recording, Recording>();

/**
 * A recording that nobody can change. Our own is left as it is: the built-in judges read it too, and the report is made
 * of it.
 */
export function frozenCopy(recording: Recording): Recording {
  const copy = copies.get(recording) ?? freeze(structuredClone(recording));
  copies.set(recording, copy);
  return copy;
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
