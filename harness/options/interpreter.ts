import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { shown, UsageError } from '../errors.js';

const interpreters: Readonly<Record<string, string>> = {
  '.py': 'python3',
  '.js': 'node',
  '.mjs': 'node',
  '.cjs': 'node',
  '.ts': 'node --import tsx',
  '.sh': 'sh',
  '.rb': 'ruby',
  '.pl': 'perl',
  '.php': 'php',
  '.jar': 'java -jar',
};

/** How to start a script that is not executable by itself; undefined where it names its interpreter, or nobody knows. */
export function runWithInterpreter(file: string, command: readonly string[]): string | undefined {
  const interpreter = interpreters[extname(file)];
  return interpreter === undefined || firstLine(file)?.startsWith('#!')
    ? undefined
    : `name its interpreter: ${interpreter} ${command.join(' ')}`;
}

/**
 * A script whose interpreter is missing fails to start with ENOENT, as if the script itself were missing (execve(2)):
 * nobody finds the cause in that.
 */
export function checkInterpreter(file: string, name: string): void {
  const [, interpreter, rest] = /^#![ \t]*(\S+)([^\n]*)/.exec(firstLine(file) ?? '') ?? [];
  if (interpreter === undefined || rest === undefined) return;
  // `\S+` does not take the carriage return of a file with Windows line ends, the kernel does.
  const windows = rest.endsWith('\r');
  if (!windows && existsSync(interpreter)) return;
  throw new UsageError({
    option: 'command',
    expected: 'a program that can be started',
    given: `${shown(name)}, a script for ${shown(interpreter)}${windows ? ' with Windows line ends' : ', which does not exist'}`,
    fix: windows
      ? `save it with Unix line ends: sed -i 's/\\r$//' ${name}`
      : 'correct its first line, or install the interpreter',
  });
}

function firstLine(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return undefined; // what may be executed need not be readable
  }
  try {
    const start = Buffer.alloc(256); // the kernel reads no more of it (execve(2))
    const length = readSync(descriptor, start, 0, start.length, 0);
    return start.subarray(0, length).toString('latin1').split('\n', 1)[0];
  } finally {
    closeSync(descriptor);
  }
}
