import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { connectHosts, familyOf } from './address.js';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  networkInterfaces: vi.fn(),
}));
afterEach(() => vi.resetAllMocks());

function machineWith(...addresses: string[]): void {
  const lo = addresses.map((address) => ({ address }) as NetworkInterfaceInfo);
  vi.mocked(networkInterfaces).mockReturnValue({ lo });
}

test.each([
  ['0.0.0.0', ['127.0.0.1'], 'tcp'],
  ['*', ['127.0.0.1'], 'tcp'],
  ['127.0.0.1', ['127.0.0.1'], 'tcp'],
  ['192.0.2.7', ['192.0.2.7'], 'tcp'],
  ['::1', ['::1'], 'tcp6'],
  ['::', ['::1', '::ffff:127.0.0.1'], 'tcp6'],
  ['::ffff:127.0.0.1', ['::ffff:127.0.0.1'], 'tcp6'],
])('what listens on %s is reached at %s, and stands in table %s', (host, reached, family) => {
  machineWith('127.0.0.1', '::1');
  expect(connectHosts(host)).toEqual(reached);
  for (const each of reached) expect(familyOf(each)).toBe(family);
});

test('what listens on :: on a machine without IPv6 is reached by IPv4, and stands in table tcp6', () => {
  machineWith('127.0.0.1');
  expect(connectHosts('::')).toEqual(['::ffff:127.0.0.1']);
  expect(familyOf('::ffff:127.0.0.1')).toBe('tcp6');
});
