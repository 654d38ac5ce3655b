import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UntestableError, UsageError } from '../errors.js';
import { engine } from './engine.js';
import { failed, fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'play-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the end of a test', () => {
  const must = { id: 'notice.every-client@r', requirement: 'notice.every-client', run: 'r', evidence: [] };
  const failed = { ...must, level: 'SHOULD', outcome: 'fail', message: 'it was not' } as const;

  test.each([
    ['conformant', 0],
    ['nonconformant', 1],
    ['untested', 3],
  ] as const)('is by outcome: %s is %d', async (outcome, status) => {
    const { io, out } = fakeIo({ conform: async () => reportOf({ outcome }) });
    expect(await main(['node'], io)).toEqual({ status });
    expect(out()).toContain(`Exit status ${status}.`);
  });

  test('counts a failed SHOULD with --strict only', async () => {
    const conform = async () => reportOf({ verdicts: [failed] });
    expect(await main(['node'], fakeIo({ conform }).io)).toEqual({ status: 0 });
    expect(await main(['--strict', 'node'], fakeIo({ conform }).io)).toEqual({ status: 1 });
  });

  test('is by the signal that interrupted it, after the report was written', async () => {
    const json = join(folder, 'interrupted.json');
    const { io, signals } = fakeIo({
      conform: (_command, _options, { signal }) =>
        new Promise((done) => {
          signal.addEventListener('abort', () => done(reportOf({ outcome: 'interrupted' })));
          signals.emit('SIGHUP');
        }),
    });
    expect(await main(['--json', json, 'node'], io)).toEqual({ signal: 'SIGHUP' });
    expect(JSON.parse(readFileSync(json, 'utf8')).outcome).toBe('interrupted');
  });

  test('is 3 with the reason and the last output where a plan needs a target that does not start', async () => {
    const dryRun = () => Promise.reject(new UntestableError('it never listened', ['last words']));
    const { io, err } = fakeIo({ dryRun });
    expect(await main(['--dry-run', 'node'], io)).toEqual({ status: 3 });
    expect(err()).toMatch(/it never listened\n {2}last words/);
  });

  test('is not decided here for a fault', async () => {
    const { io } = fakeIo({ conform: () => Promise.reject(new TypeError('a bug')) });
    await expect(main(['node'], io)).rejects.toThrow('a bug');
  });
});

test('a dry run prints the survey, the runs, and what is not played', async () => {
  const { survey } = reportOf({});
  const { io, out } = fakeIo({
    dryRun: async () => ({
      survey: { ...survey, honoursPort: false, addresses: ['127.0.0.1:80'], handled: ['SIGTERM'] },
      protocol: 'http',
      runs: [{ id: 'idle/SIGTERM', title: 'no clients', expectedMs: 1500 }],
      notPlayed: [{ id: 'slow-request', reason: 'no slow path' }],
      lowerBoundMs: 2000,
    }),
  });
  expect(await main(['--dry-run', 'node'], io)).toEqual({ status: 0 });
  const text = out();
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'speaks http; was ready after 1 ms; listens on 127.0.0.1:80;',
  );
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'does not honour PORT: one instance at a time; handles SIGTERM.',
  );
  expect(text).toContain('\n1 run would be played, for at least 2 s:\n');
  expect(text).toContain('\n  idle/SIGTERM  no clients (about 1.5 s)\n');
  expect(text).toContain('\nNot played:\n  slow-request  no slow path\n');
});

describe('reports', () => {
  test('go to their files, and the result to standard output', async () => {
    const json = join(folder, 'a.json');
    const junit = join(folder, 'a.xml');
    const { io, out } = fakeIo({ conform: async () => reportOf({}) });
    await main(['--json', json, '--junit', junit, 'node'], io);
    expect(JSON.parse(readFileSync(json, 'utf8')).schema).toBe('signal-conformance/report/1');
    expect(readFileSync(junit, 'utf8')).toMatch(/<testsuites/);
    expect(out()).toContain('conformant');
  });

  test.runIf(process.platform === 'linux')(
    'that cannot be written are no success, and keep nobody from the result',
    async () => {
      const junit = join(folder, 'beside.xml');
      for (const outcome of ['conformant', 'nonconformant'] as const) {
        const { io, out, err } = fakeIo({ conform: async () => reportOf({ outcome }) });
        const ending = await main(['--json', '/dev/full', '--junit', junit, 'node'], io);
        expect(ending).toEqual({ status: 4 });
        const text = out().replaceAll(/\s+/g, ' ');
        expect(text).toContain('Exit status 4: a report could not be written.');
        expect(text).toMatch(new RegExp(`(^| )${outcome}:`));
        expect(text.match(/Exit status/g)).toHaveLength(1);
        expect(err()).toContain(
          'signal-conformance: a report could not be written: --json /dev/full: ENOSPC: no space left on device\n',
        );
        expect(readFileSync(junit, 'utf8')).toMatch(/<testsuites/);
      }
    },
  );

  test('are there before the result is printed', async () => {
    const json = join(folder, 'first.json');
    const { io } = fakeIo({ conform: async () => reportOf({}) });
    let isThere = false;
    io.stdout.once('data', () => {
      isThere = existsSync(json);
    });
    await main(['--json', json, 'node'], io);
    await new Promise((done) => setImmediate(done));
    expect(isThere).toBe(true);
  });

  test('have standard output for themselves with -', async () => {
    const { io, out, err } = fakeIo({ conform: async () => reportOf({}) });
    await main(['--json', '-', 'node'], io);
    expect(JSON.parse(out()).outcome).toBe('conformant');
    expect(err()).toContain('conformant');
  });

  test('of a former run stay where an option is wrong', async () => {
    const json = join(folder, 'kept.json');
    await main(['--json', json, 'node'], fakeIo({ conform: async () => reportOf({}) }).io);
    const former = readFileSync(json, 'utf8');
    for (const wrong of [
      ['--deadline', 'xyz', process.execPath],
      ['no-such-program-anywhere'],
      ['--suite', './no-suite.mjs', process.execPath],
    ]) {
      const { io } = fakeIo({ validate: engine.validate });
      expect(await main(['--json', json, ...wrong], io)).toEqual({ status: 2 });
      expect(readFileSync(json, 'utf8')).toBe(former);
    }
  });

  test('of a former run stay where the survey alone shows that an option is wrong', async () => {
    const places = ['late.json', 'late.html'].map((name) => join(folder, name));
    const [json = '', html = ''] = places;
    const rec = join(folder, 'late-recordings');
    const args = ['--json', json, '--html', html];
    await main([...args, 'node'], fakeIo({ conform: async () => reportOf({}) }).io);
    const former = places.map((path) => [readFileSync(path, 'utf8'), Math.round(statSync(path).mtimeMs)]);
    const duringTest: boolean[] = [];
    const { io } = fakeIo({
      conform: async () => {
        duringTest.push(existsSync(json));
        throw new UsageError({ option: 'only', expected: 'x', given: 'y', fix: 'z' });
      },
    });
    expect(await main([...args, '--record', rec, 'node'], io)).toEqual({ status: 2 });
    // Whoever kills the survey finds none, as ever.
    expect(duringTest).toEqual([false]);
    expect(places.map((path) => [readFileSync(path, 'utf8'), Math.round(statSync(path).mtimeMs)])).toEqual(
      former,
    );
    expect(existsSync(rec)).toBe(false);
  });

  test('of a former run do not survive a target that cannot be tested', async () => {
    const json = join(folder, 'former.json');
    await main(['--json', json, 'node'], fakeIo({ conform: async () => reportOf({}) }).io);
    const { io } = fakeIo({ conform: () => Promise.reject(new UntestableError('x')) });
    await main(['--json', json, 'node'], io);
    expect(() => readFileSync(json)).toThrow(/ENOENT/);
  });

  test('tell how to play one run again with the same options', async () => {
    const html = join(folder, 'again.html');
    const { io, out } = fakeIo({
      conform: async () =>
        reportOf({
          outcome: 'nonconformant',
          target: { ...reportOf({}).target, command: ['node', 's.js'] },
          verdicts: [failed],
        }),
    });
    const args = ['--deadline', '3s', '--no-notice', '--env', 'A=b c', '--only', 'i*', '--strict', '--quiet'];
    await main([...args.slice(0, -1), '--html', html, 'node', 's.js'], io);
    const command = out().replaceAll(/ \\\n\s*/g, ' ');
    const [again = ''] = /signal-conformance --only .*/.exec(command) ?? [];
    expect(readFileSync(html, 'utf8')).toContain(`<code class="command">${again}</code>`);
    expect(command).toMatch(/signal-conformance --only 'idle\/SIGTERM' .* node s\.js/);
    for (const part of ['--deadline 3s', '--no-notice', "--env 'A=b c'", '--strict'])
      expect(command).toContain(part);
    expect(command.match(/--(no-)?notice/g)).toEqual(['--no-notice']);
    expect(command).not.toContain("'i*'");
  });
});
