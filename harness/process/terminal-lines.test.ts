import { expect, test } from 'vitest';
import { terminalLines } from './terminal-lines.js';

async function through(...chunks: readonly string[]): Promise<string> {
  const lines = terminalLines();
  for (const chunk of chunks) lines.write(Buffer.from(chunk, 'latin1'));
  lines.end();
  let text = '';
  for await (const bytes of lines) text += (bytes as Buffer).toString('latin1');
  return text;
}

test.each<[string[], string]>([
  [['one\r\ntwo\r\n'], 'one\ntwo\n'],
  [['one\r', '\ntwo\r', '\n'], 'one\ntwo\n'],
  // What is not the terminal's stays.
  [['50 %\r100 %\r\n'], '50 %\r100 %\n'],
  [['a\r\r\n'], 'a\r\n'],
  [['a\r', 'b'], 'a\rb'],
  [['a\r'], 'a\r'],
  [['\xff\x00\n'], '\xff\x00\n'],
])('%j becomes %j', async (chunks, text) => {
  expect(await through(...chunks)).toBe(text);
});
