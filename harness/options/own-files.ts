import { type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { TargetKind } from '../contract/contract.js';
import { shown, UsageError } from '../errors.js';
import { longestSocketPath } from '../target/socket-path.js';

interface Given {
  readonly port?: number | undefined;
  readonly socket?: string | undefined;
  readonly pidFile?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** The path of a unix socket that a target always uses, absolute. */
export function parseSocket(option: string, value: string, cwd: string): string {
  if (value.startsWith('@')) {
    throw new UsageError({
      option,
      expected: 'a path for a unix socket',
      given: shown(value),
      fix: `write a path: abstract sockets (unix(7)) cannot be tested, since Node.js fills their names up with NUL bytes, which makes others of them; for a file of that name write ./${value}`,
    });
  }
  const path = parsePath(option, value, cwd, 'a path for a unix socket');
  const bytes = Buffer.byteLength(path);
  if (bytes > longestSocketPath) {
    throw new UsageError({
      option,
      expected: `a path of at most ${longestSocketPath} bytes (unix(7), sun_path)`,
      given: `${shown(path)}, which has ${bytes}`,
      fix: 'put the socket into a folder with a shorter path, such as /run or /tmp',
    });
  }
  const found = statOf(path);
  if (found === undefined || found.isSocket()) return path;
  throw new UsageError({
    option,
    expected: 'a path for a unix socket',
    given: `${shown(value)}, which is ${found.isDirectory() ? 'a folder' : 'a file of another kind'}`,
    fix: found.isDirectory()
      ? `add the name of the socket: ${join(path, '…')}`
      : 'write the path of the socket itself',
  });
}

/** The path of the pid file that a target always writes, absolute. */
export function parsePidFile(option: string, value: string, cwd: string): string {
  const path = parsePath(option, value, cwd, 'a path for a pid file');
  if (!statOf(path)?.isDirectory()) return path;
  throw new UsageError({
    option,
    expected: 'a path for a pid file',
    given: `${shown(value)}, which is a folder`,
    fix: `add the name of the file: ${join(path, '…')}`,
  });
}

/**
 * What each instance is told a path of its own for: `{socket}` and `{pidfile}`, in arguments and in variables.
 *
 * @throws UsageError where that contradicts another option, or targets of this kind are told no such thing
 */
export function toldFiles(
  command: readonly string[],
  { port, socket, pidFile, env = {} }: Given,
  kind: TargetKind,
): { readonly socket: boolean; readonly pidFile: boolean } {
  const texts = [...command, ...Object.values(env)];
  const tells = (name: string) => texts.some((text) => text.includes(name));
  const told = { socket: tells('{socket}'), pidFile: tells('{pidfile}') };
  if (kind !== 'server') {
    // A program may mean something else by it; whoever is told {port} would expect it to be filled in.
    const name = told.socket ? '{socket}' : told.pidFile ? '{pidfile}' : undefined;
    if (name !== undefined && kind !== 'program')
      throw contradiction('command', `${name} for a ${kind}`, `leave it out: only servers are told ${name}`);
    return { socket: false, pidFile: false };
  }
  if (port !== undefined && (socket !== undefined || told.socket)) {
    const given = `a port together with ${socket === undefined ? '{socket}' : 'a socket'}`;
    throw contradiction('port', given, 'leave one of the two out: clients connect to one address');
  }
  // A fixed path is what the placeholder stands for then, as with --port and {port}.
  return { socket: told.socket && socket === undefined, pidFile: told.pidFile && pidFile === undefined };
}

function parsePath(option: string, value: string, cwd: string, expected: string): string {
  if (value === '' || value.includes('\0'))
    throw new UsageError({
      option,
      expected,
      given: shown(value),
      fix: 'write the path of the file',
    });
  const path = resolve(cwd, value);
  const folder = dirname(path);
  if (statOf(folder)?.isDirectory()) return path;
  throw new UsageError({
    option,
    expected: `${expected}, in a folder that exists`,
    given: shown(value),
    fix: `${folder} is no folder: make it first, or write another path`,
  });
}

function contradiction(option: string, given: string, fix: string): UsageError {
  return new UsageError({ option, expected: 'options that do not contradict each other', given, fix });
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined; // whatever the reason: nobody can make a file there, or it is not there yet
  }
}
