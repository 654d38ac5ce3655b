import { freemem } from 'node:os';
import pLimit from 'p-limit';
import type { OnProgress } from '../../reports/progress.js';
import type { Plan, PlannedRun } from '../../suites/plan.js';
import type { NamespacePool } from '../isolation/namespace-pool.js';
import { RunNamespace } from '../isolation/run-namespace.js';
import type { Settings } from '../options/settings.js';
import type { Recording } from '../recording/recording.js';
import type { Session } from '../session.js';
import { type OpenStage, play } from '../stage/play.js';
import type { Surveyed } from '../survey/surveyed.js';
import { awaitNoTimeWait, couldNotBind } from './fixed-port.js';
import type { JudgedVerdict } from './judge-runs.js';
import { Replays, tellsMore } from './replays.js';
import { startsAtOnce } from './starting.js';

/** A namespace has a client fleet of its own. */
const fleetBytes = 50 * 1024 * 1024;

export interface PlayAllOptions {
  readonly session: Session;
  readonly surveyed: Surveyed;
  readonly plan: Plan<unknown>;
  readonly openStage: OpenStage<unknown>;
  readonly settings: Settings;
  /** Where a port is fixed: each run has a network namespace of its own. */
  readonly namespaces?: NamespacePool | undefined;
  readonly judge: (recordings: readonly Recording[]) => JudgedVerdict[];
  readonly onProgress: OnProgress;
}

export interface PlayedAll {
  readonly played: readonly Recording[];
  readonly judged: readonly JudgedVerdict[];
  /** Runs for which no namespace could be made: they were played alone, outside. */
  readonly outside: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * Plays all runs, the longest first, as many at once as there is room for: waiting costs nothing, and how many
 * targets start at the same time is limited elsewhere. Then every run whose error bar straddled a bound, or of which
 * a busy machine missed a moment, is played once more, alone. After an abort, resolves with the runs that were finished by then.
 */
export async function playAll(options: PlayAllOptions): Promise<PlayedAll> {
  const { session, plan, surveyed } = options;
  const room = pLimit(atOnce(options));
  session.starting.concurrency = startsAtOnce(surveyed, session.cores);
  const recordings = new Map<string, Recording>();
  const outside: { id: string; reason: string; run: PlannedRun<unknown> }[] = [];
  await Promise.all(
    plan.runs.map((run) =>
      room(async () => {
        const recording = await playOne(options, run, 1);
        if (typeof recording === 'string') outside.push({ id: run.id, reason: recording, run });
        else if (recording && !session.abort.aborted) recordings.set(run.id, recording);
      }),
    ),
  );
  for (const { run } of outside) {
    const recording = await playOne({ ...options, namespaces: undefined }, run, 1);
    if (typeof recording === 'object' && !session.abort.aborted) recordings.set(run.id, recording);
  }
  const inOrder = () => plan.runs.flatMap(({ id }) => recordings.get(id) ?? []);
  const first = { played: inOrder(), judged: options.judge(inOrder()), outside };
  if (!(await replayStraddling(options, first.judged, recordings))) return first;
  return { played: inOrder(), judged: options.judge(inOrder()), outside };
}

/** A text says why the namespace that it should be played in could not be made. */
async function playOne(
  options: PlayAllOptions,
  run: PlannedRun<unknown>,
  attempt: number,
): Promise<Recording | string | undefined> {
  const { session, surveyed, settings, openStage, judge, onProgress, namespaces } = options;
  if (session.abort.aborted) return undefined;
  onProgress({ type: 'run-started', id: run.id });
  const once = (again: number, on: Session) => {
    const { script, expectedMs: _, ...identity } = run;
    // One place is kept free for a canary.
    const served = surveyed.concurrent ? settings.plan.clients : Math.max(1, surveyed.capacity - 1);
    const clients = Math.min(settings.plan.clients, served);
    return play({
      session: on,
      survey: surveyed,
      kind: settings.kind,
      openStage,
      run: identity,
      attempt: again,
      clients,
      script: (stage) => script.play(stage),
      startsItself: run.early,
    });
  };
  let recording: Recording;
  if (namespaces !== undefined) {
    const namespace = new RunNamespace(session, namespaces);
    recording = await once(attempt, namespace.session).finally(() => namespace.leave());
    if (namespace.problem !== undefined && !session.abort.aborted) return namespace.problem;
  } else {
    recording = await once(attempt, session);
    if (surveyed.ports === 'fixed' && couldNotBind(recording, session)) {
      await awaitNoTimeWait(session, surveyed.address.port);
      recording = await once(attempt + 100, session);
    }
  }
  if (session.abort.aborted) return undefined;
  const verdicts = judge([recording]).map(({ verdict }) => verdict);
  onProgress({ type: 'run-finished', id: run.id, durationMs: recording.events.at(-1)?.atMs ?? 0, verdicts });
  return recording;
}

/** False where there was nothing to replay. */
async function replayStraddling(
  options: PlayAllOptions,
  judged: readonly JudgedVerdict[],
  recordings: Map<string, Recording>,
): Promise<boolean> {
  const { plan, onProgress, session, judge } = options;
  const replays = new Replays(judged);
  for (const run of plan.runs) {
    const reason = replays.reason(run.id);
    if (reason === undefined || session.abort.aborted) continue;
    onProgress({ type: 'replaying', id: run.id, reason });
    const again = await playOne(options, run, 2);
    if (typeof again !== 'object') continue;
    const former = recordings.get(run.id);
    if (former === undefined || tellsMore(judge([again]), judge([former]))) recordings.set(run.id, again);
    replays.learn(
      judge([again]),
      again.events.some(({ type }) => type === 'missed'),
    );
  }
  return replays.any;
}

/** One at a time where the port is fixed and the same for all, or another instance cannot live beside; otherwise as many as half of the free memory holds. */
function atOnce({ surveyed, settings: { plan }, namespaces }: PlayAllOptions): number {
  const { ports, alone, residentBytes } = surveyed;
  if (alone !== undefined || (ports === 'fixed' && namespaces === undefined)) return 1;
  const eachBytes = Math.max(residentBytes, 1024 * 1024) + (namespaces === undefined ? 0 : fleetBytes);
  const holds = Math.floor(freemem() / 2 / eachBytes);
  return Math.max(1, Math.min(plan.jobs ?? holds, holds));
}
