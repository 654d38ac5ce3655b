import { describe, expect, test } from 'vitest';
import { diagnose } from './diagnosis.js';
import { inspectMachine, type Machine } from './machine.js';

const good: Machine = {
  platform: 'linux',
  nodeVersion: '20.19.0',
  cores: 4,
  freeBytes: 2 ** 32,
  totalBytes: 2 ** 33,
  openFiles: 1024,
  ephemeralPorts: [32_768, 60_999],
  procFiles: [{ path: '/proc/net/tcp', readable: true }],
  showsSignalMasks: true,
  straceProblem: undefined,
  terminalProblem: undefined,
  wrappers: [{ wrapper: 'npm', found: { file: '/usr/bin/npm', version: '11.19.1', shell: 'dash' } }],
  pid1Problem: undefined,
  namespaceProblem: undefined,
  programs: new Set(['ss']),
};

function states(machine: Partial<Machine>): Record<string, string> {
  return Object.fromEntries(diagnose({ ...good, ...machine }).map(({ about, state }) => [about, state]));
}

describe('the doctor', () => {
  test('finds nothing wrong with a good machine', () => {
    expect(new Set(Object.values(states({})))).toEqual(new Set(['fine']));
  });

  const bad: [string, string, Partial<Machine>][] = [
    ['platform', 'cannot', { platform: 'win32' }],
    ['platform', 'cannot', { platform: 'freebsd' }],
    ['platform', 'limited', { platform: 'darwin' }],
    ['Node.js', 'cannot', { nodeVersion: '20.18.3' }],
    ['Node.js', 'cannot', { nodeVersion: '18.20.0' }],
    ['/proc', 'cannot', { procFiles: [{ path: '/proc/net/tcp', readable: false }] }],
    ['signal masks', 'limited', { showsSignalMasks: false }],
    ['ps', 'cannot', { platform: 'darwin', programs: new Set(['lsof']) }],
    ['ss', 'limited', { programs: new Set() }],
    ['terminal', 'limited', { terminalProblem: 'the package is not here' }],
    ['wrapper-yarn', 'limited', { wrappers: [{ wrapper: 'yarn', found: 'yarn is not on PATH' }] }],
    ['hangup', 'limited', { terminalProblem: 'the package is not here' }],
    ['pid1', 'limited', { pid1Problem: 'unshare failed: Operation not permitted' }],
    ['namespaces', 'limited', { namespaceProblem: 'unshare: unshare failed: Operation not permitted' }],
    ['strace', 'limited', { straceProblem: 'it is not here' }],
    ['lsof', 'cannot', { platform: 'darwin', programs: new Set(['ps']) }],
    ['cores', 'limited', { cores: 1 }],
    ['memory', 'limited', { freeBytes: 2 ** 29 }],
    ['open files', 'limited', { openFiles: 256 }],
    ['open files', 'limited', { openFiles: undefined }],
    ['open files', 'fine', { openFiles: Number.POSITIVE_INFINITY }],
    ['local ports', 'limited', { ephemeralPorts: [32_768, 33_000] }],
    ['local ports', 'limited', { ephemeralPorts: [1024, 65_535] }],
    ['Node.js', 'fine', { nodeVersion: '26.0.0' }],
  ];
  test.each(bad)('finds that %s is %s with %j', (about, state, machine) => {
    expect(states(machine)[about]).toBe(state);
  });

  test('reads this machine', async () => {
    const machine = await inspectMachine(process.platform);
    expect(machine.nodeVersion).toBe(process.versions.node);
    expect(machine.openFiles).toBeGreaterThan(0);
    expect(machine.cores).toBeGreaterThan(0);
  });
});
