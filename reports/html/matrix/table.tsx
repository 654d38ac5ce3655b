import type { VNode } from 'preact';
import { caseAnchor, requirementAnchor, runAnchor } from '../anchors.js';
import { clipped } from '../clipped.js';
import { kindWords, type PageView } from '../view.js';
import { type Cell, type Column, isFinding, type Matrix, matrixOf, type Row } from './matrix.js';
import { MatrixOptions } from './options.js';

/** Requirement × run, in a box that scrolls by itself. */
export function MatrixSection({ view }: { view: PageView }): VNode | null {
  const matrix = matrixOf(view);
  if (matrix.areas.length === 0) return null;
  const cells = matrix.areas.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const kinds = new Set(cells.flatMap((cell) => cell?.kind ?? []));
  const hasFindings = [...kinds].some(isFinding);
  return (
    <section id="matrix" aria-labelledby="matrix-title" tabIndex={-1}>
      <h2 id="matrix-title">Requirements × runs</h2>
      {isWide(matrix) && (
        <p class="on-paper">Runs without a finding are left out here; all runs are told below.</p>
      )}
      <MatrixOptions hasFindings={hasFindings} kinds={kinds} />
      <a href="#after-matrix" class="skip">
        Skip the matrix
      </a>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="box" aria-label="The matrix, which scrolls" tabIndex={0}>
        <Table matrix={matrix} view={view} />
      </section>
      <span id="after-matrix" tabIndex={-1} />
    </section>
  );
}

/** So many runs stand beside each other on a page of paper. */
const mostOnPaper = 60;
const isWide = ({ columns }: Matrix) => columns.length > mostOnPaper;

function Table({ matrix, view }: { matrix: Matrix; view: PageView }): VNode {
  const { columns, areas } = matrix;
  return (
    <table class={isWide(matrix) ? 'matrix wide' : 'matrix'}>
      <caption>How each requirement came out in each run. A cell leads to its case.</caption>
      <colgroup>
        <col />
        {columns.map((column) => (
          <col class={isFinding(column.kind) ? undefined : 'quiet'} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          {columns.map((column) => (
            <ColumnHead column={column} />
          ))}
        </tr>
      </thead>
      {areas.map(({ area, rows }) => (
        <tbody class={areaState(rows)}>
          <tr class="area">
            <th scope="rowgroup">{clipped(area, 40)}</th>
            <td class="none" colSpan={columns.length} />
          </tr>
          {rows.map((row) => (
            <tr class={row.state}>
              <RowHead row={row} view={view} />
              {row.cells.map((cell, index) => (
                <CellOf cell={cell} repeats={columns[index]?.repeats ?? 1} />
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function areaState(rows: readonly Row[]): Row['state'] {
  const states = rows.map(({ state }) => state);
  return states.includes('finding') ? 'finding' : states.includes('pass') ? 'pass' : 'na';
}

function ColumnHead({ column: { label, run, repeats, kind } }: { column: Column }): VNode {
  return (
    <th scope="col" class={isFinding(kind) ? kind : 'quiet'}>
      <a href={`#${runAnchor(run)}`}>
        {clipped(label, 80)}
        {repeats > 1 && ` ×${repeats}`}
      </a>
    </th>
  );
}

function RowHead({ row: { requirement, levels }, view }: { row: Row; view: PageView }): VNode {
  return (
    <th scope="row">
      <a href={`#${requirementAnchor(requirement)}`} title={view.requirements.get(requirement)?.statement}>
        {clipped(requirement, 80)}
      </a>{' '}
      <small>{levels}</small>
    </th>
  );
}

/**
 * A page has thousands of cells. What passed is not on the way of the Tab key: its run, which the column's head leads to,
 * says the same; and what does not apply has no case. The words of both are in the run; the script shows them here too.
 */
function CellOf({ cell, repeats }: { cell: Cell | undefined; repeats: number }): VNode {
  if (cell === undefined) return <td class="none" title="not judged in this run" />;
  const { kind, verdict, count } = cell;
  if (kind === 'na') return <td>{kindWords.na}</td>;
  const title = kind === 'pass' && count === undefined ? undefined : clipped(verdict.message, 300);
  return (
    <td class={kind}>
      <a href={`#${caseAnchor(verdict.id)}`} title={title} tabIndex={kind === 'pass' ? -1 : undefined}>
        {kindWords[kind]}
        {count !== undefined && <small>{` ${count}/${repeats}`}</small>}
      </a>
    </td>
  );
}
