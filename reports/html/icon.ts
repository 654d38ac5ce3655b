const shapes = {
  good: ['#1a7f37', 'M4 8.5l3 3 5-6'],
  bad: ['#cf222e', 'M5 5l6 6M11 5l-6 6'],
  open: ['#9a6700', 'M8 4v5M8 11.5v.5'],
} as const;

/** The outcome in the browser's tab, as a picture that is part of the page. */
export function icon(outcome: keyof typeof shapes): string {
  const [color, path] = shapes[outcome];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${color}"/><path d="${path}" fill="none" stroke="#fff" stroke-width="2"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
