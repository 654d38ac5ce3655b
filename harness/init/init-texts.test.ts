import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkConfig } from '../config/check.js';
import { findConfig } from '../config/find.js';
import { loadConfig } from '../config/load.js';
import { githubWorkflow, gitlabJob, pinned } from './ci-text.js';
import { configText } from './config-text.js';
import { findings } from './findings.js';
import { projectIn } from './project.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const survey = {
  startMs: 54,
  cores: 1,
  honoursPort: true,
  addresses: ['127.0.0.1:8080'],
  handled: [],
  persistent: true,
};
const value = (lines: ReturnType<typeof findings>, key: string) =>
  lines.find((line) => line.key === key && line.isOn)?.value;

describe('what a configuration says of a server', () => {
  const found = (addresses: string[], honoursPort = false) =>
    findings(['x'], {}, { survey: { ...survey, addresses, honoursPort }, protocol: 'http' });

  test('is its protocol, and the default deadline', () => {
    expect(value(found([]), 'protocol')).toBe('http');
    expect(value(found([]), 'deadline')).toBe('10s');
    expect(value(found([]), 'stopSignals')).toBeUndefined();
  });

  test('is its port where it has one of its own, the same each time', () => {
    expect(value(found(['[::]:8080', '127.0.0.1:8080']), 'port')).toBe(8080);
    expect(value(found(['127.0.0.1:8080'], true), 'port')).toBeUndefined();
    // The kernel's choice, several, and none.
    expect(value(found(['127.0.0.1:45000']), 'port')).toBeUndefined();
    expect(value(found(['127.0.0.1:8080', '127.0.0.1:8081']), 'port')).toBeUndefined();
    expect(value(found(['unix:/run/x:80']), 'port')).toBeUndefined();
  });

  test('is what its user gave, and that wins over the survey', () => {
    const lines = findings(
      ['x'],
      { deadline: '2s', protocol: 'tcp', port: 80 },
      { survey, protocol: 'http' },
    );
    expect(lines.filter(({ isOn }) => isOn).map(({ key, value: given }) => [key, given])).toEqual([
      ['command', ['x']],
      ['deadline', '2s'],
      ['protocol', 'tcp'],
      ['port', 80],
    ]);
  });
});

describe('the configuration that is written', () => {
  const hostile = {
    env: { A: 'it\'s "b"\n// c', 'D-E': '\\' },
    ready: "`$x`'\u2028",
    exitStatus: '0,143',
    full: true,
  };
  const addresses = ['unix:/run/x\n  command: ["rm"], //'];
  const lines = findings(['node', "a b'c"], hostile, {
    survey: { ...survey, addresses, handled: ['SIGTERM'] },
    protocol: 'echo',
  });

  test.each(['ts', 'mjs', 'json'] as const)(
    'as %s says what was found, when it is loaded',
    async (format) => {
      const name = `c.${format}`;
      writeFileSync(join(folder, name), configText(format, 'api', lines));
      const file = findConfig(folder, name);
      if (file === undefined) throw new Error('it was not found');
      const { targets } = checkConfig(await loadConfig(file), file);
      expect(targets).toMatchObject([
        {
          name: 'api',
          kind: 'server',
          command: ['node', "a b'c"],
          own: { ...hostile, protocol: 'echo', deadline: '10s' },
        },
      ]);
      expect(Object.keys(targets[0]?.own ?? {})).toEqual([...Object.keys(hostile), 'protocol', 'deadline']);
    },
  );

  test('has comments that stay comments, whatever is in them', () => {
    const line = {
      key: 'ready',
      value: 'up',
      comment: `${'long '.repeat(30)}\n}, rm: 1\u2028, x: 2`,
      isOn: true,
    };
    const text = configText('mjs', 'api', [line]);
    for (const each of text.split(/[\n\u2028]/).filter((one) => /long|rm: 1|x: 2/.test(one)))
      expect(each).toMatch(/^ {6}\/\/ .{1,91}$/);
    expect(text).toMatch(/\/\/ .*rm: 1/);
  });

  test('has comments that say why', () => {
    const text = configText('ts', 'api', lines).replaceAll(/\s*\/\/ /g, ' ');
    expect(text).toContain('The promise that is tested: all its processes are gone this long');
    expect(text).toContain('The survey saw that it handles SIGTERM.');
  });
});

describe('a project', () => {
  test.each([
    [{}, { format: 'json', ci: 'github', setUp: [] }],
    [{ 'package.json': '{"name":"@me/a b"}' }, { format: 'mjs', name: 'a-b', setUp: ['npm install'] }],
    [
      { 'package.json': 'no json', 'tsconfig.json': '' },
      { format: 'ts', setUp: [] },
    ],
    [
      { 'package.json': '{"scripts":{"build":"tsc"}}', 'package-lock.json': '' },
      { setUp: ['npm ci', 'npm run build'] },
    ],
    [
      { 'package.json': '{}', 'pnpm-lock.yaml': '' },
      { setUp: ['corepack enable', 'pnpm install --frozen-lockfile'] },
    ],
    [{ '.gitlab-ci.yml': '' }, { ci: 'gitlab' }],
  ])('with %j is known', (files, expected) => {
    const here = mkdtempSync(join(folder, 'project-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(here, name), text);
    expect(projectIn(here)).toMatchObject(expected);
  });

  test('has a name that a target can have', () => {
    const here = join(folder, '_é +x');
    mkdirSync(here);
    expect(projectIn(here).name).toBe('é-x');
  });
});

describe('a workflow', () => {
  const project = { ...projectIn('/'), setUp: ['npm ci'] };
  const formats = ['json', 'junit', 'html', 'markdown', 'tap'];

  test('for GitHub tests, keeps the reports and shows the summary', () => {
    const { jobs } = parse(githubWorkflow(project, '1.2.3', formats));
    const { steps } = jobs.signals;
    const runs = steps.map(({ run }: { run?: string }) => run).filter(Boolean);
    expect(runs).toEqual([
      'npm ci',
      'npx --yes signal-conformance@1 --json signals-{target}.json --junit signals-{target}.xml --html signals-{target}.html --markdown signals-{target}.md',
      'cat signals-*.md >> "$GITHUB_STEP_SUMMARY" || true',
    ]);
    expect(steps.at(-1)).toMatchObject({
      with: { path: 'signals-*' },
      if: expect.stringContaining('!cancelled()'),
    });
  });

  test('names only reports that this version writes', () => {
    const text = githubWorkflow(project, '1.2.3', ['json']);
    expect(text).toContain('signal-conformance@1 --json signals-{target}.json\n');
    expect(text).not.toMatch(/SUMMARY|--html/);
  });

  test('for GitLab is a job', () => {
    const job = parse(gitlabJob({ ...project, setUp: [] }, '0.1.0', ['json', 'junit']))['signal-conformance'];
    expect(job.script).toEqual([
      'npx --yes signal-conformance@0.1 --json signals-{target}.json --junit signals-{target}.xml',
    ]);
    expect(job.artifacts).toMatchObject({ when: 'always', reports: { junit: 'signals-*.xml' } });
  });

  test.each([
    ['0.1.0', '0.1'],
    ['1.4.2', '1'],
    ['12.0.0-rc.1', '12'],
  ])('pins %s to %s', (given, pin) => {
    expect(pinned(given)).toBe(pin);
  });
});
