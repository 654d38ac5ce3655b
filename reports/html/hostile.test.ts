import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { OutputStream, RecordingEvent } from '../../harness/recording/events.js';
import type { ReportRun } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, nonconformant } from '../samples.js';
import { poisonedReport, poisonedTexts } from './hostile-samples.js';
import { toHtml } from './html.js';
import { attributes, context, html, textOf } from './testing/pages.js';

const samples = Object.entries(allReports);

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

/** What is kept of a stream, and a piece of it: 256 KiB of its beginning and of its end, as they are read. */
const kept = { streamCharacters: 512 * 1024, pieceCharacters: 64 * 1024 };

test('all the output that is kept of a target is shown by its beginning, and the page says where the rest is', () => {
  const textOfLength = (length: number) => `first line\n${'<b>\u0000\n'.repeat(length / 5)}`.slice(0, length);
  const piece = textOfLength(kept.pieceCharacters);
  const pieces = (stream: OutputStream): RecordingEvent[] =>
    Array.from({ length: kept.streamCharacters / piece.length }, (_, index) => ({
      type: 'output',
      instance: 0,
      stream,
      text: piece,
      atMs: 301 + index,
    }));
  const [first] = nonconformant.runs as [ReportRun, ...ReportRun[]];
  const runs = [{ ...first, events: [...first.events, ...pieces('stdout'), ...pieces('stderr')] }];
  // A judge of one's own may quote all of it.
  const text = textOfLength(2 * kept.streamCharacters);
  const verdicts = nonconformant.verdicts.map((verdict) => ({ ...verdict, message: text, observed: text }));
  const page = html({ ...nonconformant, runs, verdicts, remarks: [text], reason: text });
  expect(page.length).toBeLessThan(1_000_000);
  expect(textOf(page)).toMatch(/… and [\d,]+ more characters: the JSON report has them all\./);
});
