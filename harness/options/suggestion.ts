/**
 * The candidate that a misspelt word probably meant, or undefined where none is near enough to be named. A third of the
 * letters may be wrong, and at least one: more than that is another word, not a slip.
 */
export function suggest(
  word: string,
  candidates: Iterable<string>,
  mostWrong = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  let nearest = mostWrong + 1;
  let best: string | undefined;
  for (const candidate of candidates) {
    // Most candidates differ so much in length alone that they need not be compared letter by letter.
    if (Math.abs(candidate.length - word.length) >= nearest) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < nearest) {
      nearest = distance;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** `did you mean X?` for an error's fix, or the other advice where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const suggestion = suggest(word, candidates);
  return suggestion === undefined ? otherwise : `did you mean ${suggestion}?`;
}
