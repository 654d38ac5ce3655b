/**
 * The reaper's own process: waits until its standard input ends, then ends all processes of the session. It knows
 * them by the cookie in their environment, and by the pids and start times that it was told. After a harness that was
 * killed it also removes what that has left in the temporary folder.
 */
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cookieIn } from './cookie.js';
import { currentSystem } from './current-system.js';
import { folderWord, releasedWord } from './reaper-words.js';
import type { ProcessInfo } from './system.js';

/** A tree that forks while it is being ended needs more than one look. */
const quietLooksNeeded = 3;
const mostLooks = 500;
const betweenLooksMs = 5;

const system = currentSystem();
const [, , session = '', folderPrefix] = process.argv;
const told = new Set<string>();

function isOurs(info: ProcessInfo, ended: ReadonlySet<number>): boolean {
  if (info.pid === process.pid || info.state === 'Z' || info.state === 'X') return false;
  if (told.has(`${info.pid} ${info.startTicks}`) || ended.has(info.parentPid) || ended.has(info.sessionId))
    return true;
  const environment = system.environment(info.pid);
  return environment !== undefined && (cookieIn(environment)?.startsWith(`${session}/`) ?? false);
}

async function endAll(): Promise<void> {
  const ended = new Set<number>();
  let quietLooks = 0;
  for (let look = 0; look < mostLooks && quietLooks < quietLooksNeeded; look += 1) {
    const ours = system.processes().filter((info) => isOurs(info, ended));
    for (const { pid } of ours) {
      try {
        process.kill(pid, 'SIGKILL');
        ended.add(pid);
      } catch {
        // It has gone by itself.
      }
    }
    quietLooks = ours.length === 0 ? quietLooks + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
  }
}

/** A harness that lives removes its folders itself, and may be making pipes for another session in one. */
function removeFolders(prefix: string): void {
  const folders = readdirSync(dirname(prefix)).filter((name) => name.startsWith(basename(prefix)));
  // mkfifo(1) may still be writing there: a folder that is not empty yet is tried again.
  const named = [...told].flatMap((line) =>
    line.startsWith(folderWord) ? [line.slice(folderWord.length)] : [],
  );
  for (const path of [...folders.map((name) => join(dirname(prefix), name)), ...named])
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

async function cleanUp(): Promise<void> {
  await endAll();
  if (folderPrefix !== undefined && !told.has(releasedWord)) removeFolders(folderPrefix);
}

// Whoever signals the harness' group or terminal does not mean the reaper: it goes when its work is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => {});
let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) told.add(line);
});
process.stdin.on('close', () => {
  cleanUp().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
