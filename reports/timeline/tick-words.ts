/** `+20 ms`, `+1.5 s`: a round time since the zero of a picture. */
export function tickWords(ms: number, minus = '−'): string {
  if (ms === 0) return '0';
  const sign = ms < 0 ? minus : '+';
  const size = Math.abs(ms);
  return size < 1000 ? `${sign}${trimmed(size)} ms` : `${sign}${trimmed(size / 1000)} s`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(3)));
}
