import { expect, test } from 'vitest';
import type { TargetKind } from '../contract/contract.js';
import { checkOptionsOf, isOptionOf } from './kind-options.js';

const kinds: readonly TargetKind[] = ['server', 'client', 'program', 'pair'];

/** Whose option it is, by the tables of the README and by what each kind's interface says. */
const owners: readonly [option: string, kinds: readonly TargetKind[]][] = [
  ...['deadline', 'tolerance', 'exitStatus', 'ready', 'startupTimeout', 'env', 'cwd', 'stopSignals'].map(
    (option): [string, readonly TargetKind[]] => [option, kinds],
  ),
  ...['only', 'skip', 'full', 'jobs', 'repeat'].map((option): [string, readonly TargetKind[]] => [
    option,
    kinds,
  ]),
  ['protocol', ['server', 'client', 'pair']],
  ['notice', ['server', 'client', 'pair']],
  ['port', ['server', 'client', 'pair']],
  ['reloadSignals', ['server']],
  ['ignoreSignals', ['server', 'program', 'pair']],
  ['path', ['server']],
  ['slowPath', ['server']],
  ['clients', ['server', 'pair']],
  ['sweep', ['server', 'program']],
  ['handles', ['program']],
  ['item', ['program']],
  ['afterNotice', ['client', 'pair']],
  ['signalTo', ['pair']],
];

test.each(owners)('%s is an option of %j, and rejected for other kinds', (option, its) => {
  for (const kind of kinds) {
    expect(isOptionOf(kind, option), kind).toBe(its.includes(kind));
    const check = () => checkOptionsOf(kind, { deadline: '5s', [option]: 'x' });
    if (its.includes(kind)) expect(check).not.toThrow();
    else
      expect(check).toThrow(
        expect.objectContaining({
          name: 'UsageError',
          option,
          expected: `an option for a ${kind}`,
          given: 'one for another kind of target',
          fix: `leave it out: it has no meaning for a ${kind}`,
        }),
      );
  }
});

test('what was left out, as command lines do, is not given; false and 0 are', () => {
  expect(() => checkOptionsOf('program', { notice: undefined })).not.toThrow();
  expect(() => checkOptionsOf('program', { notice: false })).toThrow(
    /^notice: expected an option for a program/,
  );
  expect(() => checkOptionsOf('program', { port: 0 })).toThrow(/^port: /);
});
