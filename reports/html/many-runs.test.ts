import { expect, test } from 'vitest';
import type { RecordingEvent } from '../../harness/recording/events.js';
import type { Report, ReportRun, Verdict } from '../report.js';
import { conformant } from '../samples.js';
import { html, textOf } from './testing/pages.js';

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
