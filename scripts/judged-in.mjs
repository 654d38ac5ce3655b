/**
 * Which scenarios show which requirement, seen and not claimed: plays what conforms, of every kind, and notes in which
 * scenarios each requirement has said something (a pass, a failure, or that it could not tell). What none of these shows,
 * its twin does. The pages of docs/requirements and docs/scenarios.md name these. Takes some minutes: `npm run docs:judged`, and then `npm run docs:pages`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { conformingClients } from '../dist/fixtures/clients/manifest.js';
import { conformingPrograms } from '../dist/fixtures/programs/manifest.js';
import { conforming } from '../dist/fixtures/servers/manifest.js';
import { twins } from '../dist/fixtures/twins/manifest.js';
import { conform, conformClient, conformPair, conformProgram } from '../dist/harness/index.js';
import { requirements } from '../dist/suites/catalogue.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const file = 'docs/requirements/judged-in.json';
const by = { server: conform, client: conformClient, program: conformProgram };
const echo = ['node', 'dist/fixtures/servers/echo.cjs'];
const client = ['node', 'dist/fixtures/clients/echo-client.js'];
const told = { deadline: '2s', deadlineEnv: 'DEADLINE_MS', deadlineUnit: 'ms' };

function playTarget({ kind = 'server', command, protocol, options: { deadlineMs, env, ...options } = {} }) {
  return by[kind](command, {
    ...options,
    ...(kind === 'server' ? { ...told, protocol } : { deadline: '2s' }),
    env: { ...env, ...(kind === 'server' ? {} : { DEADLINE_MS: '2000' }) },
  });
}

/** What needs no compiler: one of each kind and protocol is enough. */
const chosen = [...conforming, ...conformingClients, ...conformingPrograms].filter(
  ({ command, name }) => command[0] === 'node' && !/bash|large/.test(name),
);
const plays = [
  // Every way in which a signal can arrive, and those signals that mean nothing to it.
  () =>
    conform(echo, {
      ...told,
      stopSignals: 'TERM,INT',
      delivery: 'process,group,background,terminal,pid1,hangup,wrapper-bash',
    }),
  ...chosen.map((target) => () => playTarget(target)),
  ...['server', 'client'].map(
    (signalTo) => () => conformPair(echo, client, { deadline: '2s', signalTo, env: { DEADLINE_MS: '2000' } }),
  ),
  // What writes to standard output until that is closed.
  () => conformProgram(['seq', '1000000000'], { deadline: '2s' }),
];

const seen = new Map(requirements.map(({ id }) => [id, new Set()]));
for (const play of plays) note(await play());
for (const [id, scenarios] of seen) {
  const twin = twins.find(({ requirement }) => requirement === id);
  if (scenarios.size === 0 && twin !== undefined) note(await playTarget(twin));
}

function note({ target, runs, verdicts, outcome, reason }) {
  console.log(`${target.command.join(' ')}: ${outcome} ${reason ?? ''}`);
  const scenarioOf = new Map(runs.map(({ id, scenario }) => [id, scenario]));
  for (const { requirement, run, outcome: verdict } of verdicts)
    if (verdict !== 'not-applicable') seen.get(requirement)?.add(scenarioOf.get(run));
}
const found = Object.fromEntries([...seen].map(([id, scenarios]) => [id, [...scenarios].toSorted()]));
writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
for (const [id, scenarios] of Object.entries(found))
  if (scenarios.length === 0) console.log(`in no scenario: ${id}`);
