/**
 * The first key that an object of a JSON text has twice, as the keys that lead to it; undefined where none has.
 * `JSON.parse` keeps the last one in silence: of two targets of one name one would never be tested.
 *
 * @param json - a text that `JSON.parse` takes
 */
export function repeatedKey(json: string): string[] | undefined {
  // The open objects and lists: what an object has had so far, and the key (or place) that is being read.
  const open: { readonly seen: Set<string> | undefined; at: string }[] = [];
  const tokens = [...json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]/g)].map(([token]) => token);
  for (const [index, token] of tokens.entries()) {
    const inner = open.at(-1);
    if (token === '{') open.push({ seen: new Set(), at: '' });
    else if (token === '[') open.push({ seen: undefined, at: '0' });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && inner && !inner.seen) inner.at = String(Number(inner.at) + 1);
    else if (token.startsWith('"') && tokens[index + 1] === ':' && inner?.seen) {
      inner.at = JSON.parse(token) as string;
      if (inner.seen.has(inner.at)) return open.map(({ at }) => at);
      inner.seen.add(inner.at);
    }
  }
  return undefined;
}
