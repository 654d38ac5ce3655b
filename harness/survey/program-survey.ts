import { nowMs } from '../clock.js';
import { UntestableError } from '../errors.js';
import type { Settings } from '../options/settings.js';
import type { StdoutMode } from '../process/launch.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { Instance } from '../target/instance.js';
import { readyLine } from '../target/ready-line.js';
import { duration } from '../words.js';
import { isEphemeral } from './address.js';
import type { ProgramFacts } from './program-facts.js';
import { ProgramOutput } from './program-output.js';
import * as refusal from './program-refusal.js';
import { ProgramWatch } from './program-watch.js';
import { contractOf } from './survey.js';
import type { Surveyed } from './surveyed.js';

const lookEveryMs = 10;
/** Whether a program prints on is watched for so long once it is ready. */
const printsOnWithinMs = 3000;
/** Its own end is waited for so long; a program that needs more has no clean-up that could be measured here. */
const stopsWithinMs = 3000;
/** pipe(7): a pipe holds 64 KiB. */
const pipeBytes = 64 * 1024;

/**
 * The first start of a program, which is not judged: what it does while it starts, so that each run can wait for the
 * same, whether it prints on, and how long it takes to stop.
 *
 * @throws UntestableError when it does not start, ends by itself, or goes into the background
 */
export async function surveyProgram(
  session: Session,
  settings: Settings,
  onStarted?: () => void,
): Promise<Surveyed> {
  const instance = await start(session, 'read');
  onStarted?.();
  const output = new ProgramOutput(instance, settings.promise);
  try {
    const watch = new ProgramWatch(instance, session);
    await awaitReady(session, instance, watch);
    if (instance.exit !== undefined) return await surveyBrief(session, settings, instance, output);
    const ready = readyFacts(session, instance, watch, output);
    const busyMs = session.system.processorMs(instance.launched.pid);
    const residentBytes = residentOf(session, instance);
    await awaitMore(session, settings, instance, output);
    const endedMs = livedMs(instance);
    // Before it is stopped: what it says then is no part of its work.
    const printed = output.facts(watch.newsMs);
    const listeners = session.system.listeners(pidsOf(instance), 'both');
    const fixed = listeners.find(({ port }) => !isEphemeral(port));
    const stop = endedMs === undefined ? await stopIt(session, settings, instance, output, watch) : undefined;
    const tells = ready.says !== undefined || ready.asleep || session.target.ready !== undefined;
    const facts: ProgramFacts = {
      ...ready,
      busyMs: tells ? undefined : busyMs,
      ...printed,
      brief: false,
      stopsInMs: stop?.stopsInMs,
      cleanUpLineInMs: stop?.cleanUpLineInMs,
      usualLines: stop?.usualLines ?? [],
    };
    return {
      ...surveyedOf(session, settings, instance, watch),
      // Two instances cannot listen on the same port.
      ...(fixed && { ports: 'fixed' as const, address: { host: fixed.host, port: fixed.port } }),
      residentBytes,
      addresses: listeners.map(({ host, port }) =>
        host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
      ),
      facts,
      remarks: [readyRemark(session, facts), ...endedRemark(endedMs)],
    };
  } finally {
    await instance.end();
    await instance.finish();
  }
}

/** It ended before it could be signalled: where it prints much, it stays while nobody reads. */
async function surveyBrief(
  session: Session,
  settings: Settings,
  first: Instance,
  output: ProgramOutput,
): Promise<Surveyed> {
  refusal.ifInBackground(first);
  const endedMs = (first.exit?.atMs ?? nowMs()) - first.launched.beforeMs;
  await first.output.drained();
  if (first.exit?.code !== 0 || output.stdoutBytes <= pipeBytes) throw refusal.endedByItself(first);
  const instance = await start(session, 'full');
  try {
    const watch = new ProgramWatch(instance, session);
    await awaitReady(session, instance, watch);
    if (instance.exit !== undefined) throw refusal.couldNotBeHeld(instance);
    const facts: ProgramFacts = {
      ...readyFacts(session, instance, watch, output),
      says: undefined,
      busyMs: undefined,
      prints: true,
      printsEveryMs: endedMs,
      brief: true,
      itemEveryMs: undefined,
      unasked: [],
      stopsInMs: undefined,
      cleanUpLineInMs: undefined,
      usualLines: [],
    };
    return {
      ...surveyedOf(session, settings, instance, watch),
      residentBytes: residentOf(session, instance),
      facts,
      remarks: [
        `The program ended by itself after ${duration(endedMs)}: it was signalled while it waited in a write to a full pipe, which was read from then on.`,
      ],
    };
  } finally {
    await instance.end();
    await instance.finish();
  }
}

/** From its start to its own end; undefined while it lives. */
function livedMs({ exit, launched }: Instance): number | undefined {
  return exit && exit.atMs - launched.beforeMs;
}

async function start(session: Session, stdout: StdoutMode): Promise<Instance> {
  const runId = stdout === 'read' ? 'survey' : 'survey-held';
  try {
    return await Instance.start({ session, recorder: new Recorder(), runId, number: 0, stdout, paced: true });
  } catch (error) {
    throw new UntestableError(
      `The program could not be started: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

/** Over when nothing new comes any more, or when the program has ended. */
async function awaitReady(session: Session, instance: Instance, watch: ProgramWatch): Promise<void> {
  const untilMs = nowMs() + session.target.startupTimeoutMs;
  const line = readyLine(instance, session.target.ready);
  while (instance.exit === undefined) {
    watch.look();
    if (line.seen() && watch.isQuiet) break;
    if (nowMs() > untilMs) {
      if (line.seen()) break;
      throw refusal.noReadyLine(session, instance);
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  line.stop();
}

/** Over when it has printed once more, and has ended two items where that is promised. */
async function awaitMore(
  session: Session,
  { promise: { item } }: Settings,
  instance: Instance,
  output: ProgramOutput,
): Promise<void> {
  const readyMs = nowMs();
  const untilMs = readyMs + printsOnWithinMs;
  const itemsUntilMs = instance.launched.beforeMs + session.target.startupTimeoutMs;
  const done = () => output.printedSince(readyMs) && (item === undefined || output.items >= 2);
  while (instance.exit === undefined && !done()) {
    const isOver = nowMs() > (item !== undefined && output.items < 2 ? itemsUntilMs : untilMs);
    if (isOver) break;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  refusal.ifInBackground(instance);
  if (item !== undefined && output.items < 2)
    throw refusal.noItemLines(session, instance, item, output.itemLines);
}

function readyFacts(session: Session, instance: Instance, watch: ProgramWatch, output: ProgramOutput) {
  const { ready } = session.target;
  const { handled, ignored, asleep } = watch;
  // Its `--ready` line is waited for then, and says more.
  const says = ready === undefined ? output.firstStream(instance) : undefined;
  return { says, handled, ignored, asleep };
}

function surveyedOf(
  { target }: Session,
  { promise }: Settings,
  instance: Instance,
  watch: ProgramWatch,
): Omit<Surveyed, 'residentBytes' | 'facts'> {
  return {
    contract: contractOf(promise, 'none'),
    ports: 'told',
    address: { host: '127.0.0.1', port: target.port ?? 0 },
    addresses: [],
    startMs: watch.newsMs - instance.launched.beforeMs,
    startProcessorMs: undefined,
    program: watch.executes,
    persistent: false,
    capacity: 0,
    concurrent: true,
    trimmed: false,
    handled: watch.handled,
  };
}

function residentOf({ system }: Session, instance: Instance): number {
  return pidsOf(instance).reduce((sum, pid) => sum + system.residentBytes(pid), 0);
}

function pidsOf(instance: Instance): number[] {
  return instance.members().map(({ pid }) => pid);
}

/**
 * Ends it in good order; how long that took, and when it began to speak of it. With the first stop signal that it handles:
 * one that kills it shows no clean-up, and a second signal would come before that of another one had begun.
 */
async function stopIt(
  session: Session,
  { promise }: Settings,
  instance: Instance,
  output: ProgramOutput,
  watch: ProgramWatch,
): Promise<Pick<ProgramFacts, 'stopsInMs' | 'cleanUpLineInMs' | 'usualLines'> | undefined> {
  const sentMs = nowMs();
  const usualLines = output.usualLines(sentMs);
  const { stopSignals } = contractOf(promise, 'none');
  const { handled } = watch;
  instance.send(stopSignals.find((signal) => handled.includes(signal)) ?? stopSignals[0] ?? 'SIGTERM');
  if (session.abort.aborted) return undefined;
  await instance.awaitGone(sentMs + Math.min(promise.deadlineMs, stopsWithinMs));
  const lineMs = output.newLineMs(sentMs, usualLines);
  return {
    stopsInMs: instance.exit && instance.exit.atMs - sentMs,
    cleanUpLineInMs: lineMs === undefined ? undefined : lineMs - sentMs,
    usualLines,
  };
}

function readyRemark({ target }: Session, facts: ProgramFacts): string {
  const are = facts.handled.length === 1 ? 'is' : 'are';
  const handled = facts.handled.length > 0 ? ` and ${facts.handled.join(', ')} ${are} handled` : '';
  const what = target.ready
    ? 'its --ready line has come'
    : facts.says !== undefined
      ? `it has written to ${facts.says}`
      : facts.asleep
        ? 'it sleeps'
        : 'it has computed as long as it had at its first start';
  return `The program is taken for ready once ${what}${handled}.`;
}

function endedRemark(endedMs: number | undefined): string[] {
  return endedMs === undefined
    ? []
    : [`The program ended by itself after ${duration(endedMs)}: it was signalled before that.`];
}
