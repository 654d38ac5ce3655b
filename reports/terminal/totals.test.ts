import { describe, expect, test } from 'vitest';
import { type EndStatus, type TargetEnd, targetHeading, totals, worst } from './totals.js';

const view = { columns: 80, color: false, isInterrupted: false };

test.each([
  [[0, 0], 0],
  [[0, 3], 3],
  [[3, 1, 0], 1],
  [[1, 2], 2],
  [[2, 4, 1], 4],
  // Nothing at all was tested.
  [[], 3],
] as [EndStatus[], EndStatus][])('of the statuses %j the worst is %d', (statuses, status) => {
  expect(worst(statuses)).toBe(status);
});

describe('the closing line', () => {
  const end = (name: string, status: EndStatus, outcome?: TargetEnd['outcome']) => ({
    name,
    status,
    outcome,
  });

  test('counts the outcomes, and names the targets that did not pass', () => {
    const ends = [
      end('api', 0, 'conformant'),
      end('web', 0, 'conformant'),
      end('worker', 1, 'nonconformant'),
    ];
    expect(totals(ends, 3, view)).toBe(
      '\n3 targets: 2 conformant, 1 nonconformant (worker). Exit status 1.\n',
    );
  });

  test('tells what has no outcome', () => {
    const ends = [end('a', 0, 'conformant'), end('b', 3, 'untested'), end('c', 2), end('d', 4)];
    expect(totals(ends, 4, { ...view, columns: 120 })).toBe(
      '\n4 targets: 1 conformant, 1 untested (b), 1 with a wrong option (c), 1 not reported (d). Exit status 4.\n',
    );
    expect(totals([end('a', 0), end('b', 3)], 2, view)).toContain(
      '1 planned, 1 untested (b). Exit status 3.',
    );
  });

  test('does not call failed what the gate lets through, nor passed what it does not', () => {
    const ends = [end('a', 1, 'conformant'), end('b', 0, 'nonconformant')];
    expect(totals(ends, 2, { ...view, columns: 120 })).toContain(
      '1 conformant that fails the gate (a), 1 nonconformant that passes the gate. Exit status 1.',
    );
  });

  test('says after an interruption what was not begun', () => {
    expect(totals([end('a', 0, 'conformant')], 3, { ...view, isInterrupted: true })).toBe(
      '\n3 targets: 1 conformant, 1 interrupted, 1 not begun. Interrupted.\n',
    );
  });
});

test('a heading says which target, and how many there are', () => {
  expect(targetHeading('api', 0, 2, view)).toBe('Target 1 of 2: api\n\n');
  expect(targetHeading('api', 1, 2, view)).toBe('\nTarget 2 of 2: api\n\n');
});
