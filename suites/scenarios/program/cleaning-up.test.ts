import { describe, expect, test } from 'vitest';
import type { ProgramStage } from '../../../harness/stage/program-stage.js';
import type { ProgramFacts } from '../../../harness/survey/program-facts.js';
import { cleaningUp } from './cleaning-up.js';

const sentMs = 1000;

interface Does {
  /** Whether it lives once it has reacted. Default: true. */
  readonly reacts?: boolean;
  /** When its first new line comes; undefined where none does. */
  readonly newLineMs?: number;
  /** Whether it lives at the middle of its clean-up. Default: true. */
  readonly lives?: boolean;
}

/** A program of which the survey saw this, and that does this; and what the script does to it. */
async function played(
  facts: Partial<ProgramFacts> | undefined,
  { reacts = true, newLineMs, lives = true }: Does = {},
) {
  const done: unknown[] = [];
  const program = {
    ready: async () => done.push('ready'),
    send: (signal: string) => {
      done.push(signal);
      return sentMs;
    },
    release: async () => done.push('release'),
    reacted: async (signal: string, sinceMs: number) => {
      done.push(`reacted to ${signal} of ${sinceMs}`);
      return reacts;
    },
    saysNew: async (sinceMs: number, withinMs: number) => {
      done.push(`new line since ${sinceMs} within ${withinMs}`);
      return newLineMs;
    },
    aliveAt: async (fromMs: number, afterMs: number) => {
      done.push(`alive ${afterMs} after ${fromMs}`);
      return lives;
    },
    exit: async () => done.push('exit'),
  };
  const stage = { program, signal: 'SIGTERM', survey: { facts }, moment: () => done.push('moment') };
  await cleaningUp.play(stage as unknown as ProgramStage);
  return done;
}

const begins = ['ready', 'SIGTERM', 'release', `reacted to SIGTERM of ${sentMs}`];
const again = ['moment', 'SIGTERM', 'exit'];

describe('the second signal comes', () => {
  test('at once, where the clean-up is short or nobody knows how long it is', async () => {
    expect(await played({ stopsInMs: 299 })).toEqual([...begins, ...again]);
    expect(await played({ stopsInMs: undefined })).toEqual([...begins, ...again]);
    expect(await played(undefined)).toEqual([...begins, ...again]);
  });

  test('at once, where the clean-up tells nothing of its beginning', async () => {
    expect(await played({ stopsInMs: 1000 })).toEqual([...begins, ...again]);
    expect(await played({ stopsInMs: 1000, cleanUpLineInMs: 701 }, { newLineMs: 1700 })).toEqual([
      ...begins,
      ...again,
    ]);
  });

  test('before the middle of what follows its first line, from that line', async () => {
    expect(await played({ stopsInMs: 1000, cleanUpLineInMs: 500 }, { newLineMs: 1700 })).toEqual([
      ...begins,
      'new line since 1000 within 2500',
      'alive 250 after 1700',
      ...again,
    ]);
  });

  test('once that line has not come in a time that is long enough for it', async () => {
    expect(await played({ stopsInMs: 1000, cleanUpLineInMs: 500 })).toEqual([
      ...begins,
      'new line since 1000 within 2500',
      ...again,
    ]);
  });
});

test('none is sent to a program that has ended: it would reach nobody', async () => {
  expect(await played({ stopsInMs: 1000 }, { reacts: false })).toEqual([...begins, 'exit']);
});

test('a clean-up that was over before its middle is a moment missed', async () => {
  const survey = { stopsInMs: 1000, cleanUpLineInMs: 500 };
  await expect(played(survey, { newLineMs: 1700, lives: false })).rejects.toThrow(
    'the signal is sent again during the clean-up',
  );
});
