import type { Outcome } from '../report.js';
import { palette } from '../text/colors.js';
import { wrap } from '../text/wrap.js';
import { counted } from './view.js';

export type EndStatus = 0 | 1 | 2 | 3 | 4;

/** How the test of one of several targets ended. */
export interface TargetEnd {
  readonly name: string;
  readonly status: EndStatus;
  /** Undefined where there is no report: a plan, a wrong option, a fault. */
  readonly outcome?: Outcome | undefined;
}

/** The worst first: what says least of the target hides what was found out about others. */
const worstFirst: readonly EndStatus[] = [4, 2, 1, 3, 0];

/** The exit status of several targets together. */
export function worst(statuses: readonly EndStatus[]): EndStatus {
  return worstFirst.find((status) => statuses.includes(status)) ?? 3;
}

/** `Target 2 of 3: worker`: what the following is about. */
export function targetHeading(
  name: string,
  index: number,
  all: number,
  { columns, color }: { readonly columns: number; readonly color: boolean },
): string {
  const lines = wrap(`Target ${index + 1} of ${all}: ${name}`, columns, 0, 2);
  return `${index === 0 ? '' : '\n'}${lines.map(palette(color).bold).join('\n')}\n\n`;
}

/** `3 targets: 2 conformant, 1 nonconformant (worker). Exit status 1.` */
export function totals(
  ends: readonly TargetEnd[],
  all: number,
  {
    columns,
    color,
    isInterrupted,
  }: { readonly columns: number; readonly color: boolean; readonly isInterrupted: boolean },
): string {
  const status = worst(ends.map((end) => end.status));
  const words = [...new Set(ends.map(wordFor))];
  const counts = words.map((word) => {
    const its = ends.filter((end) => wordFor(end) === word);
    const names = its.every((end) => end.status === 0) ? '' : ` (${its.map(({ name }) => name).join(', ')})`;
    return `${its.length} ${word}${names}`;
  });
  if (isInterrupted) counts.push('1 interrupted');
  const left = all - ends.length - (isInterrupted ? 1 : 0);
  if (left > 0) counts.push(`${left} not begun`);
  const ending = isInterrupted ? 'Interrupted.' : `Exit status ${status}.`;
  const { bold, green, red, yellow } = palette(color);
  const style = isInterrupted ? yellow : status === 0 ? green : status === 1 ? red : yellow;
  const lines = wrap(`${counted(all, 'target')}: ${counts.join(', ')}. ${ending}`, columns, 0, 2);
  return `\n${lines.map((line) => bold(style(line))).join('\n')}\n`;
}

/** The gate may see it differently than the outcome: a strict one, or one that knows of a failure. */
function wordFor({ status, outcome }: TargetEnd): string {
  if (status === 4) return 'not reported';
  if (status === 2) return 'with a wrong option';
  if (outcome === undefined) return status === 0 ? 'planned' : 'untested';
  if (status === 1 && outcome !== 'nonconformant') return `${outcome} that fails the gate`;
  if (status === 0 && outcome !== 'conformant') return `${outcome} that passes the gate`;
  return outcome;
}
