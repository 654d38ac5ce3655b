/**
 * The long stress runs, apart from the tests: `npm run soak [-- repeat|broken|kill …]`.
 *
 *   repeat   twenty full suites on the reference server, then twenty beside eight busy loops:
 *            not one verdict may differ between any two of them
 *   broken   the same on a server that breaks its promise: what fails may not differ either
 *   kill     the harness ended by INT, TERM and KILL at fifty random moments: a second later
 *            no process that carries its cookie may be alive
 *
 * `--times <n>` overrides how often. Exit status 1 when something differed or was left.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/harness/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'signal-conformance-soak-'));
const args = process.argv.slice(2);
const timesAt = args.indexOf('--times');
const times = timesAt < 0 ? undefined : Number(args[timesAt + 1]);
const chosen = args.filter((word, index) => !word.startsWith('-') && (timesAt < 0 || index !== timesAt + 1));
const parts = { repeat, broken, kill };
let failed = false;

function say(text) {
  process.stdout.write(`${text}\n`);
}

const close = fileURLToPath(new URL('../fixtures/real/server.mjs', import.meta.url));
/** What is tested, with the options that say where the report goes. */
const targets = {
  reference: (options) => ['demo', ...options],
  tutorial: (options) => ['--deadline', '2s', ...options, process.execPath, close],
};

/** One full suite; the outcome of every verdict by its id. */
async function verdictsOf(name, target) {
  const file = join(folder, `${name}.json`);
  const startMs = Date.now();
  const child = spawn(process.execPath, [cli, ...target(['--quiet', '--json', file])], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  const report = JSON.parse(readFileSync(file, 'utf8'));
  say(`${name}: exit status ${code}, ${report.outcome}, ${((Date.now() - startMs) / 1000).toFixed(1)} s`);
  return new Map(report.verdicts.map(({ id, outcome, message }) => [id, { outcome, message }]));
}

function repeat() {
  return playAgain(targets.reference);
}

function broken() {
  return playAgain(targets.tutorial);
}

async function playAgain(target) {
  const reference = await verdictsOf('first', target);
  const count = times ?? 20;
  for (const load of [0, 8]) {
    const loops = Array.from({ length: load }, () =>
      spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
    );
    try {
      for (let run = 1; run <= count; run += 1) {
        compare(
          reference,
          await verdictsOf(`${load === 0 ? 'alone' : `beside-${load}-loops`}-${run}`, target),
        );
      }
    } finally {
      for (const loop of loops) loop.kill('SIGKILL');
    }
  }
}

function compare(reference, verdicts) {
  for (const id of new Set([...reference.keys(), ...verdicts.keys()])) {
    const [before, now] = [reference.get(id), verdicts.get(id)];
    if (before?.outcome === now?.outcome) continue;
    failed = true;
    say(
      `  DIFFERS ${id}\n    first:     ${before?.outcome}: ${before?.message}\n    now:       ${now?.outcome}: ${now?.message}`,
    );
  }
}

async function kill() {
  const marker = `soak-${process.pid}-${Date.now()}`;
  for (let run = 1; run <= (times ?? 50); run += 1) {
    const signal = ['SIGINT', 'SIGTERM', 'SIGKILL'][run % 3];
    const afterMs = Math.random() * 5000;
    const env = { ...process.env, SIGNAL_CONFORMANCE_SOAK: `${marker}-${run}` };
    const child = spawn(process.execPath, [cli, 'demo', '--quiet'], { stdio: 'ignore', env });
    const exited = once(child, 'exit');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const alreadyOver = child.exitCode !== null;
    child.kill(signal);
    const [code, by] = await exited;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const left = carrying(`SIGNAL_CONFORMANCE_SOAK=${marker}-${run}`);
    const how = alreadyOver
      ? 'was already over'
      : `${signal} after ${Math.round(afterMs)} ms: ended by ${by ?? `status ${code}`}`;
    if (left.length > 0 || (!alreadyOver && by !== signal)) failed = true;
    say(`${run}: ${how}; left a second later: ${left.length === 0 ? 'nothing' : left.join(', ')}`);
  }
}

/** Everything that descends from one harness inherits its environment, whatever else it changes. */
function carrying(variable) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(variable);
      } catch {
        return false;
      }
    })
    .map((pid) => `${pid} (${readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim()})`);
}

try {
  for (const name of chosen.length > 0 ? chosen : Object.keys(parts)) {
    say(`== ${name}`);
    await parts[name]();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(failed ? 'FAILED: see above' : 'nothing differed, nothing was left');
process.exitCode = failed ? 1 : 0;
