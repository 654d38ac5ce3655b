import { allSignalNames, type SignalName, signalName, signalNumber } from '../contract/signal-name.js';
import { shown, UsageError } from '../errors.js';
import { suggest } from './suggestion.js';

/** A list of signals as names, numbers or both, in one text with commas or one by one. Duplicates collapse. */
export function parseSignals(option: string, value: string | readonly string[]): SignalName[] {
  const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
  return [...new Set(words.filter((word) => word !== '').map((word) => parseSignal(option, word)))];
}

/** `sigterm`, `TERM`, `15` and `SIGTERM` are one signal; SIGIOT is SIGABRT. */
function parseSignal(option: string, word: string): SignalName {
  const name = /^\d+$/.test(word) ? signalName(Number(word)) : fromName(word);
  if (name === undefined) throw unknownSignal(option, word);
  if (name === 'SIGKILL' || name === 'SIGSTOP') throw cannotBeCaught(option, word, name);
  return name;
}

function fromName(word: string): SignalName | undefined {
  const full = fullName(word);
  // Own keys only: `constructor` is no signal.
  const known = allSignalNames().find((name) => name === full);
  const number = known && signalNumber(known);
  return number === undefined ? undefined : signalName(number);
}

function fullName(word: string): string {
  const upper = word.toUpperCase();
  return upper.startsWith('SIG') ? upper : `SIG${upper}`;
}

function unknownSignal(option: string, word: string): UsageError {
  // The three letters that all names begin with are no likeness.
  const near = suggest(
    fullName(word).slice(3),
    allSignalNames().map((name) => name.slice(3)),
  );
  const nearest = near && `SIG${near}`;
  return new UsageError({
    option,
    expected: 'signals that this machine knows, such as TERM, SIGTERM or 15',
    given: shown(word),
    fix: nearest === undefined ? '`kill -l` lists them' : `did you mean ${nearest}?`,
  });
}

function cannotBeCaught(option: string, word: string, name: SignalName): UsageError {
  return new UsageError({
    option,
    expected: 'signals that a program can handle',
    given: shown(word),
    fix: `leave ${name} out: it cannot be caught, blocked or ignored (signal(7)), so no target can promise anything about it`,
  });
}

/** The three lists of a contract; undefined where the survey decides. */
export interface SignalLists {
  readonly stopSignals: readonly SignalName[] | undefined;
  readonly reloadSignals: readonly SignalName[];
  readonly ignoreSignals: readonly SignalName[];
  readonly handles?: readonly SignalName[] | undefined;
}

/** A signal means one thing, and something must mean "stop". */
export function checkSignalLists(lists: SignalLists): void {
  if (lists.stopSignals?.length === 0) {
    throw new UsageError({
      option: 'stopSignals',
      expected: 'at least one signal',
      given: 'none',
      fix: 'name the signals that stop the target, such as TERM,INT, or leave the option out',
    });
  }
  const meanings = new Map<SignalName, string>();
  for (const option of ['stopSignals', 'reloadSignals', 'ignoreSignals', 'handles'] as const) {
    for (const name of lists[option] ?? []) {
      const other = meanings.get(name);
      if (other !== undefined) throw twoMeanings(option, name, other);
      meanings.set(name, option);
    }
  }
}

const meaning: Readonly<Record<string, string>> = {
  stopSignals: 'stop',
  reloadSignals: 'reload',
  ignoreSignals: 'change nothing',
  handles: 'something that the program handles',
};

function twoMeanings(option: string, name: SignalName, other: string): UsageError {
  return new UsageError({
    option,
    expected: 'signals that have one meaning each',
    given: `${name}, which is also said to mean "${meaning[other]}"`,
    fix: `take ${name} out of one of the two lists`,
  });
}
