import type { HandledSignal } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import { shown, UsageError } from '../errors.js';
import { parseReadyLine } from './ready-line.js';
import { parseSignals } from './signals.js';

const exits = /^exit:(.*)$/s;

/** What a program does on the signals that it handles: a line that it prints, or a status with which it exits. */
export function parseHandles(option: string, value: Readonly<Record<string, string>>): HandledSignal[] {
  const handled = Object.entries(value).map(([word, does]) => {
    const signal = oneSignal(option, word, does);
    if (does === '') throw wrong(option, `${word}=${does}`);
    const [, status] = exits.exec(does) ?? [];
    if (status === undefined) return { signal, line: parseReadyLine(option, does).source };
    if (!/^\d{1,3}$/.test(status) || Number(status) > 255) throw wrongStatus(option, `${word}=${does}`);
    return { signal, exit: Number(status) };
  });
  const names = handled.map(({ signal }) => signal);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw twiceNamed(option, twice);
  return handled;
}

/** `SIGNAL=what` words of the command line as a record. */
export function parseHandlesWords(words: readonly string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals <= 0) throw wrong('handles', word);
    const signal = word.slice(0, equals);
    // Before it becomes a key: `__proto__` would be lost.
    oneSignal('handles', signal, word.slice(equals + 1));
    if (Object.hasOwn(given, signal)) throw twiceNamed('handles', signal);
    given[signal] = word.slice(equals + 1);
  }
  return given;
}

function oneSignal(option: string, word: string, does: string): SignalName {
  const [signal, another] = parseSignals(option, word);
  if (signal === undefined || another !== undefined) throw wrong(option, `${word}=${does}`);
  return signal;
}

function wrong(option: string, given: string): UsageError {
  return new UsageError({
    option,
    expected: 'one signal, and what the program does on it',
    given: shown(given),
    fix: 'write USR1=<a regular expression for the line that it prints>, or ALRM=exit:0',
  });
}

function wrongStatus(option: string, given: string): UsageError {
  return new UsageError({
    option,
    expected: 'a status from 0 to 255 after exit:',
    given: shown(given),
    fix: 'write for example ALRM=exit:0; a line that begins with "exit:" is written as ^exit:',
  });
}

function twiceNamed(option: string, signal: string): UsageError {
  return new UsageError({
    option,
    expected: 'each signal once',
    given: `${signal} twice`,
    fix: 'join the two expressions with |, or leave one out',
  });
}
