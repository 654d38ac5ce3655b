import { expect, test } from 'vitest';
import { element, escapeXml, parent } from './xml.js';

test.each([
  ['markup', '<a>&"', '&lt;a&gt;&amp;"', '&lt;a&gt;&amp;&quot;'],
  ['the end of a CDATA section', ']]>', ']]&gt;', ']]&gt;'],
  ['line ends, which a parser would change', 'a\r\nb\tc', 'a&#13;\nb\tc', 'a&#13;&#10;b&#9;c'],
  ['characters that XML 1.0 forbids', 'a\0\u001b\u0008\ufffe\uffffb', 'ab', 'ab'],
  ['lone surrogates', 'a\ud800b\udc00', 'ab', 'ab'],
  ['commands of a GitHub workflow', '##[x]\n ::y::', '&#35;#[x]\n &#58;:y::', '&#35;#[x]&#10; &#58;:y::'],
  ['characters outside the BMP', '😀', '😀', '😀'],
])('%s are safe in text and in attributes', (_what, given, text, attribute) => {
  expect(escapeXml(given, 'text')).toBe(text);
  expect(escapeXml(given, 'attribute')).toBe(attribute);
});

test('elements are written with their attributes in order', () => {
  expect(element('a', { x: 1, y: '"' })).toBe('<a x="1" y="&quot;"/>');
  expect(parent('p', {}, [element('a', {}, '<')])).toBe('<p>\n<a>&lt;</a>\n</p>');
});
