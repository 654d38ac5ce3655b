import { inspect } from 'node:util';

/** What a `UsageError` has to say. */
export interface Misuse {
  /**
   * The option as the API spells it (`stopSignals`), `command` for the target's command, or what a user wrote where
   * there is no such option (`--deadlin`). The command line prints it in its own spelling.
   */
  readonly option: string;
  /** What would have been right. */
  readonly expected: string;
  /** What there was instead, already fit for print: see `shown`. */
  readonly given: string;
  /** What to write instead, as an order: `write 5s or 5000ms`. */
  readonly fix: string;
}

/**
 * Wrong usage or configuration: nothing was started. Its message names the option, what was expected, what was given,
 * and the fix. The command line exits with status 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly option: string;
  readonly expected: string;
  readonly given: string;
  readonly fix: string;

  constructor({ option, expected, given, fix }: Misuse) {
    super(`${option}: expected ${expected}, given ${given}; ${fix}`);
    this.option = option;
    this.expected = expected;
    this.given = given;
    this.fix = fix;
  }
}

/**
 * The target could not be tested: it did not start, or never answered. The fault is the target's (or its environment's),
 * not one of the options'. The command line exits with status 3.
 */
export class UntestableError extends Error {
  override readonly name = 'UntestableError';
  /** One sentence for people. */
  readonly reason: string;
  /** The last lines that the target wrote, oldest first. */
  readonly output: readonly string[];

  constructor(reason: string, output: readonly string[] = [], options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
    this.output = output;
  }
}

/** A value as an error message shows it: quoted, on one line, clipped, control characters escaped. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 1, maxStringLength: 120 });
}
