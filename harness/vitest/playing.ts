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
      const giveUp = (why: string) => () => controller.abort(new Error(why));
      const timer = setTimeout(giveUp(`It was not played to its end within ${limitMs / 1000} s.`), limitMs);
      // A worker of Vitest whose main process was killed lives on; its tests are nobody's any more.
      const onDisconnect = giveUp('Vitest has gone.');
      process.once('disconnect', onDisconnect);
      try {
        current = conformTarget(settings, { signal: controller.signal });
        const report = await current;
        if (controller.signal.aborted) throw controller.signal.reason;
        return report;
      } finally {
        clearTimeout(timer);
        process.removeListener('disconnect', onDisconnect);
      }
    },
    async end() {
      controller.abort(new Error('Vitest has ended the suite.'));
      await current?.catch(() => {});
    },
  };
}
