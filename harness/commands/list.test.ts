import { describe, expect, test } from 'vitest';
import { fakeIo } from './fake-io.js';
import { main } from './main.js';

describe('list and explain', () => {
  test('list everything as text', async () => {
    const { io, out } = fakeIo();
    await main(['list'], io);
    const text = out();
    expect(text).toMatch(/^2 requirements.*notice\.every-client {2}MUST {4}2026 {2}Every client/s);
    expect(text).toMatch(/Scenarios, starting:\n {2}early-bound {10}the socket is bound/);
  });

  test('list everything as tables, with | escaped', async () => {
    const { io, out } = fakeIo();
    await main(['list', '--format', 'markdown'], io);
    expect(out()).toContain(
      '| `notice.every-client` | MUST | 2026 | Every client is told \\| before its connection closes. |\n',
    );
  });

  test('list everything as JSON', async () => {
    const { io, out } = fakeIo();
    await main(['list', '--format', 'json'], io);
    const listed = JSON.parse(out());
    expect(listed.schema).toBe('signal-conformance/catalogue/1');
    expect(listed.requirements.map(({ id }: { id: string }) => id)).toEqual([
      'notice.every-client',
      'notice.once',
    ]);
    expect(listed.scenarios[1]).toEqual({
      id: 'early-bound',
      family: 'early',
      title: 'the socket is bound',
      group: 'starting',
    });
  });

  test.each(['notice.every-client', 'notice.every-client@idle/SIGTERM'])('explain %s', async (id) => {
    const { io, out } = fakeIo();
    expect(await main(['explain', id], io)).toEqual({ status: 0 });
    const text = out();
    for (const part of ['MUST', 'Every client', 'cannot finish', 'Keep a set', 'Node.js', 'Set of sockets'])
      expect(text).toContain(part);
    expect(text).toContain('owner/repository#1');
    expect(text).not.toContain('Python');
  });
});

test('explain says since when it is demanded', async () => {
  const { io, out } = fakeIo();
  await main(['explain', 'notice.once'], io);
  expect(out()).toContain('Demanded since the edition of 2026.');
});
