/** A text of bounded length. What is left out is counted, and the JSON report has it. */
export function clipped(text: string, limitCharacters = 4000): string {
  if (text.length <= limitCharacters) return text;
  const left = (text.length - limitCharacters).toLocaleString('en');
  return `${text.slice(0, limitCharacters)} … and ${left} more characters: the JSON report has them all.`;
}
