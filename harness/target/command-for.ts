import type { SignalName } from '../contract/signal-name.js';
import { cookieName } from '../process/cookie.js';
import type { Tracer } from '../sweep/strace.js';

/** What a target is told in its arguments. */
interface Told {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly deadline?: string | undefined;
}

/** The target's command with `{port}`, `{host}` and `{deadline}` replaced in every argument, where they are known. */
export function commandFor(command: readonly string[], { port, host, deadline }: Told): string[] {
  const values = { '{port}': port, '{host}': host, '{deadline}': deadline };
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return command.map((argument) =>
    known.reduce((text, [word, value]) => text.replaceAll(word, String(value)), argument),
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
