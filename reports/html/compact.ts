/**
 * The same page in fewer bytes: end tags that HTML lets a writer leave out (WHATWG HTML §13.1.2.4), and shapes of a
 * picture that have nothing in them. It is safe on rendered components: every other `<` is escaped in them.
 */
export function compact(html: string): string {
  return html.replace(/(<(path|circle|rect) [^<>]*)><\/\2>/g, '$1/>').replace(/<\/(?:td|li|dd|dt)>/g, '');
}
