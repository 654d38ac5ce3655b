import { expect, test } from 'vitest';
import { commandFor, filledIn } from './command-for.js';

test('what is known is filled in wherever it stands, and what is not stays as it was written', () => {
  const command = ['app', '--listen=unix:{socket}', '{port}{port}', '{pidfile}', '{host}'];
  const told = { port: 80, socket: '/run/$&.sock' };
  expect(commandFor(command, told)).toEqual([
    'app',
    '--listen=unix:/run/$&.sock',
    '8080',
    '{pidfile}',
    '{host}',
  ]);
  expect(filledIn('{pidfile}:{host}', { pidFile: '/p', host: 'h' })).toBe('/p:h');
});
