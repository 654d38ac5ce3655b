import type { Report } from '../../reports/report.js';
import { conformTarget } from '../conform/conform-target.js';
import type { Settings } from '../options/settings.js';

/** Selected runs that are being played, or have been. */
export interface Playing {
  /** Resolves with their report. @throws Error where they took too long */
  play(settings: Settings): Promise<Report>;
  /** Ends all that was started. */
  end(): Promise<void>;
}

export interface Limit {
  readonly limitMs: number;
}

export function newPlaying({ limitMs }: Limit): Playing {
  const controller = new AbortController();
  let current: Promise<Report> | undefined;
  return {
    async play(settings) {
      const giveUp = () =>
        controller.abort(new Error(`It was not played to its end within ${limitMs / 1000} s.`));
      const timer = setTimeout(giveUp, limitMs);
      try {
        current = endedWithVitest(() => conformTarget(settings, { signal: controller.signal }));
        const report = await current;
        if (controller.signal.aborted) throw controller.signal.reason;
        return report;
      } finally {
        clearTimeout(timer);
      }
    },
    async end() {
      controller.abort(new Error('Vitest has ended the suite.'));
      await current?.catch(() => {});
    },
  };
}

/**
 * Does what starts processes. When the main process of this worker goes meanwhile, the worker goes too, and what was
 * started is ended by the reaper: Vitest 3 lets such a worker live on, and waits in it for answers that nobody gives.
 * `process.exit` throws there.
 */
export async function endedWithVitest<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = () => process.kill(process.pid, 'SIGKILL');
  process.once('disconnect', end);
  try {
    return await work();
  } finally {
    process.removeListener('disconnect', end);
  }
}
