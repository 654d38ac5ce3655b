import { duration } from '../../suites/facts/time.js';
import type { OnProgress, ProgressEvent } from '../progress.js';
import { mayRedraw, palette, wantsColor } from '../text/colors.js';
import { oneLine, shellWord } from '../text/printable.js';
import { clip } from '../text/width.js';
import {
  advance,
  emptyState,
  longestWait,
  type ProgressState,
  type RunOutcome,
  runOutcome,
} from './progress-state.js';

/** Part of a writable stream: usually standard error, so that standard output holds the result only. */
export interface LiveStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface LiveOptions {
  readonly stream: LiveStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A monotonic clock in milliseconds. */
  nowMs(): number;
  /** `--no-color` was given. */
  readonly noColor?: boolean;
  /** Nothing is shown. */
  readonly quiet?: boolean;
  /** On a terminal too, a line for each finished run stays. */
  readonly verbose?: boolean;
}

/** Shows progress until `stop`, which leaves the cursor at the beginning of an empty line. */
export interface Live {
  readonly onProgress: OnProgress;
  stop(): void;
}

const redrawMs = 200;
const eraseLine = '\r\x1b[2K';

/**
 * Live progress: on a terminal one line that is redrawn, elsewhere (a file, a pipe, CI) a line for each finished run.
 * The cursor is never hidden and the screen never switched: a harness that is killed leaves nothing to be repaired.
 */
export function liveProgress(options: LiveOptions): Live {
  if (options.quiet) return { onProgress: () => {}, stop: () => {} };
  const { stream, env } = options;
  const redraws = mayRedraw({ env, isTTY: stream.isTTY === true });
  const state = emptyState();
  const draw = () => {
    // One column stays free: a full line would wrap on some terminals, and then not be erased.
    stream.write(eraseLine + clip(statusLine(state, options.nowMs()), (stream.columns || 80) - 1));
  };
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const onProgress = (event: ProgressEvent) => {
    if (stopped) return;
    advance(state, event, options.nowMs());
    const lines = eventLines(event, state, options).map((line) => `${line}\n`);
    if (!redraws) {
      for (const line of lines) stream.write(line);
      return;
    }
    if (lines.length > 0 && (options.verbose || event.type === 'replaying'))
      stream.write(eraseLine + lines.join(''));
    // Progress alone is no reason to live on.
    timer ??= setInterval(draw, redrawMs).unref();
    draw();
  };
  const stop = () => {
    if (timer && !stopped) stream.write(eraseLine);
    clearInterval(timer);
    stopped = true;
  };
  return { onProgress, stop };
}

/** The line that is redrawn: what matters most first, because a narrow terminal cuts off its end. */
export function statusLine(state: ProgressState, nowMs: number): string {
  if (state.planned.size === 0) return 'starting the server once to learn how it is spoken to …';
  const wait = longestWait(state, nowMs);
  const count = (outcome: RunOutcome) => [...state.done.values()].filter((one) => one === outcome).length;
  const parts = [
    `${state.done.size}/${state.planned.size} runs done`,
    `${state.going.size} going`,
    wait && `${Math.ceil(wait.remainingMs / 1000)} s left`,
    count('fail') > 0 && `${count('fail')} failed`,
    count('untested') > 0 && `${count('untested')} untested`,
    wait && `waiting for ${oneLine(wait.id)}`,
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

function eventLines(event: ProgressEvent, state: ProgressState, options: LiveOptions): string[] {
  switch (event.type) {
    case 'surveying':
      return [`surveying ${event.command.map(shellWord).join(' ')}`];
    case 'surveyed': {
      const where = event.survey.addresses.map(oneLine).join(', ');
      const what = event.protocol === 'none' ? 'no clients' : oneLine(event.protocol);
      const on = where === '' ? '' : ` on ${where}`;
      return [`${what}${on}, starts in ${duration(event.survey.startMs)}`];
    }
    case 'planned':
      return [plannedLine(event.runs)];
    case 'replaying':
      return [`once more, alone: ${oneLine(event.id)}: ${oneLine(event.reason)}`];
    case 'run-finished':
      return [finishedLine(event, state, options)];
    case 'run-started':
      return [];
  }
}

/** ` 3/14  fail      idle-clients/SIGTERM  2.03 s  notice.every-client`. */
function finishedLine(
  event: Extract<ProgressEvent, { type: 'run-finished' }>,
  state: ProgressState,
  { stream, env, noColor = false }: LiveOptions,
): string {
  const paint = palette(wantsColor({ env, isTTY: stream.isTTY === true, noColor }));
  const styles = {
    pass: paint.green,
    warn: paint.yellow,
    fail: paint.red,
    untested: paint.yellow,
    'n/a': paint.dim,
  };
  const outcome = runOutcome(event.verdicts);
  const total = String(state.planned.size);
  const place = `${String(state.done.size).padStart(total.length)}/${total}`;
  // Behind "fail" what could not be tested would look as if it had failed too.
  const blamed = event.verdicts
    .filter(({ outcome: one, level }) =>
      outcome === 'untested' ? one === 'untested' && level === 'MUST' : one === 'fail',
    )
    .map(({ requirement }) => requirement);
  const what = blamed.length > 0 ? `  ${oneLine([...new Set(blamed)].join(', '))}` : '';
  return `${place}  ${styles[outcome](outcome.padEnd(8))}  ${oneLine(event.id)}  ${duration(event.durationMs)}${what}`;
}

function plannedLine(runs: readonly { readonly expectedMs: number }[]): string {
  const takes = `takes about ${longest(runs)}`;
  return runs.length === 1 ? `1 run, which ${takes}` : `${runs.length} runs, the longest ${takes}`;
}

function longest(runs: readonly { readonly expectedMs: number }[]): string {
  return duration(runs.reduce((longestMs, { expectedMs }) => Math.max(longestMs, expectedMs), 0));
}
