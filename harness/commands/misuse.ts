import { labelled } from '../../reports/text/wrap.js';
import { ConfigError } from '../config/config-error.js';
import { type Misuse, UsageError } from '../errors.js';

/** An option as the command line spells it: `--stop-signals` for `stopSignals`. */
export function flagOf(option: string): string {
  if (option === 'command') return '<command>';
  return /^[a-z][A-Za-z]*$/.test(option)
    ? `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : option;
}

/** What the command line prints for wrong usage. */
export function renderMisuse(error: Misuse, columns: number): string {
  const lines = [
    ...heading(error, columns),
    ...labelled('expected', error.expected, columns),
    ...labelled('given', error.given, columns),
    ...labelled('fix', error.fix, columns),
  ];
  return `${lines.join('\n')}\n`;
}

function heading(error: Misuse, columns: number): string[] {
  if (!(error instanceof ConfigError)) return [`signal-conformance: wrong usage of ${flagOf(error.option)}`];
  return [
    'signal-conformance: wrong configuration',
    ...labelled('file', error.file, columns),
    ...(error.key === undefined ? [] : labelled('key', error.key, columns)),
  ];
}

/** The same error with another advice. */
export function withFix(error: UsageError, fix: string): UsageError {
  const { option, expected, given } = error;
  return new UsageError({ option, expected, given, fix });
}
