/**
 * Measures what the project promises about its own speed and precision: `npm run bench`. It prints, it does not judge.
 *
 *   suite     the full default suite on the reference server (deadline 2 s), against its lower bound: the longest
 *             single run, or all starts divided by the cores
 *   version   `--version` against `node -e 0`
 *   precision the exit that the harness measures, against a C program that writes down its own clock
 *   relay     what a pair's relay adds to a round trip
 *   clients   memory and time for 1,000 and 5,000 clients that are all told
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFleet } from '../dist/harness/clients/fleet.js';
import { launch } from '../dist/harness/process/launch.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/harness/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'signal-conformance-bench-'));
const chosen = process.argv.slice(2);
const parts = { suite, version, precision, relay, clients };

const say = (text) => process.stdout.write(`${text}\n`);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];
const now = () => Number(process.hrtime.bigint()) / 1e6;

async function run(args) {
  const file = join(folder, 'report.json');
  const startMs = now();
  const child = spawn(process.execPath, [cli, ...args, '--quiet', '--json', file], { stdio: 'ignore' });
  const peaks = watchMemory(child.pid);
  await once(child, 'exit');
  return { wallMs: now() - startMs, report: JSON.parse(readFileSync(file, 'utf8')), peaks: peaks() };
}

async function suite() {
  // What one start costs when nothing else runs: from spawn to the first answer, of a run played alone.
  const alone = [];
  for (let count = 0; count < 5; count += 1) {
    const { report } = await run(['demo', '--only', 'idle/SIGTERM']);
    alone.push(report.runs[0].events.find(({ type }) => type === 'ready').atMs);
  }
  for (let count = 0; count < 3; count += 1) {
    const { wallMs, report } = await run(['demo']);
    const longestMs = Math.max(...report.runs.map(({ durationMs }) => durationMs));
    const startingMs = (report.runs.length * median(alone)) / report.survey.cores;
    const boundMs = Math.max(longestMs, startingMs);
    say(
      `suite: ${report.runs.length} runs in ${wallMs.toFixed(0)} ms (${report.outcome}); longest run ${longestMs.toFixed(0)} ms, ` +
        `starting ${startingMs.toFixed(0)} ms (${median(alone).toFixed(0)} ms each); ratio ${(wallMs / boundMs).toFixed(2)}`,
    );
  }
}

async function version() {
  const time = (args) => {
    const startMs = now();
    spawnSync(process.execPath, args, { stdio: 'ignore' });
    return now() - startMs;
  };
  const pairs = Array.from({ length: 25 }, () => [time([cli, '--version']), time(['-e', '0'])]);
  const ratio = median(pairs.map(([ours, node]) => ours / node));
  say(
    `version: ${median(pairs.map(([ours]) => ours)).toFixed(1)} ms; node -e 0: ${median(pairs.map(([, node]) => node)).toFixed(1)} ms; ratio ${ratio.toFixed(2)}`,
  );
}

const clockProgram = `
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
static void on_term(int signal) {
  struct timespec t; char line[64];
  (void)signal; clock_gettime(CLOCK_MONOTONIC, &t);
  int length = snprintf(line, sizeof line, "%lld.%09ld\\n", (long long)t.tv_sec, t.tv_nsec);
  if (write(1, line, length) < 0) _exit(1);
  _exit(0);
}
int main(void) { signal(SIGTERM, on_term); if (write(1, "ready\\n", 6) < 0) return 1; for (;;) pause(); }
`;

async function precision() {
  const program = join(folder, 'clock');
  execFileSync('cc', ['-O2', '-o', program, '-x', 'c', '-'], { input: clockProgram });
  for (const load of [0, 8]) {
    const loops = Array.from({ length: load }, () =>
      spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
    );
    const [delivery, exit] = [[], []];
    try {
      for (let count = 0; count < 200; count += 1) {
        const launched = await launch({ file: program, command: [program], cwd: folder, env: {} });
        await once(launched.stdout, 'data');
        const text = once(launched.stdout, 'data');
        const sentMs = now();
        process.kill(launched.pid, 'SIGTERM');
        const [line] = await text;
        const { atMs } = await launched.exited;
        const handlerMs = Number(String(line).trim()) * 1000;
        delivery.push(handlerMs - sentMs);
        exit.push(atMs - handlerMs);
      }
    } finally {
      for (const loop of loops) loop.kill('SIGKILL');
    }
    const show = (values) =>
      `median ${median(values).toFixed(2)}, p99 ${percentile(values, 0.99).toFixed(2)}, max ${Math.max(...values).toFixed(2)} ms`;
    say(
      `precision beside ${load} busy loops: from kill() to the handler ${show(delivery)}; from _exit() to the exit event ${show(exit)}`,
    );
  }
}

async function relay() {
  const program = join(folder, 'echo');
  execFileSync('cc', ['-O2', '-o', program, join(root, 'fixtures/servers/echo.c')]);
  const port = 21_999;
  const server = spawn(program, {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(server.stdout, 'data');
  const fleet = startFleet({ onLag: () => {}, env: {} });
  try {
    const options = { host: '127.0.0.1', port, protocol: 'echo', notice: 'SHUTDOWN', trimmed: false };
    const [made] = await fleet.perform({ do: 'relay', run: 'bench', clients: [], process: 0, options });
    const direct = await roundTrips(port);
    const relayed = await roundTrips(made.port);
    const added = (pick) => (pick(relayed) - pick(direct)).toFixed(2);
    say(
      `relay: adds ${added(median)} ms to the median round trip of ${median(direct).toFixed(2)} ms, and ${added((all) => percentile(all, 0.99))} ms at the 99th percentile`,
    );
  } finally {
    await fleet.stop();
    server.kill('SIGKILL');
  }
}

/** Times of 2,000 exchanges, one after the other, in milliseconds. */
async function roundTrips(port) {
  const client = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(client, 'connect');
  const times = [];
  for (let count = 0; count < 2000; count += 1) {
    const sentMs = now();
    client.write(`ping ${count}\n`);
    await once(client, 'data');
    times.push(now() - sentMs);
  }
  client.destroy();
  return times;
}

async function clients() {
  for (const count of [1000, 5000]) {
    const { wallMs, report, peaks } = await run([
      'demo',
      '--deadline',
      '10s',
      '--only',
      'leaving-clients/SIGTERM',
      '--clients',
      String(count),
    ]);
    const [played] = report.runs;
    const events = played?.events ?? [];
    const sent = events.find(({ type }) => type === 'signal');
    const told = events.filter(({ type }) => type === 'told').map(({ atMs }) => atMs - (sent?.beforeMs ?? 0));
    const memory = Object.entries(peaks).map(([who, bytes]) => `${who} ${(bytes / 1024).toFixed(0)} MB`);
    say(
      `clients: ${told.length} of ${count + 1} told, the last ${Math.max(...told).toFixed(0)} ms after the signal; ${report.outcome}; ${wallMs.toFixed(0)} ms in all; peak memory: ${memory.join(', ')}`,
    );
  }
}

/** Peak resident memory (VmHWM) of the harness and of its fleet, in KiB, looked at until the returned call. */
function watchMemory(harness) {
  const peaks = {};
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
        const status = readFileSync(`/proc/${pid}/status`, 'latin1');
        const parent = Number(/^PPid:\t(\d+)/m.exec(status)?.[1]);
        const who =
          Number(pid) === harness
            ? 'harness'
            : parent === harness && command.includes('fleet-process')
              ? 'fleet'
              : undefined;
        if (who) peaks[who] = Math.max(peaks[who] ?? 0, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0));
      } catch {
        // It has gone.
      }
    }
  }, 100);
  return () => {
    clearInterval(timer);
    return peaks;
  };
}

try {
  for (const name of chosen.length > 0 ? chosen : Object.keys(parts)) await parts[name]();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
