import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pipeFolderPrefix } from '../process/pipes.js';
import { makeScriptFolder, type ScriptFolder } from './script-folder.js';

let home = '';
let folder: ScriptFolder | undefined;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'script-folder-')));
});
afterEach(() => {
  folder?.remove();
  rmSync(home, { recursive: true });
});

/** What a target says that is started by the line: its arguments, working directory, environment and pid. */
function started(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const tell =
    'process.stdout.write(JSON.stringify({ args: process.argv.slice(1), cwd: process.cwd(), env: process.env, pid: process.pid }))';
  folder = makeScriptFolder({
    file: process.execPath,
    command: ['node', '-e', tell, '--', ...args],
    cwd,
    env,
  });
  const all = { ...process.env, ...env, ...folder.env };
  const said = execFileSync('sh', ['-c', folder.line], { encoding: 'utf8', env: all, cwd: '/' });
  return { ...JSON.parse(said), folder } as {
    args: string[];
    cwd: string;
    env: Record<string, string>;
    pid: number;
    folder: ScriptFolder;
  };
}

test('the target gets the words of its command, and is the process that the folder names', () => {
  const words = ['two words', "it's", '$HOME `id`', 'a\nb', '', '"'];
  const { args, pid, folder: made } = started(words, home);
  expect(args).toEqual(words);
  expect(made.serverPid()).toBe(pid);
});

test('it runs in its own working directory, whatever that is called', () => {
  const cwd = join(home, "it's $HOME");
  mkdirSync(cwd);
  expect(started([], cwd).cwd).toBe(cwd);
});

test('what was set for the wrapper it does not see, and what was there before is there again', () => {
  const { env, folder: made } = started([], home, { TMPDIR: home, npm_config_cache: "it's mine" });
  expect(made.env.TMPDIR).not.toBe(home);
  for (const name of Object.keys(made.env))
    expect(env[name]).toBe({ TMPDIR: home, npm_config_cache: "it's mine" }[name] ?? process.env[name]);
});

test('nobody has become the target as long as nothing is started, and a working directory that is gone is an end', () => {
  folder = makeScriptFolder({ file: '/bin/true', command: ['true'], cwd: join(home, 'none'), env: {} });
  expect(folder.serverPid()).toBeUndefined();
  expect(spawnSync('sh', ['-c', folder.line]).status).not.toBe(0);
  expect(folder.serverPid()).toBeUndefined();
});

test('the script is written as into a package, and all of it is removed, where the reaper would look too', () => {
  const made = makeScriptFolder({ file: '/bin/true', command: ['true'], cwd: '/', env: {} }, 'the lock');
  expect(made.path.startsWith(pipeFolderPrefix())).toBe(true);
  expect(JSON.parse(readFileSync(join(made.path, 'package.json'), 'utf8')).scripts).toEqual({
    start: made.line,
  });
  expect(readFileSync(join(made.path, 'yarn.lock'), 'utf8')).toBe('the lock');
  expect(readdirSync(made.path).length).toBeGreaterThan(3);
  made.remove();
  expect(existsSync(made.path)).toBe(false);
  made.remove();
});
