import { nowMs } from '../clock.js';
import type { TargetKind } from '../contract/contract.js';
import type { Lag } from '../lag.js';
import type { RecordingEvent } from '../recording/events.js';
import { Recorder } from '../recording/recorder.js';
import type { Recording, RunIdentity } from '../recording/recording.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { MomentMissed } from './moment-missed.js';

/** What a stage is built of, for one play of one run. */
export interface StageContext {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly survey: Surveyed;
  readonly run: RunIdentity;
  /** Unique among all plays, so that a replay does not meet what is left of the first. */
  readonly key: string;
  /** Connected clients per run. */
  readonly clients: number;
}

/** A stage, and what happens before and after a script is played on it. */
export interface OpenedStage<On> {
  readonly stage: On;
  /** Starts the target, and waits until it can be played with; not called where the script does that itself. */
  ready(): Promise<void>;
  /** After the script: what is still to be heard is heard. */
  settle(): Promise<void>;
  /** Whether the signal came before the target was ready, where only the play shows it. */
  isEarly?(): boolean;
  /** Ends whatever was started. Called however the play went. */
  close(): Promise<void>;
}

export type OpenStage<On> = (context: StageContext) => Promise<OpenedStage<On>>;

export interface PlayOptions<On> {
  readonly session: Session;
  readonly survey: Surveyed;
  readonly kind: TargetKind;
  readonly run: RunIdentity;
  /** Counts the plays of this run. */
  readonly attempt: number;
  readonly clients: number;
  readonly openStage: OpenStage<On>;
  readonly script: (stage: On) => Promise<void>;
  /** The script itself starts the target, and signals it before it is ready. */
  readonly startsItself: boolean;
}

/** Plays one script against a fresh instance of the target, and leaves nothing of it but the recording. */
export async function play<On>(options: PlayOptions<On>): Promise<Recording> {
  const { session, run, clients, attempt } = options;
  const survey = promised(options.survey, run);
  const recorder = new Recorder();
  const key = `${run.id}~${attempt}`;
  const opened = await options.openStage({ session, recorder, survey, run, key, clients });
  try {
    const ready = options.startsItself || (await playOrMiss(recorder, () => opened.ready()));
    if (ready)
      await playOrMiss(recorder, async () => {
        await options.script(opened.stage);
        demandSignal(recorder, run);
      });
    await opened.settle();
  } finally {
    await opened.close();
  }
  const early = opened.isEarly?.() ?? run.early;
  return recordingOf(recorder, { ...options, survey, run: { ...run, early } });
}

/**
 * A script that is over without the signal that its run is named for has tested nothing, where the target was there to
 * be signalled: what is not applicable then would be a green gate.
 */
function demandSignal(recorder: Recorder, { scenario, signal }: RunIdentity): void {
  if (signal === null) return;
  const isThere = (event: RecordingEvent) =>
    event.type === 'exit' || (event.type === 'signal' && event.signal === signal);
  if (recorder.has(isThere)) return;
  throw new MomentMissed(
    `${signal} is sent`,
    `the script of ${scenario} was over without it (one that is about something else says so: signals: () => [null])`,
  );
}

/** In a run with a deadline of its own everything is measured by that one. */
function promised(survey: Surveyed, { deadlineMs }: RunIdentity): Surveyed {
  return deadlineMs === undefined ? survey : { ...survey, contract: { ...survey.contract, deadlineMs } };
}

/** A moment that does not come ends the script, and is a fact for the judges. */
async function playOrMiss(recorder: Recorder, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof MomentMissed)) throw error;
    const { moment, reason, lateMs, suite } = error;
    const late = lateMs === undefined ? {} : { lateMs };
    const of = suite === undefined ? {} : { suite };
    recorder.add({ type: 'missed', moment, reason, ...late, ...of, atMs: nowMs() });
    return false;
  }
}

function recordingOf<On>(recorder: Recorder, options: PlayOptions<On>): Recording {
  const { session, survey, run, kind } = options;
  const endMs = nowMs();
  for (const who of ['harness', 'fleet'] as const) {
    for (const lag of lagsIn(session.lags[who], recorder.startMs, endMs))
      recorder.add({ type: 'lag', who, ...lag });
  }
  const { startMs, persistent, handled, facts } = survey;
  const events = recorder.close();
  return {
    schema: 'signal-conformance/recording/1',
    kind,
    run,
    contract: survey.contract,
    // A tenth is finer than a start is known, and what reports say: they hold the whole recording.
    survey: {
      startMs: Math.round(startMs * 10) / 10,
      persistent,
      handled,
      ...(facts === undefined ? {} : { facts }),
    },
    events,
  };
}

function lagsIn(lags: readonly Lag[], fromMs: number, untilMs: number): Lag[] {
  return lags.filter(({ atMs, lagMs }) => atMs >= fromMs && atMs - lagMs <= untilMs);
}
