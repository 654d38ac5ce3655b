/** What the soak plays, of every kind of target: one that conforms, and one that breaks its promise. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const node = (path) => [process.execPath, here(path)];
/** A version manager's shim would be one more program in the test. */
const interpreter = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();
const python = (path) => [interpreter, here(path)];
const reference = (name) => `fixtures/reference/${name}.py`;

const echo = ['--deadline', '2s', '--deadline-env', 'DEADLINE_MS', '--deadline-unit', 'ms'];
const echoServer = node('dist/fixtures/servers/echo.cjs');
const program = ['program', '--deadline', '2s', '--ignore-signals', 'USR2', '--item', '^item \\d+ is done$'];
const pair = ['pair', '--deadline', '2500ms', '--env', 'TIMEOUT_S=2'];

/** The arguments of the command, without those that say where the report goes. */
export const targets = {
  server: {
    conforming: ['demo'],
    broken: ['--deadline', '2s', ...node('fixtures/real/server.mjs')],
  },
  /** Signals in all the ways in which they arrive; shells and package runners lose them. */
  deliveries: {
    conforming: [...echo, '--delivery', 'process,group,background,terminal,hangup,pid1', ...echoServer],
    broken: [...echo, '--delivery', 'wrapper', ...echoServer],
  },
  /** Each run in a network namespace of its own, where this machine can make one. */
  port: {
    conforming: [...echo, '--port', '18990', ...echoServer],
    broken: [
      '--deadline',
      '2s',
      '--port',
      '18991',
      '--env',
      'PORT=18991',
      ...node('fixtures/real/server.mjs'),
    ],
  },
  socket: {
    conforming: [...echo, '--env', 'SOCKET_PATH={socket}', ...node('dist/fixtures/servers/unix-echo.js')],
    broken: [...echo, '--env', 'SOCKET_PATH={socket}', ...node('dist/fixtures/twins/release.files.js')],
  },
  client: {
    conforming: [
      'client',
      '--deadline',
      '2s',
      ...node('dist/fixtures/reference/conforming/03_client_told.js'),
    ],
    broken: ['client', '--deadline', '2s', '--protocol', 'echo', ...python(reference('04_client_plain'))],
  },
  program: {
    conforming: [
      ...program,
      '--handles',
      'USR1=^status: \\d+ items$',
      ...node('dist/fixtures/programs/worker-program.js'),
    ],
    broken: [...program.slice(0, 3), ...python(reference('08_loop_handler'))],
  },
  pair: {
    conforming: [
      ...pair,
      ...python(reference('conforming/02_echo_graceful')),
      '--',
      ...node('dist/fixtures/reference/conforming/03_client_told.js'),
    ],
    // Without a notice, and with the two signals that both of them know.
    broken: [
      ...pair,
      '--no-notice',
      '--stop-signals',
      'INT,TERM',
      ...python(reference('01_threaded_echo')),
      '--',
      ...python(reference('04_client_plain')),
    ],
  },
};
