/**
 * The played server: a process beside the harness that clients under test connect to, so that what they are sent, and
 * what is seen of them, is not delayed by what the harness does. It is started by `played-server.ts`, is told what to
 * do over IPC, serves all runs, and ends with the harness.
 */
import { watchLag } from '../lag.js';
import { Listening } from './listening.js';
import type { PlayedCommand, PlayedMessage, PlayedRequest } from './messages.js';

type Seen = Extract<PlayedMessage, { type: 'seen' }>['seen'][number];

const runs = new Map<string, Listening>();
let unsent: Seen[] = [];

function send(message: PlayedMessage): void {
  // With a callback an error (the harness was killed a moment ago) is no exception here: the disconnect follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

/** In batches, once per turn of the loop, and always before an answer that follows them. */
function see(run: string, what: Seen['what']): void {
  if (unsent.length === 0) setImmediate(sendSeen);
  unsent.push({ run, what });
}

function sendSeen(): void {
  if (unsent.length === 0) return;
  const seen = unsent;
  unsent = [];
  send({ type: 'seen', seen });
}

async function perform(command: PlayedCommand): Promise<void> {
  const { run } = command;
  if (command.do === 'listen') {
    const listening = new Listening(command, (what) => see(run, what));
    await listening.listen(command.host, command.port);
    runs.set(run, listening);
    return;
  }
  await runs.get(run)?.perform(command);
  if (command.do === 'release') runs.delete(run);
}

process.on('message', ({ id, command }: PlayedRequest) => {
  perform(command)
    .then(() => ({}))
    .catch((error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((answer) => {
      sendSeen();
      send({ type: 'answer', id, ...answer });
    })
    .catch(() => process.exit(1));
});
// The harness is gone, however it went: nothing here may outlive it.
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal reaches this process too. The harness decides when its server goes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});
watchLag((lag) => send({ type: 'lag', ...lag }));
