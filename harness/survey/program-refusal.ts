/** Why a program cannot be tested: each reason with what was seen, and what to do about it. */
import { UntestableError } from '../errors.js';
import type { Session } from '../session.js';
import type { Instance } from '../target/instance.js';
import { duration } from '../words.js';

const shownLines = 10;

/** @throws UntestableError where the root has exited and its descendants go on */
export function ifInBackground(instance: Instance): void {
  const [left] = instance.exit === undefined ? [] : instance.members();
  if (left === undefined) return;
  throw untestable(
    instance,
    `The program put itself into the background: its first process ended (${howEnded(instance)}) and process ${left.pid} (${left.command}) goes on. Whoever waits for it sees it as ended. Start it in the foreground.`,
  );
}

/** It ended by itself, before anything could be done to it, and cannot be held by its output either. */
export function endedByItself(instance: Instance): UntestableError {
  const { exit, launched } = instance;
  const after = duration((exit?.atMs ?? launched.atMs) - launched.beforeMs);
  const why =
    exit?.code === 0
      ? 'There is no time at which it could be signalled, and it prints less than a pipe holds (64 KiB), so its output cannot hold it either. Let it run for longer, or print more. (Its standard input is empty: what reads it comes to its end at once.)'
      : 'It must run until it is stopped.';
  return untestable(instance, `The program ended by itself (${howEnded(instance)}) after ${after}. ${why}`);
}

/** It prints much and ends, and did not stay where its output was not read. */
export function couldNotBeHeld(instance: Instance): UntestableError {
  return untestable(
    instance,
    `The program ends by itself (${howEnded(instance)}), also while nobody reads its output: there is no time at which it could be signalled.`,
  );
}

export function noReadyLine(session: Session, instance: Instance): UntestableError {
  const { ready, startupTimeoutMs } = session.target;
  return untestable(
    instance,
    `No line of the program's output matched --ready ${ready} within ${duration(startupTimeoutMs)} (--startup-timeout).`,
  );
}

export function noItemLines(
  session: Session,
  instance: Instance,
  item: RegExp,
  count: number,
): UntestableError {
  const seen = count === 0 ? 'No line' : count === 1 ? 'Only one line' : `${count} lines`;
  const together = count > 1 ? ', all at one time,' : '';
  return untestable(
    instance,
    `${seen} of the program's output matched --item ${item}${together} within ${duration(session.target.startupTimeoutMs)} (--startup-timeout): two that come apart are needed to know how long an item takes. Where its output is buffered, let it flush each line.`,
  );
}

function howEnded({ exit }: Instance): string {
  return exit?.signal ?? `status ${exit?.code}`;
}

function untestable(instance: Instance, reason: string): UntestableError {
  return new UntestableError(reason, instance.output.lastLines(shownLines));
}
