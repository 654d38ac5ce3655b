#!/usr/bin/env node
import { constants } from 'node:os';
import { Interruption } from './commands/interruption.js';
import type { Ending, Status } from './commands/io.js';
import { watchExit } from './early-exit.js';

// Nothing else is imported before it is needed: the version costs hardly more than starting Node.

const args = process.argv.slice(2);
const interruption = new Interruption(process, (signal) => void finish({ signal }));
/** Set when standard output or error cannot be written: whatever the result was, nobody can have read it. */
let outputFault: Status | undefined;

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interruption.outputClosed();
    // Only the first one: when standard error is full, telling that fails in the same way.
    else if (outputFault === undefined) {
      outputFault = { status: 4 };
      process.stderr.write(`signal-conformance: its output cannot be written: ${error.message}\n`);
    }
  });
// Any exit but the one below is none of ours: a judge of one's own may call process.exit(0).
const stopWatching = watchExit(
  4,
  'it was ended before it had a result: something in this process called process.exit(), or waits for what never comes. This says nothing about the target.',
);
// Node would exit 1 for these, which means "nonconformant" here.
process.on('uncaughtException', (error) => void finish(fault(error)));

await finish(await start().catch(fault));

async function start(): Promise<Ending> {
  if (args[0] === '--version' || args[0] === '-V') {
    const { version } = await import('./version.js');
    process.stdout.write(`${version()}\n`);
    return { status: 0 };
  }
  const [{ main }, { engine }] = await Promise.all([
    import('./commands/main.js'),
    import('./commands/engine.js'),
  ]);
  const { stdout, stderr, platform, env } = process;
  const workflowCommands =
    env.GITHUB_ACTIONS === 'true'
      ? (await import('./commands/github-streams.js')).guardStreams(stdout, stderr)
      : undefined;
  return main(args, { stdout, stderr, platform, env, interruption, engine, workflowCommands });
}

/** A mistake in this program, or a machine that fails it. It must not look like a verdict on the target. */
function fault(error: unknown): Status {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const verbose = args.includes('--verbose');
  process.stderr.write(
    `signal-conformance: internal fault: ${verbose ? (stack ?? message) : message}\n` +
      'This says nothing about the target. Please report it as a bug of signal-conformance' +
      `${verbose ? '' : ', with the output of the same command with --verbose'}.\n`,
  );
  return { status: 4 };
}

/** The one place at which an outcome becomes the end of this process. */
async function finish(ending: Ending): Promise<void> {
  // A pipe tells that it is closed, and a disk that it is full, only when they are written to: this may be the first time.
  await flush();
  stopWatching();
  if (interruption.by !== undefined) dieBy(interruption.by);
  else if ('signal' in ending) dieBy(ending.signal);
  else process.exit((outputFault ?? ending).status);
}

function dieBy(signal: NodeJS.Signals): void {
  // The default action is back when nobody listens any more; Node itself ignores SIGPIPE until somebody did.
  process.on(signal, () => {});
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // PID 1 of a container is not killed by default actions (pid_namespaces(7)): then the shell's number for it.
  setTimeout(() => process.exit(128 + constants.signals[signal]), 500);
}

/** Waits until all that was written has left this process: exiting drops what a slow pipe has not taken yet. */
async function flush(): Promise<void> {
  const waiting = [process.stdout, process.stderr].filter(({ writableLength }) => writableLength > 0);
  await Promise.all(waiting.map((stream) => new Promise((done) => stream.write('', () => done(null)))));
  // A write that failed at once tells it in the next tick.
  await new Promise((done) => setImmediate(done));
}
