import type { Gate } from '../gate.js';
import type { Report, Verdict } from '../report.js';
import type { RequirementText } from '../requirement-text.js';
import { type Palette, palette } from '../text/colors.js';

/** How the result is to be shown. */
export interface ResultOptions extends Gate {
  /** See `columnsOf`. */
  readonly columns: number;
  /** See `wantsColor`. */
  readonly color: boolean;
  /** See `hasUnicode`; without it pictures are plain ASCII. */
  readonly unicode?: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** The options of this invocation without `--only` and `--skip`, for the command that plays one run again. */
  readonly replayOptions?: readonly string[];
  /** The command that plays these runs again, where it is not one of ours. */
  readonly again?: (runs: readonly string[]) => readonly string[];
  /** A report beside this result could not be written: whatever the outcome, the command does not succeed. */
  readonly isReportLost?: boolean;
  /** One of several targets: its exit status is not that of the command. */
  readonly isOneOfSeveral?: boolean;
  /** `replayOptions` name a target of a configuration file: its command is not repeated. */
  readonly isTargetNamed?: boolean;
}

/** Everything that a part of the result reads. */
export interface View {
  readonly report: Report;
  readonly requirements: ReadonlyMap<string, RequirementText>;
  readonly options: ResultOptions;
  readonly paint: Palette;
  readonly columns: number;
}

/** Verdicts that say the same of one requirement. */
export interface Group {
  readonly requirement: string;
  readonly level: Verdict['level'];
  /** The one that shows it best comes first. */
  readonly verdicts: readonly [Verdict, ...Verdict[]];
}

export function viewOf(report: Report, texts: readonly RequirementText[], options: ResultOptions): View {
  const requirements = new Map(texts.map((text) => [text.id as string, text]));
  return { report, requirements, options, paint: palette(options.color), columns: options.columns };
}

/** Failed verdicts by requirement and level, MUST first, otherwise in the order of the report. */
export function failures(report: Report): Group[] {
  const groups = new Map<string, [Verdict, ...Verdict[]]>();
  for (const verdict of report.verdicts.filter(({ outcome }) => outcome === 'fail')) {
    const key = `${verdict.level} ${verdict.requirement}`;
    const group = groups.get(key);
    if (group) group.push(verdict);
    else groups.set(key, [verdict]);
  }
  return [...groups.values()]
    .map((verdicts) => clearestFirst(report, verdicts))
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}

const levels: readonly Verdict['level'][] = ['MUST', 'SHOULD', 'MAY'];

/** The clearest run is one with evidence and with the fewest events around it. */
function clearestFirst(report: Report, verdicts: readonly [Verdict, ...Verdict[]]): Group {
  const events = (verdict: Verdict) =>
    verdict.evidence.length === 0
      ? Number.POSITIVE_INFINITY
      : (report.runs.find(({ id }) => id === verdict.run)?.events.length ?? Number.POSITIVE_INFINITY);
  const best = verdicts.reduce((first, next) => (events(next) < events(first) ? next : first));
  const others = verdicts.filter((verdict) => verdict !== best);
  return { requirement: best.requirement, level: best.level, verdicts: [best, ...others] };
}

/** `1 run`, `3 runs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first few of a list, and how many more there are. */
export function few(items: readonly string[], limit: number): string {
  if (items.length <= limit + 1) return items.join(', ');
  return `${items.slice(0, limit).join(', ')} and ${items.length - limit} more`;
}
