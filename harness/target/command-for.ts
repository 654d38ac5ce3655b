import type { SignalName } from '../contract/signal-name.js';
import { cookieName } from '../process/cookie.js';
import type { Tracer } from '../sweep/strace.js';

/** What a target is told of itself; what is undefined is not replaced. */
export interface Told {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly socket?: string | undefined;
  readonly pidFile?: string | undefined;
  readonly deadline?: string | undefined;
}

/** The target's command with `{port}`, `{host}`, `{socket}`, `{pidfile}` and `{deadline}` replaced in every argument, where they are known. */
export function commandFor(command: readonly string[], told: Told): string[] {
  return command.map((argument) => filledIn(argument, told));
}

/** The same for one text. */
export function filledIn(text: string, { port, host, socket, pidFile, deadline }: Told): string {
  const values = {
    '{port}': port?.toString(),
    '{host}': host,
    '{socket}': socket,
    '{pidfile}': pidFile,
    '{deadline}': deadline,
  };
  return Object.entries(values).reduce(
    (filled, [name, value]) => (value === undefined ? filled : filled.replaceAll(name, () => value)),
    text,
  );
}

/**
 * What to start so that a program begins with signals ignored. Ignored dispositions survive execve(2), but libuv resets
 * them in the child; so a shell ignores them, and becomes the program.
 */
export function ignoring(
  signals: readonly SignalName[],
  file: string,
  command: readonly string[],
): { file: string; command: readonly string[] } {
  if (signals.length === 0) return { file, command };
  const names = signals.map((name) => name.replace(/^SIG/, '')).join(' ');
  return {
    file: '/bin/sh',
    command: ['sh', '-c', `trap "" ${names}; exec "$@"`, 'sh', file, ...command.slice(1)],
  };
}

/** The same under a tracer. The tracer itself must not carry the cookie: it is no process of the target. */
export function traced(
  tracer: Tracer | undefined,
  cookie: string,
  { file, command }: { file: string; command: readonly string[] },
): { file: string; command: readonly string[] } {
  const [program] = tracer?.words ?? [];
  if (tracer === undefined || program === undefined) return { file, command };
  const words = [...tracer.words, '-E', `${cookieName}=${cookie}`, '--', file, ...command.slice(1)];
  return { file: program, command: words };
}
