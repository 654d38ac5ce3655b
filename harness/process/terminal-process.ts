/**
 * Holds one terminal, and the target in it. It is a process of its own since the terminal is a file descriptor that
 * every later target would inherit: then it would not be closed with the last of its own processes. When the harness
 * goes, this process goes, and the terminal hangs up.
 */
import { nowMs } from '../clock.js';
import { loadPty } from './pty.js';
import type { TerminalMessage, TerminalRequest } from './terminal-messages.js';

const size = { cols: 120, rows: 40 };
let type: (text: string) => void = () => {};
let hangUp = () => {};

function send(message: TerminalMessage): void {
  if (process.connected) process.send?.(message);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (request: TerminalRequest) => {
  if (request.do === 'start') void start(request);
  else {
    if (request.do === 'type') type(request.text);
    else hangUp();
    send({ type: 'done', atMs: nowMs() });
  }
});

async function start({ file, args, cwd, env }: Extract<TerminalRequest, { do: 'start' }>): Promise<void> {
  try {
    const { spawn } = await loadPty();
    const beforeMs = nowMs();
    const pty = spawn(file, [...args], { ...size, name: 'xterm', cwd, env, encoding: null });
    send({ type: 'started', pid: pty.pid, beforeMs, atMs: nowMs() });
    type = (text) => pty.write(text);
    // To destroy it means to close it, and to send SIGHUP to the root on top of that, which no terminal does.
    pty.kill = () => {};
    hangUp = () => pty.destroy();
    pty.onData((bytes) => send({ type: 'output', bytes: Buffer.from(bytes).toString('base64') }));
    pty.onExit(({ exitCode, signal = 0 }) => {
      // What has not been written yet is lost with the connection: the output of a target, and how it ended.
      const message: TerminalMessage = { type: 'exit', code: exitCode, signal };
      if (process.connected)
        process.send?.(message, undefined, undefined, () => process.connected && process.disconnect());
    });
  } catch (error) {
    send({ type: 'failed', error: error instanceof Error ? error.message : String(error) });
  }
}
