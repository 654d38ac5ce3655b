import type { VNode } from 'preact';
import { type Kind, kindWords } from '../view.js';

const legend: readonly Kind[] = ['pass', 'fail', 'warn', 'known', 'stale', 'untested', 'na'];

const choices = [
  ['all', 'all'],
  ['apply', 'that apply'],
  ['findings', 'with findings'],
] as const;

/**
 * Which rows are shown. The style alone does it, without a script: `findings` folds the rows and the runs that only
 * passed. The search needs the script, which shows it.
 */
export function MatrixOptions({
  hasFindings,
  kinds,
}: {
  hasFindings: boolean;
  kinds: ReadonlySet<Kind>;
}): VNode {
  return (
    <div class="options">
      <fieldset>
        <legend>Show requirements</legend>
        {choices
          .filter(([value]) => hasFindings || value !== 'findings')
          .map(([value, words]) => (
            <label>
              <input type="radio" name="rows" id={`rows-${value}`} checked={value === 'apply'} /> {words}
            </label>
          ))}
      </fieldset>
      <label class="search" hidden>
        Search{' '}
        <input
          type="search"
          id="search"
          placeholder="requirement or run"
          autocomplete="off"
          spellcheck={false}
        />
        <output id="found" />
      </label>
      <p class="legend">
        {legend
          .filter((kind) => kinds.has(kind))
          .map((kind) => (
            <span class={kind}>{kindWords[kind]}</span>
          ))}
      </p>
    </div>
  );
}
