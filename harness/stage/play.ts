import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { Lag } from '../lag.js';
import { Recorder } from '../recording/recorder.js';
import type { Recording, RunIdentity } from '../recording/recording.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { Clients } from './clients.js';
import { MomentMissed } from './moment-missed.js';
import { Server } from './server.js';
import type { Stage } from './stage.js';

export interface PlayOptions {
  readonly session: Session;
  readonly survey: Surveyed;
  readonly run: RunIdentity;
  /** Counts the plays of this run, so that a replay does not meet what is left of the first. */
  readonly attempt: number;
  readonly clients: number;
  readonly script: (stage: Stage) => Promise<void>;
  /** The script itself starts the target, and signals it before it is ready. */
  readonly startsItself: boolean;
}

/** Plays one script against a fresh instance of the target, and leaves nothing of it but the recording. */
export async function play(options: PlayOptions): Promise<Recording> {
  const { session, survey, run } = options;
  const { contract } = survey;
  const recorder = new Recorder();
  const port = survey.ports === 'fixed' ? survey.address.port : await session.ports.next();
  const address = { host: survey.address.host, port };
  const key = `${run.id}~${options.attempt}`;
  const clients = new Clients({
    session,
    recorder,
    run: key,
    contract,
    survey,
    address,
    count: options.clients,
  });
  const server = new Server({
    session,
    recorder,
    runId: key,
    contract,
    survey,
    port,
    address,
    canaries: () => clients,
  });
  const stage: Stage = {
    server,
    clients,
    contract,
    survey,
    signal: run.signal,
    stopSignal: contract.stopSignals[0] ?? 'SIGTERM',
    slowPath: session.target.slowPath,
    moment: (words) => recorder.add({ type: 'moment', moment: words, atMs: nowMs() }),
  };
  try {
    await enact(options, stage, recorder);
    await clients.settle();
  } finally {
    await server.cleanUp();
    await clients.release();
  }
  return recordingOf(recorder, session, run, contract, survey);
}

async function enact(options: PlayOptions, stage: Stage, recorder: Recorder): Promise<void> {
  const { startsItself, script } = options;
  const ready = startsItself || (await playOrMiss(recorder, () => stage.server.ready()));
  if (ready) await playOrMiss(recorder, () => script(stage));
}

/** A moment that does not come ends the script, and is a fact for the judges. */
async function playOrMiss(recorder: Recorder, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof MomentMissed)) throw error;
    recorder.add({ type: 'missed', moment: error.moment, reason: error.reason, atMs: nowMs() });
    return false;
  }
}

function recordingOf(
  recorder: Recorder,
  session: Session,
  run: RunIdentity,
  contract: Contract,
  survey: Surveyed,
): Recording {
  const endMs = nowMs();
  for (const who of ['harness', 'fleet'] as const) {
    for (const lag of lagsIn(session.lags[who], recorder.startMs, endMs))
      recorder.add({ type: 'lag', who, ...lag });
  }
  const { startMs, persistent, handled } = survey;
  const events = recorder.close();
  return {
    schema: 'signal-conformance/recording/1',
    run,
    contract,
    survey: { startMs, persistent, handled },
    events,
  };
}

function lagsIn(lags: readonly Lag[], fromMs: number, untilMs: number): Lag[] {
  return lags.filter(({ atMs, lagMs }) => atMs >= fromMs && atMs - lagMs <= untilMs);
}
