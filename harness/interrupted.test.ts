import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { withRealInterpreter } from '../fixtures/testing/command.js';
import { type MarkedHarness, startHarness } from '../fixtures/testing/marked-harness.js';
import { reasonToSkip } from '../fixtures/testing/prerequisites.js';
import { endAll, processesWith } from '../fixtures/testing/processes.js';
import { until } from '../fixtures/testing/started.js';

// cli.test.ts shows that an interrupted demo cleans up; here it is interrupted at points that are seen, and killed.
const room = pLimit(3);
const timeout = 120_000;

interface Point {
  readonly program: string;
  /** Whether the harness has come to this point, as seen from outside. */
  readonly reached: (mark: string, told: string) => boolean;
}

/** The live processes of a run's first instance, known by the end of their cookie. */
const targets = (mark: string, run: string) => processesWith(mark, 'SIGNAL_CONFORMANCE_RUN=', `/${run}#0`);
const run = 'idle/SIGTERM~1';

const points: Record<string, Point> = {
  'during the survey': {
    program: 'never_answers.py',
    reached: (mark) => targets(mark, 'survey').length > 0,
  },
  'while the target of a run starts': {
    program: 'slow_start.py',
    reached: (mark) => targets(mark, run).length > 0,
  },
  'while it waits for a target that was told to stop': {
    program: 'notes_signal.py',
    reached: (mark, told) => targets(mark, run).some((pid) => existsSync(join(told, String(pid)))),
  },
};

interface Interrupted {
  readonly harness: MarkedHarness;
  /** What is left in the folder of its reports. */
  readonly files: () => string[];
  readonly report: () => { outcome: string };
}

/** Interrupts the harness when it has come to a point, and cleans up after what it may have left. */
function interruptAt(
  point: Point,
  signal: NodeJS.Signals,
  check: (interrupted: Interrupted) => Promise<void>,
): Promise<void> {
  return room(async () => {
    const [told, reports] = [mkdtempSync(join(tmpdir(), 'told-')), mkdtempSync(join(tmpdir(), 'reports-'))];
    const json = join(reports, 'report.json');
    const program = fileURLToPath(new URL(`../fixtures/bad/${point.program}`, import.meta.url));
    // All that it could wait for is longer than a test may take.
    const options = ['--only', 'idle/SIGTERM', '--deadline', '60s', '--startup-timeout', '60s'];
    const target = withRealInterpreter(['python3', program]);
    const harness = startHarness([...options, '--env', `TOLD=${told}`, '--json', json, ...target]);
    try {
      await until(() => point.reached(harness.mark, told), 'the point is reached');
      harness.kill(signal);
      const report = () => JSON.parse(readFileSync(json, 'utf8'));
      await check({ harness, files: () => readdirSync(reports), report });
    } finally {
      endAll(processesWith(harness.mark));
      await harness.ended;
      rmSync(told, { recursive: true });
      rmSync(reports, { recursive: true });
    }
  });
}

describe.runIf(process.platform === 'linux')('the harness is interrupted', { concurrent: true }, () => {
  describe.each(Object.entries(points))('%s', (_name, point) => {
    it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
      'it dies by %s, has ended its target by then, and its report says that it was interrupted',
      (signal) =>
        interruptAt(point, signal, async ({ harness, files, report }) => {
          const ended = await harness.ended;
          expect({ exitCode: ended.exitCode, signal: ended.signal }).toEqual({ exitCode: undefined, signal });
          expect(ended.left).toEqual([]);
          expect(files()).toEqual(['report.json']);
          expect(report().outcome).toBe('interrupted');
        }),
      timeout,
    );

    it('when it is killed, its target is ended within a second, and there is no report', { timeout }, () =>
      interruptAt(point, 'SIGKILL', async ({ harness, files }) => {
        expect((await harness.ended).signal).toBe('SIGKILL');
        await until(() => processesWith(harness.mark).length === 0, 'nobody is left', 1000);
        expect(files()).toEqual([]);
      }),
    );
  });
});

/** Each place is a strace of its own, and one that is killed while it begins must leave none of its helpers. */
describe.skipIf(reasonToSkip('strace'))('a sweep is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'by %s: nobody is left, and no folder',
    async (signal) => {
      const folder = mkdtempSync(join(tmpdir(), 'swept-'));
      const worker = fileURLToPath(new URL('../fixtures/programs/worker.py', import.meta.url));
      const target = withRealInterpreter(['python3', worker]);
      const harness = startHarness(['program', '--deadline', '2s', '--sweep', 'read', ...target], {
        TMPDIR: folder,
      });
      try {
        const begun = () =>
          readdirSync(folder).filter((name) => name.startsWith('signal-conformance-')).length;
        await until(() => begun() > 20, 'many places are played', 30_000);
        harness.kill(signal);
        const ended = await harness.ended;
        if (signal === 'SIGKILL')
          await until(() => begun() === 0 && processesWith(harness.mark).length === 0, 'all is gone', 2000);
        else expect({ left: ended.left, folders: begun() }).toEqual({ left: [], folders: 0 });
      } finally {
        endAll(processesWith(harness.mark));
        await harness.ended;
        rmSync(folder, { recursive: true });
      }
    },
    timeout,
  );
});
