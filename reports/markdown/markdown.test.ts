import { marked, type Token, type Tokens } from 'marked';
import { expect, test } from 'vitest';
import type { Report } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, hostile } from '../samples.js';
import { oneLine } from '../text/printable.js';
import { codeSpan } from './escape.js';
import { toMarkdown } from './markdown.js';

const markdown = (report: Report, strict = false) =>
  toMarkdown(report, { strict, requirements: requirementTexts, replayOptions: ['--deadline', '2s'] });
const samples = Object.entries(allReports);

/** What takes over a page: links and pictures of all kinds, mentions, ends of what we opened, HTML. */
const attack = [
  '```\n</details></pre></code></table><img src=//evil.test/a.png onerror=x>![i](http://evil.test/b.png)',
  '@octocat #123 octo/repo#1 [l](javascript:x) <https://evil.test> www.evil.test evil@evil.test',
  '| a | b |\n~~~~\n````\n`` ` \\` <script>x</script> <!-- ',
  '<details>\n\n# heading\n\n- [ ] task\n\n---\n&#60;b&#62; $x$ :tada:',
  hostile,
].join(' ');

/** Every place of a report that can quote a target. */
function attacked(report: Report): Report {
  const also = report.reason === undefined ? {} : { reason: attack, output: [attack, attack] };
  return {
    ...report,
    ...also,
    target: { ...report.target, name: attack, command: ['sh', '-c', attack] },
    remarks: [attack],
    notPlayed: [{ id: attack, reason: attack }],
    verdicts: report.verdicts.map((verdict) => ({
      ...verdict,
      requirement: `x.${attack}`,
      run: attack,
      message: attack,
      expected: attack,
      observed: attack,
    })),
  };
}

/** What a reader's browser gets outside of code, and what stands in code. */
function rendered(text: string) {
  const html = String(marked.parse(text, { gfm: true, async: false }));
  const code: string[] = [];
  const rest = html.replace(/<code( class="language-text")?>([^<]*)<\/code>/g, (_all, _class, inside) => {
    code.push(inside);
    return '';
  });
  return { rest, code: code.join('\n') };
}

function types(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => [token.type, ...types((token as Tokens.Generic).tokens ?? [])]);
}

test.each(samples)('the report %s is as its golden file', async (name, report) => {
  await expect(markdown(report)).toMatchFileSnapshot(`golden/${name}.md`);
});

test.each(samples)('whatever a target writes, it is text in the page of %s', (_name, report) => {
  const text = markdown(attacked(report));
  const { rest, code } = rendered(text);
  // What stands outside of code is ours, and has no letter of theirs.
  expect(rest).not.toMatch(/evil|octo|script|heading|task|tada|<img|<a |<h1|<hr|<input|lie/);
  const own = rest.match(/<(?!\/?(p|strong|h3|table|tr|th|td|details|summary|pre)>)[^>]*>/g);
  expect(own).toBeNull();
  expect(code).toContain('@octocat #123');
  for (const tag of ['details', 'summary', 'table', 'pre'])
    expect(rest.split(`<${tag}>`).length, tag).toBe(rest.split(`</${tag}>`).length);
});

test.each(samples)('the page of %s has no links, no images and no HTML that is not ours', (_name, report) => {
  const found = new Set(types(marked.lexer(markdown(attacked(report)), { gfm: true })));
  for (const type of ['link', 'image', 'list', 'hr', 'del', 'em', 'blockquote', 'def'])
    expect(found).not.toContain(type);
});

test.each(['a', '`', '``a`', ' a ', ' ', '', '`a b', 'a\\', '<b>&amp;', 'a | b'])(
  'a parser reads the text back from a code span: %j',
  (text) => {
    const [paragraph] = marked.lexer(codeSpan(text, 80)) as unknown as [Tokens.Paragraph];
    expect(paragraph.tokens).toHaveLength(1);
    expect(paragraph.tokens[0]).toMatchObject({
      type: 'codespan',
      text: oneLine(text).trim() === '' ? ' ' : text,
    });
  },
);

test('a report that is too long for a comment says what it leaves out', () => {
  const [verdict] = allReports.nonconformant.verdicts.filter(({ outcome }) => outcome === 'fail');
  const verdicts = Array.from({ length: 200 }, (_, index) => ({
    ...verdict,
    requirement: `area.n${index}`,
    message: '<'.repeat(5000),
  }));
  const text = markdown({ ...allReports.nonconformant, verdicts } as Report);
  expect(text.length).toBeLessThan(65_536);
  const shown = text.split('<details>').length - 1;
  expect(shown).toBeGreaterThan(5);
  // One fold is about how it was tested.
  expect(text).toContain(`${200 - (shown - 1)} more parts were left out here for their length`);
});

test('with --strict a failed SHOULD fails', () => {
  expect(markdown(allReports.conformant)).toContain('<td>warning</td>');
  expect(markdown(allReports.conformant, true)).toContain('<td>fails</td>');
});

test('the target of a configuration is named: several may share one page', () => {
  const report = allReports.nonconformant as Report;
  const named = { ...report, target: { ...report.target, name: 'api' } };
  expect(markdown(named)).toContain('Tested: `api`: `');
  expect(markdown(report)).toContain('Tested: `');
});
