import type { OwnScenario } from '../../suites/own.js';
import type { Scenario } from '../../suites/scenario.js';
import type { Contract } from '../contract/contract.js';
import { allSignalNames } from '../contract/signal-name.js';
import { shown, UsageError } from '../errors.js';
import { MomentMissed } from '../stage/moment-missed.js';
import { duration } from '../words.js';
import { inWords } from './fault.js';
import { watchStage } from './watch-stage.js';

/** Beyond what it says, or beyond the deadline: a start, and waits that go on a little after their bounds. */
const reserveMs = 60_000;

/**
 * A scenario of a suite, as the planner and the stage may call it. A mistake in its script is a missed moment that names
 * the suite; one in what it says of itself is wrong usage, since nothing can be planned then.
 */
export function guardScenario(given: OwnScenario<object>, suite: string): Scenario<object> {
  const { id, title, core, early } = given;
  const says = <Args extends readonly unknown[], Value>(
    name: string,
    say: (...args: Args) => Value,
    isRight: (value: unknown) => boolean,
    expected: string,
  ) => {
    return (...args: Args): Value => {
      const wrong = (problem: string) =>
        new UsageError({
          option: 'suite',
          expected: `${name}() of ${id} to return ${expected}`,
          given: problem,
          fix: `correct it in ${suite}`,
        });
      let value: Value;
      try {
        value = say(...args);
      } catch (error) {
        throw wrong(inWords(error));
      }
      if (isRight(value)) return value;
      throw wrong(shown(value));
    };
  };
  const { signals, thenSignals, deadlineMs, expectedMs, impossible } = given;
  return {
    id,
    title,
    ...(core === undefined ? {} : { core }),
    ...(early === undefined ? {} : { early }),
    ...(signals && { signals: says('signals', signals, isSignalsOrNone, 'a list of signals, or [null]') }),
    ...(thenSignals && { thenSignals: says('thenSignals', thenSignals, isSignals, 'a list of signals') }),
    ...(deadlineMs && { deadlineMs: says('deadlineMs', deadlineMs, isDuration, 'milliseconds') }),
    ...(expectedMs && { expectedMs: says('expectedMs', expectedMs, isDuration, 'milliseconds') }),
    ...(impossible && {
      impossible: says('impossible', impossible.bind(given), isReason, 'a reason, or undefined'),
    }),
    play: (stage) => playGuarded(given, stage, suite),
  };
}

async function playGuarded(given: OwnScenario<object>, stage: object, suite: string): Promise<void> {
  const { contract } = stage as { readonly contract: Contract };
  const mostMs = Math.max(given.expectedMs?.(contract) ?? 0, contract.deadlineMs) + reserveMs;
  const atFault = (reason: string) =>
    new MomentMissed(
      `the script of ${given.id} is played to its end`,
      `${reason}: a fault of the suite ${suite}, and not of the target`,
      { suite },
    );
  const watched = watchStage(stage);
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(atFault(`it had not ended after ${duration(mostMs)}`)), mostMs);
  });
  try {
    await Promise.race([given.play(watched.stage), tooLong]);
  } catch (error) {
    throw error instanceof MomentMissed ? error : atFault(inWords(error));
  } finally {
    clearTimeout(timer);
  }
  const failed = watched.failed();
  // A moment that was missed is missed, whether the script has awaited it or not.
  if (failed) throw failed.error instanceof MomentMissed ? failed.error : atFault(inWords(failed.error));
  const [first] = watched.pending();
  if (first !== undefined) throw atFault(`it ended before ${first} had ended (an await is missing)`);
}

const isSignals = (value: unknown) =>
  Array.isArray(value) && value.every((name) => (allSignalNames() as readonly unknown[]).includes(name));
const isSignalsOrNone = (value: unknown) =>
  isSignals(value) || (Array.isArray(value) && value.length === 1 && value[0] === null);
const isDuration = (value: unknown) => typeof value === 'number' && value > 0 && value <= 86_400_000;
const isReason = (value: unknown) => value === undefined || (typeof value === 'string' && value !== '');
