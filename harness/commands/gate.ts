import { isDeepStrictEqual } from 'node:util';
import { type Baseline, baselineText } from '../../reports/baseline/baseline.js';
import { isBeyondPlan } from '../../reports/baseline/beyond-plan.js';
import { type BaselineUpdate, updatedBaseline } from '../../reports/baseline/update.js';
import type { Gate } from '../../reports/gate.js';
import type { Report } from '../../reports/report.js';
import { few } from '../../reports/terminal/view.js';
import { prepareReplacement, type ReportFile } from '../../reports/write.js';
import { shown, UsageError } from '../errors.js';
import { parseEdition } from '../options/edition.js';
import type { As, Catalogue } from './engine.js';
import { checkBaseline, readBaseline } from './given-baseline.js';
import { OutputError } from './report-files.js';
import type { Presentation } from './run-arguments.js';
import { refuseOverInputs } from './same-file.js';

/** The gate of a command line: what it lets through is known when the report is. */
export interface PreparedGate {
  /** With `--update-baseline` this writes the baseline first; a report that is not finished changes none. */
  settle(report: Report): Promise<Gate>;
}

/**
 * Reads and checks what the gate depends on, before anything is started or removed.
 *
 * @throws UsageError where the baseline or the edition cannot be right
 */
export async function prepareGate(
  command: readonly string[],
  presentation: Presentation,
  as: As,
  catalogue: () => Promise<Catalogue>,
): Promise<PreparedGate> {
  const { strict, baseline: path, updateBaseline, edition: year } = presentation;
  if (path === undefined && year === undefined) return { settle: async () => ({ strict }) };
  const known = await catalogue();
  const edition =
    year === undefined ? undefined : parseEdition(year, known.requirements, new Date().getFullYear());
  const gate: Gate = { strict, ...(edition && { edition }) };
  if (path === undefined) return { settle: async () => gate };
  checkPlace(path, presentation);
  const former = readBaseline(path, updateBaseline);
  const remarks = former ? checkBaseline(former, path, command, as, known) : [];
  const withBaseline = (report: Report, baseline: Baseline | undefined, update?: string): Gate => ({
    ...gate,
    baseline: {
      name: path,
      known: baseline?.known ?? [],
      isWholePlan: isWholePlan(report),
      isBeyondPlan: (run) => isBeyondPlan(run, report),
      ...(update === undefined ? { remarks } : { remarks: [...remarks, update], update }),
    },
  });
  if (!updateBaseline) return { settle: async (report) => withBaseline(report, former) };
  const file = prepareReplacement(path, '--baseline');
  return {
    async settle(report) {
      const refusal = whyNot(report);
      if (refusal !== undefined) return withBaseline(report, former, `${path} was not changed: ${refusal}`);
      const update = updatedBaseline(former, report, withBaseline(report, former));
      const text = baselineText(update.baseline);
      if (former === undefined || text !== baselineText(former)) await written(file, text, path);
      return withBaseline(report, update.baseline, updateWords(path, former, update));
    },
  };
}

/** The gate of a command that starts nothing. */
export function gateOfReport(
  { target }: Pick<Report, 'target'>,
  shown: Presentation,
  catalogue: Catalogue,
): Promise<PreparedGate> {
  const { kind, command, client, name } = target;
  const as = { kind, ...(client && { client }), ...(name === undefined ? {} : { name }) };
  return prepareGate(command, shown, as, async () => catalogue);
}

async function written(file: ReportFile, text: string, path: string): Promise<void> {
  await file.commit(text).catch((error: NodeJS.ErrnoException) => {
    throw new OutputError(`the baseline could not be written: --baseline ${path}: ${error.code ?? error}`);
  });
}

/** With a part of the plan, what was not played says nothing of an entry. */
function isWholePlan({ wholePlan = false, shard, outcome }: Report): boolean {
  return wholePlan && (shard?.of ?? 1) === 1 && outcome !== 'interrupted';
}

function whyNot({ outcome, verdicts }: Report): string | undefined {
  if (outcome === 'interrupted') return 'it was interrupted, and a part of a report would lose entries';
  return verdicts.length === 0 ? 'nothing was judged' : undefined;
}

function updateWords(path: string, former: Baseline | undefined, update: BaselineUpdate): string {
  const { added, removed, changed, kept, marked, baseline } = update;
  const part = (entries: readonly { readonly id: string }[], what: string) => {
    const ids = entries.map(({ id }) => id);
    return ids.length === 0 ? [] : [`${ids.length} ${what} (${few(ids, 3)})`];
  };
  const parts = [
    ...part(added, 'added'),
    ...part(removed, 'removed'),
    ...part(changed, 'changed, its reason to be written anew'),
    ...part(marked, 'marked as "sometimes", since it came and went'),
  ];
  if (former === undefined) return `${path} was made: ${parts.join('; ') || 'nothing is to be listed'}`;
  if (!isDeepStrictEqual(former.target, baseline.target)) parts.push('it names the target anew');
  const stay = kept.length > 0 ? [`${kept.length} kept`] : [];
  return parts.length === 0
    ? `${path} stays as it is: ${stay[0] ?? 'nothing is to be listed'}`
    : `${path} was updated: ${[...parts, ...stay].join('; ')}`;
}

/** A report at the place of the baseline would remove it. */
function checkPlace(path: string, { files, updateBaseline }: Presentation): void {
  if (path === '-' || path === '')
    throw new UsageError({
      option: 'baseline',
      expected: 'a file',
      given: shown(path),
      fix: `name a file, such as baseline.json${updateBaseline ? '' : ', which --update-baseline makes'}`,
    });
  refuseOverInputs(files, [{ name: '--baseline', path }]);
}
