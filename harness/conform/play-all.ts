import { freemem } from 'node:os';
import pLimit from 'p-limit';
import type { OnProgress } from '../../reports/progress.js';
import type { Plan, PlannedRun } from '../../suites/plan.js';
import type { Settings } from '../options/settings.js';
import type { Recording } from '../recording/recording.js';
import type { Session } from '../session.js';
import { type OpenStage, play } from '../stage/play.js';
import type { Surveyed } from '../survey/surveyed.js';
import { awaitNoTimeWait, couldNotBind } from './fixed-port.js';
import type { JudgedVerdict } from './judge-runs.js';
import { Replays } from './replays.js';
import { startsAtOnce } from './starting.js';

export interface PlayAllOptions {
  readonly session: Session;
  readonly surveyed: Surveyed;
  readonly plan: Plan<unknown>;
  readonly openStage: OpenStage<unknown>;
  readonly settings: Settings;
  readonly judge: (recordings: readonly Recording[]) => JudgedVerdict[];
  readonly onProgress: OnProgress;
}

export interface PlayedAll {
  readonly played: readonly Recording[];
  readonly judged: readonly JudgedVerdict[];
}

/**
 * Plays all runs, the longest first, as many at once as there is room for: waiting costs nothing, and how many
 * targets start at the same time is limited elsewhere. Then every run whose error bar straddled a bound, or of which
 * a busy machine missed a moment, is played once more, alone. After an abort, resolves with the runs that were finished by then.
 */
export async function playAll(options: PlayAllOptions): Promise<PlayedAll> {
  const { session, plan, surveyed, settings } = options;
  const room = pLimit(atOnce(surveyed, settings));
  session.starting.concurrency = startsAtOnce(surveyed, session.cores);
  const recordings = new Map<string, Recording>();
  await Promise.all(
    plan.runs.map((run) =>
      room(async () => {
        const recording = await playOne(options, run, 1);
        if (recording && !session.abort.aborted) recordings.set(run.id, recording);
      }),
    ),
  );
  const inOrder = () => plan.runs.flatMap(({ id }) => recordings.get(id) ?? []);
  const first = { played: inOrder(), judged: options.judge(inOrder()) };
  if (!(await replayStraddling(options, first.judged, recordings))) return first;
  return { played: inOrder(), judged: options.judge(inOrder()) };
}

async function playOne(
  options: PlayAllOptions,
  run: PlannedRun<unknown>,
  attempt: number,
): Promise<Recording | undefined> {
  const { session, surveyed, settings, openStage, judge, onProgress } = options;
  if (session.abort.aborted) return undefined;
  onProgress({ type: 'run-started', id: run.id });
  const once = (again: number) => {
    const { script, expectedMs: _, ...identity } = run;
    // One place is kept free for a canary.
    const served = surveyed.concurrent ? settings.plan.clients : Math.max(1, surveyed.capacity - 1);
    const clients = Math.min(settings.plan.clients, served);
    return play({
      session,
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
  let recording = await once(attempt);
  if (surveyed.ports === 'fixed' && couldNotBind(recording, session)) {
    await awaitNoTimeWait(session, surveyed.address.port);
    recording = await once(attempt + 100);
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
    if (again === undefined) continue;
    recordings.set(run.id, again);
    replays.learn(
      judge([again]),
      again.events.some(({ type }) => type === 'missed'),
    );
  }
  return replays.any;
}

/** One at a time where the port is fixed, or another instance cannot live beside; otherwise as many as half of the free memory holds. */
function atOnce({ ports, alone, residentBytes }: Surveyed, { plan }: Settings): number {
  if (ports === 'fixed' || alone !== undefined) return 1;
  const holds = Math.floor(freemem() / 2 / Math.max(residentBytes, 1024 * 1024));
  return Math.max(1, Math.min(plan.jobs ?? holds, holds));
}
