/** Gates of real servers: a baseline is written once on what the machine gives then, and must hold beside load. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/harness/cli.js', import.meta.url));
const real = fileURLToPath(new URL('../fixtures/real', import.meta.url));
const interpreter = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
const usual = ['--deadline', '2s', '--stop-signals', 'TERM'];

/** What is not installed is left out, and said. */
const servers = {
  'http.server': [interpreter.stdout?.trim() ?? '', '-m', 'http.server', '{port}', '--bind', '127.0.0.1'],
  gunicorn: ['gunicorn', '-b', '127.0.0.1:{port}', '--graceful-timeout', '1', 'app:app'],
  node: [process.execPath, 'server.mjs'],
  redis: [
    '--protocol',
    'tcp',
    'redis-server',
    '--port',
    '{port}',
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--dir',
    '/tmp',
  ],
  socat: ['socat', 'TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork', 'EXEC:cat'],
};

async function play(command, options) {
  const child = spawn(process.execPath, [cli, '--quiet', ...usual, ...options, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: real,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const [code] = await once(child, 'close');
  return { code, said };
}

/** The lines that say what turned a gate red. */
const why = (said) =>
  said
    .split('\n')
    .filter((line) => /^(FAIL|STALE|UNTESTED|NOT TESTED|WARN| {2}run | {2}what )/.test(line))
    .map((line) => `      ${line}`)
    .join('\n');

/** Resolves with how many plays of one server did not hold. */
async function gate(name, command, { folder, loads, times, besideLoops, say }) {
  const baseline = join(folder, `${name}.baseline.json`);
  const made = await play(command, ['--repeat', '5', '--baseline', baseline, '--update-baseline']);
  if (!existsSync(baseline)) {
    say(`== gates ${name}: exit status ${made.code}, and no baseline\n${made.said}`);
    return times;
  }
  const entries = JSON.parse(readFileSync(baseline, 'utf8')).known;
  const sometimes = entries.filter((entry) => entry.sometimes === true).length;
  say(`== gates ${name}: exit status ${made.code}; ${entries.length} known, ${sometimes} of them sometimes`);
  let red = 0;
  for (const load of loads) {
    await besideLoops(load, async (beside) => {
      let held = 0;
      for (let run = 1; run <= times; run += 1) {
        const { code, said } = await play(command, ['--baseline', baseline]);
        if (code === 0) held += 1;
        else say(`${name}-${beside}-${run}: exit status ${code}\n${why(said)}`);
      }
      say(`${name}-${beside}: ${held} of ${times} plays held`);
      red += times - held;
    });
  }
  return red;
}

/** Options may stand before it. */
const programOf = (command) => (command[0] === '--protocol' ? command[2] : command[0]);

/** Resolves with true where every gate held every time. `of`: names of servers, all by default. */
export async function gates({ of = Object.keys(servers), ...options }) {
  let red = 0;
  for (const name of of) {
    const command = servers[name];
    if (command === undefined || spawnSync('which', [programOf(command)]).status !== 0)
      options.say(`== gates ${name}: not ${command === undefined ? 'known' : 'installed'}`);
    else red += await gate(name, command, options);
  }
  return red === 0;
}
