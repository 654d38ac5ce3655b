import { describe, expect, test } from 'vitest';
import { UntestableError } from '../errors.js';
import type { Session } from '../session.js';
import { FakeInstance } from '../stage/fake-instance.js';
import {
  couldNotBeHeld,
  endedByItself,
  ifInBackground,
  noItemLines,
  noReadyLine,
} from './program-refusal.js';

const session = { target: { ready: /up/, startupTimeoutMs: 2000 } } as unknown as Session;

function instanceThatEnded(code: number | 'SIGSEGV' = 0, atMs = 1500): FakeInstance {
  const instance = new FakeInstance();
  instance.ends(code, atMs);
  instance.output.lines = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
  return instance;
}

describe('a program in the background', () => {
  test('is one whose first process ended, and of which others go on', () => {
    const instance = instanceThatEnded();
    instance.leavesSome = true;
    expect(() => ifInBackground(instance.asInstance())).toThrow(
      /its first process ended \(status 0\) and process 7 \(target\) goes on\. .* Start it in the foreground\.$/,
    );
  });

  test('is none that has ended, and none that lives', () => {
    expect(() => ifInBackground(instanceThatEnded().asInstance())).not.toThrow();
    expect(() => ifInBackground(new FakeInstance().asInstance())).not.toThrow();
  });
});

test('a program that ends well is told to run for longer or to print more, one that fails is not', () => {
  const well = endedByItself(instanceThatEnded().asInstance());
  expect(well).toBeInstanceOf(UntestableError);
  expect(well.reason).toMatch(
    /^The program ended by itself \(status 0\) after 1\.5 s\. .* Let it run for longer, or print more\. \(Its standard input is empty: .*\)$/,
  );
  expect(well.output).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 3}`));
  for (const [code, how] of [
    [3, 'status 3'],
    ['SIGSEGV', 'SIGSEGV'],
  ] as const)
    expect(endedByItself(instanceThatEnded(code).asInstance()).reason).toBe(
      `The program ended by itself (${how}) after 1.5 s. It must run until it is stopped.`,
    );
});

test('one that could not be held did not wait for a reader', () => {
  expect(couldNotBeHeld(instanceThatEnded().asInstance()).reason).toMatch(
    /\(status 0\), also while nobody reads its output/,
  );
});

test('a line that did not come is named by its option, with its expression and the time', () => {
  const instance = new FakeInstance().asInstance();
  expect(noReadyLine(session, instance).reason).toBe(
    'No line of the program’s output matched --ready /up/ within 2 s (--startup-timeout).'.replace('’', "'"),
  );
  expect(noItemLines(session, instance, /done/, 0).reason).toMatch(
    /^No line of .* --item \/done\/ within 2 s/,
  );
  expect(noItemLines(session, instance, /done/, 1).reason).toMatch(
    /^Only one line of .*: two that come apart/,
  );
  expect(noItemLines(session, instance, /done/, 2).reason).toMatch(
    /^2 lines of .* --item \/done\/, all at one time, within/,
  );
});
