import type { SignalName } from './signal-name.js';

/**
 * How a signal reaches the target.
 *
 * - `process`: kill(2) to its root, as a supervisor does
 * - `group`: to the process group of the root, as a terminal does with Ctrl+C, and some supervisors do
 * - `background`: to a root that was started with SIGINT and SIGQUIT ignored, as a shell without job control starts
 *   what it puts into the background (POSIX, Shell Command Language, 2.11); ignored signals stay so across execve(2)
 * - `terminal`: typed at the terminal whose foreground group the target is: Ctrl+C is SIGINT, Ctrl+\\ is SIGQUIT, to the
 *   whole group (termios(3), ISIG)
 * - `wrapper-…`: to a program that has started the target, and to it alone: a shell (`sh -c`), or a package runner that
 *   runs a script of its package.json (`npm run`), as a supervisor does that knows no other process
 * - `hangup`: its terminal is closed: SIGHUP, and then SIGCONT, to the foreground group, and who writes to it gets an error
 *   (setsid(2); EIO in write(2)). Played only where it is asked for: Node 20 itself crashes at its exit then
 * - `pid1`: to a root that is PID 1 of a PID namespace of its own, as in a container: the kernel drops what it has no
 *   handler for (pid_namespaces(7))
 */
export type Delivery = (typeof deliveries)[number];
export const deliveries = [
  'process',
  'group',
  'background',
  'terminal',
  'hangup',
  'pid1',
  'wrapper-dash',
  'wrapper-bash',
  'wrapper-npm',
  'wrapper-yarn',
  'wrapper-pnpm',
] as const;

/** A program through which servers are started. */
export type Wrapper = Extract<Delivery, `wrapper-${string}`> extends `wrapper-${infer Name}` ? Name : never;

/** The program through which the target is started in this delivery; undefined where it is started itself. */
export function wrapperOf(delivery: Delivery): Wrapper | undefined {
  return delivery.startsWith('wrapper-') ? (delivery.slice('wrapper-'.length) as Wrapper) : undefined;
}

/** In each of these the target is started through a program. */
export const wrapperDeliveries = deliveries.filter((delivery) => wrapperOf(delivery) !== undefined);

/** What a root of a background job has ignored when it begins. */
export const ignoredInBackground: readonly SignalName[] = ['SIGINT', 'SIGQUIT'];

/** The target begins in a terminal. */
export const needsTerminal = (delivery: Delivery | undefined): boolean =>
  delivery === 'terminal' || delivery === 'hangup';

/** What is typed for a signal. */
export const keys: Readonly<Partial<Record<SignalName, string>>> = { SIGINT: '\x03', SIGQUIT: '\x1c' };

/** The stop signals that can arrive in this way, the most usual first. */
export function deliverable(delivery: Delivery, signals: readonly SignalName[]): readonly SignalName[] {
  switch (delivery) {
    case 'group':
      // What a terminal sends comes first.
      return [...signals].sort((one, other) => Number(other === 'SIGINT') - Number(one === 'SIGINT'));
    case 'pid1':
      // What an engine of containers sends comes first.
      return [...signals].sort((one, other) => Number(other === 'SIGTERM') - Number(one === 'SIGTERM'));
    case 'background':
      return signals.filter((signal) => !ignoredInBackground.includes(signal));
    case 'terminal':
      return signals.filter((signal) => keys[signal] !== undefined);
    case 'hangup':
      return ['SIGHUP'];
    default:
      return signals;
  }
}
