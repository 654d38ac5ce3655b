/** Bytes. A comment of GitHub may have 65,536 characters. */
const mostBytes = 60_000;

/** The blocks that fit, in their order, and a line that says how many do not. The first ones are there in any case. */
export function fitting(always: readonly string[], folds: readonly string[], leftBefore: number): string[] {
  const blocks = [...always];
  let bytes = Buffer.byteLength(always.join('\n\n'));
  let left = leftBefore;
  for (const block of folds) {
    const needed = Buffer.byteLength(block) + 2;
    if (bytes + needed > mostBytes) left += 1;
    else {
      bytes += needed;
      blocks.push(block);
    }
  }
  if (left > 0)
    blocks.push(
      `${left} more ${left === 1 ? 'part was' : 'parts were'} left out here for their length: the output of the command and the other reports have them.`,
    );
  return blocks;
}
