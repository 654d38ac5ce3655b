import { UntestableError } from '../errors.js';
import type { Settings } from '../options/settings.js';
import { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import { MomentMissed } from '../stage/moment-missed.js';
import { openPairStage } from '../stage/pair-stage.js';
import { survey } from './survey.js';
import type { Surveyed } from './surveyed.js';

const shownLines = 10;
/** A client that ends by itself after some exchanges is given so long to show it, in milliseconds. */
const goesOnMs = 250;

/**
 * The server as any server; then both together, once, with one client: that it reaches the server, is served, and goes on.
 *
 * @throws UntestableError when the server cannot be tested, or the client does not reach it or ends by itself
 */
export async function surveyPair(
  session: Session,
  settings: Settings,
  onStarted?: () => void,
): Promise<Surveyed> {
  const found = await survey(session, settings, onStarted);
  const { afterNotice = 'exit' } = settings.promise;
  const surveyed = { ...found, contract: { ...found.contract, afterNotice } };
  await rehearse(session, surveyed);
  return surveyed;
}

async function rehearse(session: Session, surveyed: Surveyed): Promise<void> {
  const recorder = new Recorder();
  const run = {
    id: 'survey',
    scenario: 'survey',
    signal: null,
    delivery: 'process' as const,
    early: false,
  };
  const opened = await openPairStage({
    session,
    recorder,
    survey: surveyed,
    run,
    key: 'survey-pair',
    clients: 1,
  });
  const { clients } = opened.stage;
  try {
    await opened.ready();
    // What it has sent by then is seen a moment later.
    await clients.served(1, session.target.startupTimeoutMs).catch((error: unknown) => {
      if (clients.hasEnded) throw error;
    });
    if (!(await clients.goOn(goesOnMs)))
      throw new MomentMissed('the client goes on', 'it ended by itself after some exchanges');
    if (clients.floods) throw floods(session);
  } catch (error) {
    if (!(error instanceof MomentMissed)) throw error;
    if (clients.floods) throw floods(session);
    const reached = recorder.close().some(({ type }) => type === 'accepted');
    throw new UntestableError(
      reasonOf(error, reached, clients.hasEnded, session),
      clients.lastLines(shownLines),
    );
  } finally {
    await opened.close();
  }
}

function floods({ settings }: Session): UntestableError {
  return new UntestableError(
    `The client (${settings.client?.command.join(' ')}) floods the server: it sends more than a hundred requests and waits for no reply. Nothing that happens between them can be timed then; let it wait for its replies, or send fewer.`,
  );
}

function reasonOf(
  { moment, reason }: MomentMissed,
  reached: boolean,
  hasEnded: boolean,
  { settings }: Session,
): string {
  const client = settings.client?.command.join(' ');
  if (moment === 'the target is ready') return `The server did not become ready a second time: ${reason}.`;
  if (moment === 'the client is started') return `The client (${client}) could not be started: ${reason}.`;
  if (!reached)
    return `The client (${client}) did not connect to the server: ${reason}. It is told where in HOST and PORT, and in {host} and {port} of its arguments.`;
  if (hasEnded)
    return `The client (${client}) does not go on until it is told: ${reason}. A client that ends by itself so early cannot be tested.`;
  return `The client (${client}) connected, and was not served twice within the start-up timeout (--startup-timeout): ${reason}. A client that says nothing cannot be tested with its server.`;
}
