import type { Report, Verdict } from './report.js';

/** What a live reporter is told while a suite is played. A reporter never starts or stops anything. */
export type ProgressEvent =
  | { readonly type: 'surveying'; readonly command: readonly string[] }
  | { readonly type: 'surveyed'; readonly survey: Report['survey']; readonly protocol: string }
  /** `expectedMs` is an estimate: how long the run will take once it has started. */
  | {
      readonly type: 'planned';
      readonly runs: readonly { readonly id: string; readonly expectedMs: number }[];
    }
  | { readonly type: 'run-started'; readonly id: string }
  | {
      readonly type: 'run-finished';
      readonly id: string;
      readonly durationMs: number;
      readonly verdicts: readonly Verdict[];
    }
  /** An error bar straddled a bound, or a busy machine missed a moment: the run is played once more, alone. */
  | { readonly type: 'replaying'; readonly id: string; readonly reason: string };

export type OnProgress = (event: ProgressEvent) => void;
