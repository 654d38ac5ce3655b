import { expect, test } from 'vitest';
import { deliverable } from '../contract/delivery.js';
import { UsageError } from '../errors.js';
import { parseDeliveries } from './delivery.js';

test('a list is read from a text with commas, or from a list; what comes twice counts once', () => {
  expect(parseDeliveries('delivery', 'group, background,group')).toEqual(['group', 'background']);
  expect(parseDeliveries('delivery', ['process'])).toEqual(['process']);
});

test('wrapper is all wrappers, and each has its own name', () => {
  const all = ['wrapper-dash', 'wrapper-bash', 'wrapper-npm', 'wrapper-yarn', 'wrapper-pnpm'];
  expect(parseDeliveries('delivery', 'wrapper')).toEqual(all);
  expect(parseDeliveries('delivery', 'wrapper-npm,process,wrapper')).toEqual([
    'wrapper-npm',
    'process',
    ...all.filter((name) => name !== 'wrapper-npm'),
  ]);
});

test.each(['', 'wrapper-', 'wrapper-zsh', 'gruop', 'group,,process', 'constructor'])(
  '%j is refused',
  (word) => {
    expect(() => parseDeliveries('delivery', word)).toThrow(UsageError);
  },
);

test('a word that is nearly one gets a suggestion', () => {
  expect(() => parseDeliveries('delivery', 'gruop')).toThrow(/did you mean group/);
});

test('to a group comes first what a terminal sends, and to the background nothing that it has ignored', () => {
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;
  expect(deliverable('process', signals)).toEqual(signals);
  expect(deliverable('group', signals)).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);
  expect(deliverable('group', ['SIGTERM'])).toEqual(['SIGTERM']);
  expect(deliverable('background', signals)).toEqual(['SIGTERM', 'SIGHUP']);
  expect(deliverable('wrapper-npm', signals)).toEqual(signals);
});
