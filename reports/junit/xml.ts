/** Attributes in the order in which they are written. */
export type Attributes = Readonly<Record<string, string | number>>;

/**
 * Text for XML 1.0 (§2.2 Char, §2.4, §3.3.3): markup is escaped, and a character that no XML 1.0 document may contain,
 * escaped or not (NUL, ESC, a lone surrogate, U+FFFE), is dropped. A newline, tab or carriage return becomes a reference
 * in attributes, since parsers turn it into a space there, and a carriage return everywhere.
 */
export function escapeXml(text: string, place: 'text' | 'attribute'): string {
  const safe = text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    // On standard output these would be commands to a GitHub workflow.
    .replaceAll('##[', '&#35;#[')
    .replace(/^(\s*):(?=:)/gm, '$1&#58;');
  if (place === 'text') return safe;
  return safe.replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** An element with only text inside, or none: one line, unless the text has several. */
export function element(name: string, attributes: Attributes, text = ''): string {
  const start = open(name, attributes);
  return text === '' ? `${start.slice(0, -1)}/>` : `${start}${escapeXml(text, 'text')}</${name}>`;
}

/** An element that contains elements, each on lines of its own. */
export function parent(name: string, attributes: Attributes, children: readonly string[]): string {
  return [open(name, attributes), ...children, `</${name}>`].join('\n');
}

function open(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeXml(String(value), 'attribute')}"`,
  );
  return `<${name}${written.join('')}>`;
}
