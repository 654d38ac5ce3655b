import { expect, test } from 'vitest';
import { compact } from './compact.js';

test('end tags that may be left out are left out, and empty shapes close themselves', () => {
  expect(compact('<ul><li>a</li><li>b</li></ul>')).toBe('<ul><li>a<li>b</ul>');
  expect(compact('<tr><td>a</td><td></td></tr>')).toBe('<tr><td>a<td></tr>');
  expect(compact('<path class="e" d="M1 2"></path>')).toBe('<path class="e" d="M1 2"/>');
});

test('a shape that has a title keeps its end, and so does everything else', () => {
  for (const html of [
    '<path d="M1 2"><title>it</title></path>',
    '<circle r="2"><title></title></circle>',
    '<p></p><span></span><th>a</th><title></title>',
  ])
    expect(compact(html)).toBe(html);
});

test('what is text stays as it is', () => {
  expect(compact('<li>&lt;/li>&lt;path>&lt;/path></li>')).toBe('<li>&lt;/li>&lt;path>&lt;/path>');
});
