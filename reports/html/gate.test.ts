import { expect, test } from 'vitest';
import { conformant, nonconformant } from '../samples.js';
import { html, textOf } from './testing/pages.js';

const baseline = {
  name: 'known.json',
  isWholePlan: true,
  known: [
    {
      outcome: 'fail' as const,
      reason: 'Old clients need it.',
      message: 'It was still there 3 s after SIGTERM.',
    },
    { outcome: 'fail' as const, reason: 'It crashed.', message: 'It exited with 1.' },
    { outcome: 'fail' as const, reason: '', message: 'A Java traceback.' },
  ].map((entry, index) => ({
    ...entry,
    id: [
      'deadline.holds@stuck-client/SIGTERM',
      'exit.status@idle-clients/SIGTERM',
      'output.no-traceback@stuck-client/SIGTERM',
    ][index] as string,
  })),
};

test('with a strict gate a failed SHOULD is a failure, otherwise a warning', () => {
  const kind = (strict: boolean) =>
    /<article class="case (\w+)" id="stop\.acknowledged@/.exec(html(conformant, { strict }))?.[1];
  expect(kind(false)).toBe('warn');
  expect(kind(true)).toBe('fail');
});

test('the legend explains what is in the matrix, and nothing else', () => {
  const legend = (page: string) => textOf(/<p class="legend">.*?<\/p>/s.exec(page)?.[0] ?? '').trim();
  expect(legend(html(nonconformant))).toBe('pass FAIL warn untested n/a');
  expect(legend(html(conformant))).toBe('pass warn n/a');
  expect(legend(html(nonconformant, { baseline }))).toBe('pass FAIL warn known stale untested n/a');
});

test('what the gate knows of a failure is told with it, and in the matrix', () => {
  const page = html(nonconformant, { baseline });
  const article = (id: string) =>
    textOf(
      new RegExp(`<article[^>]* id="${id}@stuck-client/SIGTERM".*?</article>`, 's').exec(page)?.[0] ?? '',
    );
  expect(article('deadline.holds')).toContain('known deadline.holds');
  expect(article('deadline.holds')).toContain('listed Old clients need it.');
  expect(article('output.no-traceback')).toContain('listed for another reason: A Java traceback.');
  const cells = page.match(/<td.*?(?=<td|<\/tr)/g) ?? [];
  expect(cells.filter((cell) => cell.startsWith('<td class="known">'))).toHaveLength(1);
  // It passes, and fails the gate all the same.
  expect(cells).toContain(
    '<td class="stale"><a href="#exit.status@idle-clients/SIGTERM" title="It exited with 0.">stale</a>',
  );
  expect(textOf(page)).toContain('Passes, and is listed as failing 1');
  const later = html(nonconformant, { edition: { year: 2025, later: new Set(['deadline.holds']) } });
  expect(textOf(later)).toContain('listed not demanded yet in the edition of 2025');
});

test('what a baseline lists as coming and going is said to, whether it fails or passes', () => {
  const sometimes = {
    ...baseline,
    known: baseline.known.map((entry) => ({ ...entry, sometimes: true as const })),
  };
  const text = textOf(html(nonconformant, { baseline: sometimes }));
  expect(text).toContain('listed sometimes; Old clients need it.');
  expect(text).toContain(
    'listed in known.json, but it passed this time: it is listed as failing sometimes: exit.status@idle-clients/SIGTERM',
  );
  expect(text).not.toContain('Passes, and is listed as failing');
});
