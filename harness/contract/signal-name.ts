import { constants } from 'node:os';

/**
 * A signal by its full name, such as `SIGTERM`: those of Node, written out, so that its types are not needed to use ours.
 */
export type SignalName =
  | 'SIGABRT'
  | 'SIGALRM'
  | 'SIGBREAK'
  | 'SIGBUS'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGFPE'
  | 'SIGHUP'
  | 'SIGILL'
  | 'SIGINFO'
  | 'SIGINT'
  | 'SIGIO'
  | 'SIGIOT'
  | 'SIGKILL'
  | 'SIGLOST'
  | 'SIGPIPE'
  | 'SIGPOLL'
  | 'SIGPROF'
  | 'SIGPWR'
  | 'SIGQUIT'
  | 'SIGSEGV'
  | 'SIGSTKFLT'
  | 'SIGSTOP'
  | 'SIGSYS'
  | 'SIGTERM'
  | 'SIGTRAP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGUNUSED'
  | 'SIGURG'
  | 'SIGUSR1'
  | 'SIGUSR2'
  | 'SIGVTALRM'
  | 'SIGWINCH'
  | 'SIGXCPU'
  | 'SIGXFSZ';

/** The number of a signal on this machine (signal(7)); undefined where the platform has no such signal. */
export function signalNumber(name: SignalName): number | undefined {
  return constants.signals[name];
}

const names = Object.keys(constants.signals) as SignalName[];
const canonical = new Map<number, SignalName>();
// Several names share a number (SIGIOT and SIGABRT, SIGPOLL and SIGIO): the first in Node's table is not always
// the usual one, so the usual ones are said here.
const usual: readonly SignalName[] = ['SIGABRT', 'SIGIO', 'SIGSYS', 'SIGCHLD'];
for (const name of [...usual, ...names]) {
  const number = signalNumber(name);
  if (number !== undefined && !canonical.has(number)) canonical.set(number, name);
}

/** The usual name of a signal number on this machine, or undefined. */
export function signalName(number: number): SignalName | undefined {
  return canonical.get(number);
}

/** All signal names of this machine, for suggestions. */
export function allSignalNames(): readonly SignalName[] {
  return names;
}
