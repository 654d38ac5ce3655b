import type { Verdict } from '../../report.js';
import { areaOf } from '../../requirement-text.js';
import { grouped } from '../grouped.js';
import { type Kind, kindOf, type PageView } from '../view.js';

/** A run; or, where a run was played several times, all its repetitions. */
export interface Column {
  readonly label: string;
  /** The run to look at: the first one with a finding. */
  readonly run: string;
  readonly repeats: number;
  /** The gravest that came out in it. */
  readonly kind: Kind;
}

export interface Cell {
  readonly kind: Kind;
  /** The verdict to look at. */
  readonly verdict: Verdict;
  /** How many repetitions came out so, where not all did. */
  readonly count: number | undefined;
}

export interface Row {
  readonly requirement: string;
  readonly levels: string;
  readonly cells: readonly (Cell | undefined)[];
  /** `finding`: something else than a pass; `pass`: it passed wherever it applied; `na`: it applied nowhere. */
  readonly state: 'finding' | 'pass' | 'na';
}

export interface Matrix {
  readonly columns: readonly Column[];
  readonly areas: readonly { readonly area: string; readonly rows: readonly Row[] }[];
}

/** What weighs most is shown of several. */
const gravest: readonly Kind[] = ['fail', 'stale', 'warn', 'untested', 'known', 'pass', 'na'];

/** Requirement × run. A run that was played several times is one column. */
export function matrixOf(view: PageView): Matrix {
  const { report } = view;
  const judged = new Set(report.verdicts.map(({ run }) => run));
  const runIds = [...new Set([...report.runs.map(({ id }) => id), ...judged])];
  const byLabel = grouped(runIds, (id) => id.replace(/#\d+$/, ''));
  const labels = [...byLabel.keys()];
  const labelOf = new Map([...byLabel].flatMap(([label, ids]) => ids.map((id) => [id, label] as const)));
  const byRequirement = grouped(report.verdicts, ({ requirement }) => requirement);
  const rows = [...byRequirement].map(([requirement, verdicts]) => {
    const byColumn = grouped(verdicts, ({ run }) => labelOf.get(run) ?? run);
    const cells = labels.map((label) => cellOf(byColumn.get(label) ?? [], view));
    const kinds = new Set(verdicts.map((verdict) => kindOf(verdict, view)));
    return { requirement, levels: levelsOf(verdicts), cells, state: stateOf(kinds) };
  });
  const columns = labels.map((label, index) => {
    const cells = rows.flatMap((row) => row.cells[index] ?? []);
    const kind = gravest.find((one) => cells.some((cell) => cell.kind === one)) ?? 'na';
    const shows = cells.find((cell) => cell.kind === kind && isFinding(kind));
    const ids = byLabel.get(label) ?? [];
    return { label, run: shows?.verdict.run ?? ids[0] ?? label, repeats: ids.length, kind };
  });
  const areas = [...grouped(rows, ({ requirement }) => areaOf(requirement))];
  return { columns, areas: areas.map(([area, own]) => ({ area, rows: own })) };
}

function cellOf(verdicts: readonly Verdict[], view: PageView): Cell | undefined {
  const byKind = grouped(verdicts, (verdict) => kindOf(verdict, view));
  for (const kind of gravest) {
    const [verdict] = byKind.get(kind) ?? [];
    if (verdict === undefined) continue;
    const count = byKind.get(kind)?.length;
    return { kind, verdict, count: count === verdicts.length ? undefined : count };
  }
  return undefined;
}

function stateOf(kinds: ReadonlySet<Kind>): Row['state'] {
  if ([...kinds].some(isFinding)) return 'finding';
  return kinds.has('pass') ? 'pass' : 'na';
}

export const isFinding = (kind: Kind) => kind !== 'pass' && kind !== 'na';

/** One way to fail may weigh less than the requirement itself. */
function levelsOf(verdicts: readonly Verdict[]): string {
  return [...new Set(verdicts.map(({ level }) => level))].join('/');
}
