import { expect, test } from 'vitest';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, nonconformant, partlyUntested } from '../samples.js';
import { renderResult } from '../terminal/result.js';
import { attributes, html, textOf } from './testing/pages.js';

const samples = Object.entries(allReports);

test.each(samples.flatMap(([name, report]) => [false, true].map((strict) => ({ name, report, strict }))))(
  '$name, strict $strict: the page begins with the sentence that ends the result on the terminal',
  ({ report, strict }) => {
    const options = { columns: 80, color: false, verbose: false, quiet: true, strict };
    const [conclusion] = renderResult(report, requirementTexts, options)
      .split(/\n(?=\w+(?:, but|:))/)
      .slice(-1);
    const [, heading] = /<h1>(.*?)<\/h1>/s.exec(html(report, { strict })) ?? [];
    expect(heading).toBe((conclusion as string).trim().replace(/\s+/g, ' '));
  },
);

test('the target of a configuration is named on top', () => {
  const named = html({ ...nonconformant, target: { ...nonconformant.target, name: 'api <b>' } });
  expect(named).toMatch(/<dt>target(<\/dt>)?<dd>api &lt;b(&gt;|>)/);
  expect(html(nonconformant)).not.toMatch(/<dt>target</);
});

test('a failure tells all that the terminal tells', () => {
  const page = html(nonconformant);
  const [article] =
    /<article[^>]* id="notice\.every-client@busy-clients\/SIGTERM".*?<\/article>/s.exec(page) ?? [];
  const text = textOf(article ?? '');
  for (const part of [
    'Every client that is connected when the stop signal arrives is told',
    '1 of 1 client was never told: busy-1.',
    'expected "SHUTDOWN" is sent to every connected client',
    'observed busy-1 was reset 10 ms after SIGTERM',
    '+0.010 s client busy-1 was reset (ECONNRESET)',
    'why A client that is not told cannot finish',
    'fix Keep a list of open connections',
    "again signal-conformance --only 'busy-clients/SIGTERM' --deadline 2s node server.js --name 'it’s'",
    'Also in 1 run idle-clients/SIGTERM 1 of 2 clients was never told: idle-2.',
  ])
    expect(text).toContain(part);
});

test('where a failing requirement comes from is told, and public sources are links', () => {
  const sources = ['owner/name#12', 'RFC 9112 §9.6', 'signal(7)', 'javascript:alert(1)'];
  const page = html(nonconformant, { requirements: requirementTexts.map((text) => ({ ...text, sources })) });
  expect(page).toContain('<a href="https://github.com/owner/name/issues/12">owner/name#12</a>');
  expect(page).toContain('<a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112 §9.6</a>');
  expect(textOf(page)).toContain('signal(7); javascript:alert(1)');
  expect(
    attributes(page, 'href').filter(
      (href) => !/^(#|https:\/\/(github\.com|www\.rfc-editor\.org)\/|data:image\/svg\+xml,)/.test(href),
    ),
  ).toEqual([]);
});

test.each(samples)(
  '%s: every link within the page leads somewhere, and no place is there twice',
  (_name, report) => {
    const page = html(report);
    const ids = attributes(page, 'id');
    expect(ids).toEqual([...new Set(ids)]);
    const places = attributes(page, 'href').filter((href) => href.startsWith('#'));
    expect(places.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
    expect(attributes(page, 'aria-labelledby').filter((id) => !ids.includes(id))).toEqual([]);
  },
);

test('a cell says how it came out in a word, a finding has its message as a title, and it leads to its case', () => {
  const cells = html(nonconformant).match(/<td.*?(?=<td|<\/tr)/g) ?? [];
  expect(cells).toContain(
    '<td class="fail"><a href="#deadline.holds@stuck-client/SIGTERM" title="It was still there 3 s after SIGTERM.">FAIL</a>',
  );
  expect(cells).toContain(
    '<td class="pass"><a href="#exit.status@idle-clients/SIGTERM" tabindex="-1">pass</a>',
  );
  expect(cells.filter((cell) => cell.includes('>warn<'))).toHaveLength(2);
  expect(cells.filter((cell) => cell.includes('>untested<'))).toHaveLength(1);
  expect(cells.filter((cell) => cell === '<td>n/a')).toHaveLength(1);
});

test('what was not tested is told with its reason, a MUST before the matrix', () => {
  const text = textOf(html(partlyUntested));
  const must = text.indexOf('Not tested, although a MUST demands it');
  expect(must).toBeGreaterThan(0);
  expect(text.indexOf('Requirements × runs')).toBeGreaterThan(must);
  expect(text).toContain(
    'The first bytes of a reply did not come within 5 s. deadline.holds , notice.every-client ; in slow-request/SIGTERM',
  );
});

test('remarks, and what was not played and why, are told', () => {
  const text = textOf(html(nonconformant));
  expect(text).toContain('The server ignores PORT: runs were played one after the other.');
  expect(text).toContain(
    'Not played: only the core set is played for further stop signals (--full plays all) patient-client/SIGINT, stuck-client/SIGINT',
  );
});

test('a target that did not start is told with its reason and its last words', () => {
  const text = textOf(html(allReports.notStarted));
  expect(text).toContain('The target ended with status 1 after 60 ms');
  expect(text).toContain("Error: Cannot find module './config.js' \\x1b[31m");
  expect(text).toContain('No requirement was judged.');
});
