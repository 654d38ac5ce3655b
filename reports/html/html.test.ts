import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RecordingEvent } from '../../harness/recording/events.js';
import type { FormatContext } from '../formats.js';
import type { Report, ReportRun, Verdict } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, conformant, nonconformant, partlyUntested } from '../samples.js';
import { renderResult } from '../terminal/result.js';
import { poisonedReport, poisonedTexts } from './hostile-samples.js';
import { toHtml } from './html.js';

const context = { strict: false, requirements: requirementTexts, replayOptions: ['--deadline', '2s'] };
const html = (report: Report, more: Partial<FormatContext> = {}) => toHtml(report, { ...context, ...more });
const samples = Object.entries(allReports);
/** What is read, without markup. */
const textOf = (page: string) =>
  page
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
const attributes = (page: string, name: string) =>
  [...page.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value as string);

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

test('with a strict gate a failed SHOULD is a failure, otherwise a warning', () => {
  const kind = (strict: boolean) =>
    /<article class="case (\w+)" id="stop\.acknowledged@/.exec(html(conformant, { strict }))?.[1];
  expect(kind(false)).toBe('warn');
  expect(kind(true)).toBe('fail');
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

test.each(samples)(
  '%s: hostile texts, wherever they stand, are no markup and hide nothing',
  (_name, report) => {
    const page = toHtml(poisonedReport(report), {
      ...context,
      requirements: poisonedTexts(requirementTexts),
      replayOptions: ['--env', 'A=</code><script>window.hacked=7</script>'],
    });
    const harmless = html(report);
    const tags = (text: string, name: string) => text.split(`<${name}`).length - 1;
    for (const name of ['script', 'style', 'img', '!--', 'meta', 'link'])
      expect(tags(page, name), name).toBe(tags(harmless, name));
    // No attribute is there that is not ours.
    expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]* on\w+=/);
    expect(page).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\uffff]|\p{Surrogate}/u,
    );
    expect(textOf(page)).toContain('\\x1b[2J');
    expect(textOf(page)).toContain('<img src=x onerror="window.hacked=2">');
  },
);

test('the policy allows the style and the script of the page alone, by their hashes', () => {
  const page = html(nonconformant);
  const [policy = ''] = attributes(page, 'content').filter((content) => content.includes('default-src'));
  for (const part of ['style', 'script']) {
    const [, text = ''] = new RegExp(`<${part}>(.*?)</${part}>`, 's').exec(page) ?? [];
    expect(policy).toContain(`${part}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  // The policy forbids these, so they would be without effect.
  expect(page).not.toMatch(/<[^>]* style="/);
});

/** A report of many runs, as wide as a suite makes them. */
function big({
  runs,
  repeats = 1,
  events = 100,
}: {
  runs: number;
  repeats?: number;
  events?: number;
}): Report {
  const requirements = Array.from({ length: 44 }, (_, index) => `area${index % 9}.requirement-${index}`);
  const exchange = (index: number): RecordingEvent =>
    index % 2 === 0
      ? { type: 'told', client: `c-${index}`, framed: true, atMs: index }
      : { type: 'fin', client: `c-${index}`, atMs: index };
  const list = Array.from({ length: runs }, (_, index) => `scenario-${index}/SIGTERM`).flatMap((id) =>
    repeats === 1 ? [id] : Array.from({ length: repeats }, (_, repeat) => `${id}#${repeat + 1}`),
  );
  return {
    ...conformant,
    runs: list.map(
      (id): ReportRun => ({
        ...(conformant.runs[0] as ReportRun),
        id,
        events: Array.from({ length: events }, (_, index) => exchange(index)),
      }),
    ),
    verdicts: list.flatMap((run, runIndex) =>
      requirements.map(
        (requirement, index): Verdict => ({
          id: `${requirement}@${run}`,
          requirement,
          run,
          level: 'MUST',
          outcome: (index + runIndex) % 4 === 0 ? 'pass' : 'not-applicable',
          message: `This is what came out of requirement ${index}, in words.`,
          evidence: [],
        }),
      ),
    ),
  };
}

test('a list of what did not apply is there once, and the other runs lead to it', () => {
  const page = html(big({ runs: 8 }));
  const lists = [...page.matchAll(/<details id="(n-a\/[^"]+)"/g)].map(([, id]) => id);
  // What passes moves by one from run to run, and comes again after four.
  expect(lists).toEqual([0, 1, 2, 3].map((index) => `n-a/scenario-${index}/SIGTERM`));
  expect(page.match(/<a href="#n-a\/[^"]+">the same as in scenario-\d\/SIGTERM/g)).toEqual(
    [0, 1, 2, 3].map(
      (index) => `<a href="#n-a/scenario-${index}/SIGTERM">the same as in scenario-${index}/SIGTERM`,
    ),
  );
});

test('the legend explains what is in the matrix, and nothing else', () => {
  const legend = (page: string) => textOf(/<p class="legend">.*?<\/p>/s.exec(page)?.[0] ?? '').trim();
  expect(legend(html(nonconformant))).toBe('pass FAIL warn untested n/a');
  expect(legend(html(conformant))).toBe('pass warn n/a');
  expect(legend(html(nonconformant, { baseline }))).toBe('pass FAIL warn known stale untested n/a');
});

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

test('a report of 500 runs is a page that browsers still open', () => {
  const page = html(big({ runs: 500, events: 500 }));
  expect(page.length).toBeLessThan(12_000_000);
  expect(textOf(page)).toContain('more lines: the JSON report has every event');
});

test('runs that were played several times are one column, with how many of them came out so', () => {
  const report = big({ runs: 2, repeats: 5 });
  const failed = 'area3.requirement-3@scenario-1/SIGTERM#4';
  const verdicts = report.verdicts.map((verdict) =>
    verdict.id === failed ? ({ ...verdict, outcome: 'fail', message: 'It failed once.' } as const) : verdict,
  );
  const page = html({ ...report, verdicts });
  const heads = page.match(/<th scope="col".*?<\/th>/g) ?? [];
  expect(heads.map(textOf)).toEqual(
    [' Requirement ', '  scenario-0/SIGTERM ×5  ', '  scenario-1/SIGTERM ×5  '].map((head) =>
      head.replace(/\s+/g, ' '),
    ),
  );
  expect(page).toContain(
    '<td class="fail"><a href="#area3.requirement-3@scenario-1/SIGTERM~4" title="It failed once.">FAIL<small> 1/5</small></a>',
  );
});

test('output of ten million characters is shown by its beginning, and the page says where the rest is', () => {
  const text = `first line\n${'<b>\u0000\n'.repeat(2_000_000)}`;
  const output: RecordingEvent = { type: 'output', instance: 0, stream: 'stderr', text, atMs: 301 };
  const [first] = nonconformant.runs as [ReportRun, ...ReportRun[]];
  const runs = [{ ...first, events: [...first.events, output] }];
  const verdicts = nonconformant.verdicts.map((verdict) => ({ ...verdict, message: text, observed: text }));
  const page = html({ ...nonconformant, runs, verdicts, remarks: [text], reason: text });
  expect(page.length).toBeLessThan(1_000_000);
  expect(textOf(page)).toMatch(/… and [\d,]+ more characters: the JSON report has them all\./);
}, 120_000);
