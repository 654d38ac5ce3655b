import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toJson } from '../../reports/json.js';
import type { Report } from '../../reports/report.js';
import { recordingOf } from '../../suites/testing/recording-builder.js';
import { reportRun } from '../conform/assemble.js';
import { judgeAgain } from '../conform/judge-again.js';
import type { Recording } from '../recording/recording.js';
import { fakeIo, reportOf } from './fake-io.js';
import { main } from './main.js';
import { prepareRecordings } from './record-folder.js';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'judge-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A stop that ends with a status. */
function run(scenario: string, code: number): Recording {
  const events = [
    { type: 'spawned', pid: 10, port: 8080, atMs: 0 },
    { type: 'ready', atMs: 100 },
    { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 },
    { type: 'exit', pid: 10, code, signal: null, atMs: 1050 },
    { type: 'gone', atMs: 1051 },
  ] as const;
  return { ...recordingOf(events, { run: { scenario } }), kind: 'server' };
}

/** What a test of these runs reports: judged by all requirements. */
async function tested(recordings: readonly Recording[], more: Partial<Report> = {}): Promise<Report> {
  const [{ contract, survey }] = recordings as readonly [Recording, ...Recording[]];
  const frame = reportOf({
    survey: {
      ...survey,
      cores: 2,
      honoursPort: true,
      addresses: ['127.0.0.1:8080'],
      facts: undefined,
    } as never,
    runs: [],
    ...more,
  });
  return judgeAgain({ ...frame, target: { ...frame.target, ...more.target, contract } }, recordings);
}

const good = [run('idle', 0), run('idle-clients', 0), run('busy-clients', 0)];
const odd = [run('idle', 0), run('idle-clients', 0), run('busy-clients', 7)];

async function command(...args: string[]) {
  const { io, out, err } = fakeIo();
  const ending = await main(args, io);
  return { ending, out: out(), err: err().replace(/\s+/g, ' ') };
}

describe('judge', () => {
  test.each([
    ['conforming', good, 0],
    ['failing', odd, 1],
  ])('a %s report that was judged again is the same, byte for byte', async (_name, recordings, status) => {
    const report = await tested(recordings);
    writeFileSync(at('a.json'), toJson(report));
    const { ending, out } = await command('judge', at('a.json'), '--json', at('again.json'));
    expect(readFileSync(at('again.json'), 'utf8')).toBe(toJson(report));
    expect(ending).toEqual({ status });
    expect(out.replace(/\s+/g, ' ')).toContain(`Exit status ${status}.`);
    expect(report.verdicts.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(10);
  });

  test('a folder of recordings gives the same verdicts, in the same order', async () => {
    const report = await tested(odd);
    await prepareRecordings(at('rec')).commit(report);
    expect(readdirSync(at('rec')).toSorted()).toEqual([
      'busy-clients_SIGTERM.json',
      'idle-clients_SIGTERM.json',
      'idle_SIGTERM.json',
    ]);
    const { ending } = await command('judge', at('rec'), '--json', at('again.json'));
    const again: Report = JSON.parse(readFileSync(at('again.json'), 'utf8'));
    expect(again.verdicts).toEqual(JSON.parse(toJson(report)).verdicts);
    expect(again.runs).toEqual(JSON.parse(toJson(report)).runs);
    expect(again.remarks).toEqual([]);
    expect(ending).toEqual({ status: 1 });
  });

  test('a few recordings are judged among themselves, and the report says that there were more', async () => {
    await prepareRecordings(at('rec')).commit(await tested(odd));
    const paths = ['idle_SIGTERM.json', 'idle-clients_SIGTERM.json'].map((name) => join(at('rec'), name));
    const { ending, out } = await command('judge', ...paths);
    expect(ending).toEqual({ status: 0 });
    expect(out.replace(/\s+/g, ' ')).toContain('2 of 3 recordings were given');
  });

  test('what was interrupted never becomes conformant', async () => {
    const report = await tested(good, {
      outcome: 'interrupted',
      reason: 'It was interrupted after 3 of 9 runs.',
    });
    writeFileSync(at('a.json'), toJson(report));
    await prepareRecordings(at('rec')).commit(report);
    expect((await command('judge', at('a.json'))).ending).toEqual({ status: 3 });
    expect((await command('judge', at('rec'))).ending).toEqual({ status: 3 });
  });

  test('a report at the place of what is judged is refused, and what is there stays', async () => {
    const report = await tested(good);
    await prepareRecordings(at('rec')).commit(report);
    const place = join(at('rec'), 'idle_SIGTERM.json');
    const before = readFileSync(place, 'utf8');
    const { ending, err } = await command('judge', at('rec'), '--json', place);
    expect(ending).toEqual({ status: 2 });
    expect(err).toContain('expected another place than that of');
    expect(readFileSync(place, 'utf8')).toBe(before);
  });

  test('only the requirements that the test was asked for are judged again', async () => {
    const report = await tested(odd, { judged: ['exit.status'] });
    writeFileSync(at('a.json'), toJson(report));
    await command('judge', at('a.json'), '--json', at('again.json'));
    expect(readFileSync(at('again.json'), 'utf8')).toBe(toJson(report));
    expect(new Set(report.verdicts.map(({ requirement }) => requirement))).toEqual(new Set(['exit.status']));
  });

  test('recordings of a sweep are judged by what a sweep is judged by', async () => {
    const swept = run('sweep-accept4-1', 0);
    await prepareRecordings(at('rec')).commit(await tested([swept]));
    await command('judge', at('rec'), '--json', at('again.json'));
    const { verdicts }: Report = JSON.parse(readFileSync(at('again.json'), 'utf8'));
    expect(verdicts.map(({ requirement }) => requirement)).toContain('exit.status');
    expect(verdicts.filter(({ requirement }) => requirement.startsWith('repeat.'))).toEqual([]);
  });

  test.each<[string, () => Promise<string[]>, string]>([
    ['nothing', async () => [], 'name at least one'],
    ['a file that is not there', async () => [at('no.json')], 'ENOENT'],
    [
      'an empty folder',
      async () => {
        mkdirSync(at('empty'));
        return [at('empty')];
      },
      'without any .json file',
    ],
    [
      'a truncated report',
      async () => {
        const text = toJson(await tested(good));
        writeFileSync(at('cut.json'), text.slice(0, text.length / 2));
        return [at('cut.json')];
      },
      'the beginning of one',
    ],
    [
      'a report without runs',
      async () => {
        writeFileSync(
          at('none.json'),
          toJson(reportOf({ outcome: 'untested', reason: 'It did not start.' })),
        );
        return [at('none.json')];
      },
      'without runs (It did not start.)',
    ],
    [
      'recordings of two targets',
      async () => {
        await prepareRecordings(at('one')).commit(await tested(good));
        const other = { ...reportOf({}).target, command: ['other'] };
        await prepareRecordings(at('two')).commit(await tested([run('restart', 0)], { target: other }));
        return [at('one'), at('two')];
      },
      'different targets: server x in',
    ],
    [
      'recordings of two contracts',
      async () => {
        await prepareRecordings(at('one')).commit(await tested(good));
        const slow = { ...run('restart', 0) };
        await prepareRecordings(at('two')).commit(
          await tested([{ ...slow, contract: { ...slow.contract, deadlineMs: 9000 } }]),
        );
        return [at('one'), at('two')];
      },
      'different contracts',
    ],
    [
      'a run that is there twice',
      async () => {
        await prepareRecordings(at('one')).commit(await tested(good));
        await prepareRecordings(at('two')).commit(await tested(good));
        return [at('one'), at('two')];
      },
      'the run idle/SIGTERM twice',
    ],
    [
      'a part of a suite beside others',
      async () => {
        const shard = { index: 1, of: 2, planned: good.map(({ run: { id } }) => id) };
        writeFileSync(at('a.json'), toJson(await tested(good, { shard })));
        writeFileSync(at('b.json'), toJson(await tested([run('restart', 0)])));
        return [at('a.json'), at('b.json')];
      },
      'signal-conformance merge',
    ],
  ])('%s is refused with one message, and nothing is overwritten', async (_what, prepare, words) => {
    writeFileSync(at('out.json'), 'kept');
    const { ending, err } = await command('judge', ...(await prepare()), '--json', at('out.json'));
    expect(ending).toEqual({ status: 2 });
    expect(err).toContain(words);
    expect(err).toContain('fix');
    expect(readFileSync(at('out.json'), 'utf8')).toBe('kept');
  });
});

describe('merge', () => {
  /** Parts as machines would report them, in files. */
  async function parts(recordings: readonly Recording[], split: readonly (readonly Recording[])[]) {
    const planned = recordings.map(({ run: { id } }) => id);
    const paths: string[] = [];
    for (const [place, played] of split.entries()) {
      const [any] = recordings as readonly [Recording, ...Recording[]];
      const whole = await tested([any]);
      const shard = { index: place + 1, of: split.length, planned };
      const report = await judgeAgain({ ...whole, shard }, played);
      const path = at(`shard-${place + 1}.json`);
      writeFileSync(path, toJson({ ...report, runs: played.map((one) => reportRun(one, report.survey)) }));
      paths.push(path);
    }
    return paths;
  }

  test('the parts of a suite give the verdicts of the whole', async () => {
    const [a, b, c] = odd as [Recording, Recording, Recording];
    const paths = await parts(odd, [[c], [], [a, b]]);
    const { ending } = await command('merge', ...paths, '--json', at('all.json'));
    const merged: Report = JSON.parse(readFileSync(at('all.json'), 'utf8'));
    const whole: Report = JSON.parse(toJson(await tested(odd)));
    expect(merged.verdicts).toEqual(whole.verdicts);
    expect(merged.runs).toEqual(whole.runs);
    expect(merged.outcome).toBe('nonconformant');
    expect(merged.shard).toBeUndefined();
    expect(ending).toEqual({ status: 1 });
  });

  test('what was surveyed on another machine stays with its runs, so that they can be judged again', async () => {
    const other = run('busy-clients', 0);
    const elsewhere = { ...other, survey: { ...other.survey, startMs: 999, handled: [] } };
    const recordings = [run('idle', 0), elsewhere];
    const paths = await parts(recordings, [[run('idle', 0)], [elsewhere]]);
    await command('merge', ...paths, '--json', at('all.json'));
    await command('judge', at('all.json'), '--json', at('again.json'));
    expect(readFileSync(at('again.json'), 'utf8')).toBe(readFileSync(at('all.json'), 'utf8'));
    expect(JSON.parse(readFileSync(at('all.json'), 'utf8')).runs[1].survey.startMs).toBe(999);
  });

  test('a missing part is named, and nothing is overwritten', async () => {
    const [first = '', , third = ''] = await parts(good, [[run('idle', 0)], [run('idle-clients', 0)], []]);
    writeFileSync(at('all.json'), 'kept');
    const { ending, err } = await command('merge', first, third, '--json', at('all.json'));
    expect(ending).toEqual({ status: 2 });
    expect(err).toContain('2 of 3 shards, without shard 2');
    expect(readFileSync(at('all.json'), 'utf8')).toBe('kept');
  });

  test('a part that does not say how its signals were delivered is refused, and nothing is overwritten', async () => {
    const [path = ''] = await parts(good, [good]);
    const report: Report = JSON.parse(readFileSync(path, 'utf8'));
    const runs = report.runs.map(({ delivery: _, ...rest }) => rest);
    writeFileSync(path, JSON.stringify({ ...report, runs }));
    writeFileSync(at('all.json'), 'kept');
    const { ending, err } = await command('merge', path, '--json', at('all.json'));
    expect(ending).toEqual({ status: 2 });
    expect(err).toContain('did not keep how its signals were delivered');
    expect(readFileSync(at('all.json'), 'utf8')).toBe('kept');
  });
});
