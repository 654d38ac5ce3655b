/**
 * The long stress runs, apart from the tests: `npm run soak [-- repeat|broken|kill|gates …]`.
 *
 *   repeat   twenty full suites on a conforming target, then twenty beside eight busy loops:
 *            not one verdict may differ between any two of them
 *   broken   the same on one that breaks its promise: what fails may not differ either
 *   kill     the harness ended by INT, TERM and KILL at fifty random moments: a second later
 *            no process that carries its cookie may be alive, and no file of it may be there
 *   gates    a baseline of each real server that is installed, written alone, and ten plays against it, alone and
 *            beside the loops: a gate that turns red is told with what turned it
 *
 * Each for every kind of target (a server; one in all deliveries, with a fixed port, on a unix socket; a client, a
 * program, a server with its client), or for those that `--of <kind,…>` names. `--times <n>` overrides how often,
 * `--load <n,…>` beside how many loops. Exit status 1 when something differed or was left.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gates } from './soak-gates.mjs';
import { targets } from './soak-targets.mjs';

const cli = fileURLToPath(new URL('../dist/harness/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'signal-conformance-soak-'));
const parts = { repeat, broken, kill };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string' }, of: { type: 'string' }, load: { type: 'string' } },
});
const times = values.times === undefined ? undefined : Number(values.times);
const loads = values.load?.split(',').map(Number) ?? [0, 8];
const of = values.of?.split(',');
const kinds = of ?? Object.keys(targets);
let failed = false;

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** The options belong before the target, and behind the name of the command. */
function withOptions([command, ...rest], options) {
  return command.startsWith('-') ? [...options, command, ...rest] : [command, ...options, ...rest];
}

/** One full suite; the outcome of every verdict by its id. */
async function verdictsOf(name, target) {
  const file = join(folder, `${name}.json`);
  const startMs = Date.now();
  const child = spawn(process.execPath, [cli, ...withOptions(target, ['--quiet', '--json', file])], {
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  const report = JSON.parse(readFileSync(file, 'utf8'));
  say(`${name}: exit status ${code}, ${report.outcome}, ${((Date.now() - startMs) / 1000).toFixed(1)} s`);
  return new Map(report.verdicts.map(({ id, outcome, message }) => [id, { outcome, message }]));
}

function repeat(kind) {
  return playAgain(kind, targets[kind].conforming);
}

function broken(kind) {
  return playAgain(kind, targets[kind].broken);
}

async function playAgain(kind, target) {
  const reference = await verdictsOf(`${kind}-first`, target);
  const count = times ?? 20;
  for (const load of loads) {
    await besideLoops(load, async (beside) => {
      for (let run = 1; run <= count; run += 1)
        compare(reference, await verdictsOf(`${kind}-${beside}-${run}`, target));
    });
  }
}

async function besideLoops(load, work) {
  const loops = Array.from({ length: load }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    await work(load === 0 ? 'alone' : `beside-${load}-loops`);
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
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

/** The harness is ended somewhere in the first seconds of a suite. */
const longestMs = 5000;

async function kill(kind) {
  const marker = `soak-${kind}-${process.pid}-${Date.now()}`;
  for (let run = 1; run <= (times ?? 50); run += 1) {
    const signal = ['SIGINT', 'SIGTERM', 'SIGKILL'][run % 3];
    const afterMs = Math.random() * longestMs;
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const env = { ...process.env, SIGNAL_CONFORMANCE_SOAK: `${marker}-${run}`, TMPDIR: temporary };
    const file = join(folder, `kill-${kind}-${run}.json`);
    const options = ['--quiet', '--json', file];
    const child = spawn(process.execPath, [cli, ...withOptions(targets[kind].conforming, options)], {
      stdio: 'ignore',
      env,
    });
    const exited = once(child, 'exit');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const alreadyOver = child.exitCode !== null;
    child.kill(signal);
    const [code, by] = await exited;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const left = [...carrying(`SIGNAL_CONFORMANCE_SOAK=${marker}-${run}`), ...readdirSync(temporary)];
    // All was played and judged, and the report says so: the signal came while it was leaving.
    const wasLeaving =
      code === 0 && existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).outcome === 'conformant';
    const how = alreadyOver
      ? 'was already over'
      : `${signal} after ${Math.round(afterMs)} ms: ended by ${by ?? `status ${code}`}`;
    if (left.length > 0 || (!alreadyOver && !wasLeaving && by !== signal)) failed = true;
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
  for (const name of positionals.length > 0 ? positionals : [...Object.keys(parts), 'gates']) {
    if (name === 'gates') {
      if (!(await gates({ folder, of, loads, times: times ?? 10, besideLoops, say }))) failed = true;
      continue;
    }
    for (const kind of kinds) {
      say(`== ${name} ${kind}`);
      await parts[name](kind);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(failed ? 'FAILED: see above' : 'nothing differed, nothing was left');
process.exitCode = failed ? 1 : 0;
