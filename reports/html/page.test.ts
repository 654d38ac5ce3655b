import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isInstalled } from '../../fixtures/testing/prerequisites.js';
import type { Report } from '../report.js';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, nonconformant } from '../samples.js';
import { sentence } from '../terminal/conclusion.js';
import { poisonedReport, poisonedTexts } from './hostile-samples.js';
import { toHtml } from './html.js';

// The page as people open it: from a disk, in a browser. Where there is none this is skipped, but never in CI.
const program = ['chromium', 'chromium-browser', 'google-chrome'].find(isInstalled);
const pathOf = (name: string) =>
  execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
const context = { strict: false, requirements: requirementTexts };

describe.skipIf(program === undefined && !process.env.CI)('the page in a browser', () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    if (program === undefined) throw new Error('a Chromium is needed (Debian: apt-get install chromium)');
    // A container lacks what its sandbox needs; the pages are our own.
    browser = await chromium.launch({ executablePath: pathOf(program), args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Shows a page, and fails at the end if it complained about anything or wanted anything from elsewhere. */
  async function withPage(
    html: string,
    options: BrowserContextOptions,
    act: (page: Page) => Promise<void>,
  ): Promise<void> {
    const file = join(folder, 'report.html');
    writeFileSync(file, html);
    const shown = await browser.newContext({ reducedMotion: 'reduce', ...options });
    try {
      const page = await shown.newPage();
      const noise: string[] = [];
      const address = pathToFileURL(file).href;
      page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => noise.push(`dialog: ${dialog.message()}`));
      shown.on('request', (request) => {
        if (request.url().split('#')[0] !== address) noise.push(`request: ${request.url()}`);
      });
      await page.goto(address);
      await act(page);
      expect(noise).toEqual([]);
    } finally {
      await shown.close();
    }
  }
  const page = (report: Report) => toHtml(report, context);
  const unfold = (shown: Page) =>
    shown.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true");
  const failing = 'deadline.holds@stuck-client/SIGTERM';
  const cell = `.matrix td.fail a[href="#${failing}"]`;
  const isInView = (shown: Page, id: string) =>
    shown.evaluate<boolean>(`(() => {
      const element = document.getElementById(${JSON.stringify(id)});
      const { top, bottom } = element.getBoundingClientRect();
      return element.checkVisibility() && bottom > 0 && top < innerHeight;
    })()`);

  test.each(Object.entries(allReports))(
    '%s: it says its outcome, complains of nothing, and loads nothing',
    async (_name, report) => {
      await withPage(page(report), {}, async (shown) => {
        expect(await shown.textContent('h1')).toContain(sentence(report, context));
        expect(
          await shown.evaluate('getComputedStyle(document.querySelector(".outcome")).borderLeftWidth'),
        ).toBe('6px');
      });
    },
  );

  // Axe needs scripts to run; what somebody without them sees is the page without its own.
  const withoutScript = (html: string) => html.replace(/<script>.*<\/script>/s, '');
  const dark = { colorScheme: 'dark' } as const;
  const phone = { viewport: { width: 360, height: 800 } };
  const repeated = {
    ...nonconformant,
    runs: nonconformant.runs.flatMap((run) =>
      ['#1', '#2'].map((number) => ({ ...run, id: run.id + number })),
    ),
    verdicts: nonconformant.verdicts.flatMap((verdict, index) =>
      ['#1', '#2'].map((number) => ({
        ...verdict,
        id: verdict.id + number,
        run: verdict.run + number,
        ...(index % 2 === 0 && number === '#2' ? { outcome: 'pass' as const } : {}),
      })),
    ),
  };
  const looks: { name: string; html: string; options: BrowserContextOptions }[] = [
    ...Object.entries(allReports).map(([name, report]) => ({ name, html: page(report), options: {} })),
    { name: 'nonconformant, dark', html: page(nonconformant), options: dark },
    { name: 'partlyUntested, dark', html: page(allReports.partlyUntested), options: dark },
    { name: 'repeated, dark, on a phone', html: page(repeated), options: { ...dark, ...phone } },
    { name: 'nonconformant, without scripts', html: withoutScript(page(nonconformant)), options: {} },
    { name: 'nonconformant, on a phone', html: page(nonconformant), options: phone },
  ];
  test.each(looks)('$name: axe finds nothing, with all unfolded', async ({ html, options }) => {
    await withPage(html, options, async (shown) => {
      await unfold(shown);
      await shown.evaluate(`${axe.source}; 0`);
      const found = await shown.evaluate<{ passes: string[]; violations: unknown[] }>(`
          axe.run(document, { resultTypes: ['violations'] }).then(({ passes, violations }) => ({
            passes: passes.map(({ id }) => id),
            violations: violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary]),
          }))`);
      expect(found.violations).toEqual([]);
      expect(found.passes).toContain('color-contrast');
    });
  });

  test.each([true, false])(
    'a click on a failing cell leads to its case (scripts: %s)',
    async (javaScriptEnabled) => {
      await withPage(page(nonconformant), { javaScriptEnabled }, async (shown) => {
        await shown.click(cell);
        await expect.poll(() => isInView(shown, failing)).toBe(true);
        expect(await shown.evaluate('document.querySelector(":target").id')).toBe(failing);
      });
    },
  );

  test.each([true, false])('the keyboard alone reaches a case (scripts: %s)', async (javaScriptEnabled) => {
    await withPage(page(nonconformant), { javaScriptEnabled }, async (shown) => {
      const isAt = (selector: string) =>
        shown.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
      await shown.keyboard.press('Tab');
      expect(await isAt('a.skip')).toBe(true);
      let steps = 0;
      while (!(await isAt(cell)) && steps++ < 150) await shown.keyboard.press('Tab');
      expect(await isAt(cell)).toBe(true);
      await shown.keyboard.press('Enter');
      await expect.poll(() => isInView(shown, failing)).toBe(true);
      // From there on it goes on in the case.
      await shown.keyboard.press('Tab');
      expect(await shown.evaluate('document.activeElement.closest("article")?.id')).toBe(failing);
    });
  });

  test.each([true, false])(
    'a link to what passed unfolds its run (scripts: %s)',
    async (javaScriptEnabled) => {
      const id = 'exit.status@idle-clients/SIGTERM';
      await withPage(page(nonconformant), { javaScriptEnabled }, async (shown) => {
        expect(await isInView(shown, id)).toBe(false);
        await shown.click(`.matrix td.pass a[href="#${id}"]`);
        await expect.poll(() => isInView(shown, id)).toBe(true);
      });
    },
  );

  test('a run is folded, and unfolds to its timeline, without scripts', async () => {
    await withPage(page(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      const run = shown.locator('details.run', { hasText: 'busy-clients/SIGTERM' });
      const line = run.getByText('client busy-1 was reset (ECONNRESET)');
      expect(await line.isVisible()).toBe(false);
      await run.locator('summary').first().click();
      await run.getByText('Timeline as text').click();
      expect(await line.isVisible()).toBe(true);
    });
  });

  test('rows and runs without a finding can be folded, without scripts', async () => {
    await withPage(page(allReports.conformant), { javaScriptEnabled: false }, async (shown) => {
      const row = (id: string) => shown.locator('.matrix tbody tr', { hasText: id });
      const head = (id: string) => shown.locator('.matrix thead a', { hasText: id });
      expect(await row('deadline.holds').isVisible()).toBe(true);
      expect(await head('stuck-client').isVisible()).toBe(true);
      await shown.getByLabel('with findings').check();
      expect(await row('deadline.holds').isVisible()).toBe(false);
      expect(await row('stop.acknowledged').isVisible()).toBe(true);
      expect(await head('stuck-client').isVisible()).toBe(false);
      expect(await head('idle-clients').isVisible()).toBe(true);
    });
  });

  test('the search leaves the rows, or the runs, that are called so', async () => {
    await withPage(page(nonconformant), {}, async (shown) => {
      const rows = () => shown.locator('.matrix tbody tr:not(.area) th:visible').allInnerTexts();
      const heads = () => shown.locator('.matrix thead a:visible').allInnerTexts();
      const all = { rows: (await rows()).length, heads: (await heads()).length };
      await shown.getByLabel('Search').fill('NOTICE');
      expect(await rows()).toEqual(['notice.every-client MUST']);
      expect(await heads()).toHaveLength(all.heads);
      await shown.getByLabel('Search').fill('busy');
      expect(await heads()).toEqual(['busy-clients/SIGTERM']);
      await shown.getByLabel('Search').fill('nobody');
      expect(await shown.textContent('#found')).toContain('nothing is called so');
      await shown.getByLabel('Search').fill('');
      expect({ rows: (await rows()).length, heads: (await heads()).length }).toEqual(all);
    });
  });

  test('the search is not there without scripts', async () => {
    await withPage(page(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      expect(await shown.locator('#search').isVisible()).toBe(false);
    });
  });

  test('a button copies the command; one click selects all of it', async () => {
    await withPage(page(nonconformant), {}, async (shown) => {
      const command = shown.locator(`[id="${failing}"] .command`);
      await command.click();
      expect(await shown.evaluate('String(getSelection())')).toBe(await command.textContent());
      await shown.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
      await shown.locator(`[id="${failing}"] .copy`).click();
      expect(await shown.evaluate('copied')).toBe(await command.textContent());
    });
  });

  test.each(Object.entries(allReports))(
    '%s: hostile texts execute nothing, and are there to be read',
    async (_name, report) => {
      const html = toHtml(poisonedReport(report), {
        ...context,
        requirements: poisonedTexts(requirementTexts),
      });
      await withPage(html, {}, async (shown) => {
        await unfold(shown);
        for (const link of await shown.locator('.matrix td a').all()) await link.dispatchEvent('mouseover');
        expect(await shown.evaluate('window.hacked')).toBeUndefined();
        expect(await shown.evaluate('document.scripts.length')).toBe(1);
        expect(await shown.locator('img, iframe, object, base, form').count()).toBe(0);
        expect(await shown.textContent('body')).toContain('</script><script>window.hacked=1</script>');
        expect(await shown.textContent('body')).toContain('\\u202egnp.exe');
      });
    },
  );

  test.each([320, 360, 1280, 3840])(
    '%i pixels wide nothing scrolls sideways but boxes of their own',
    async (width) => {
      const html = toHtml(poisonedReport(nonconformant), context);
      for (const each of [html, page(nonconformant)])
        await withPage(each, { viewport: { width, height: 800 } }, async (shown) => {
          await unfold(shown);
          expect(await shown.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        });
    },
  );

  test('on paper everything is unfolded, without scripts', async () => {
    await withPage(page(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      const isShown = () =>
        shown.evaluate(`document.getElementById('exit.status@idle-clients/SIGTERM').checkVisibility()`);
      expect(await isShown()).toBe(false);
      await shown.emulateMedia({ media: 'print' });
      expect(await isShown()).toBe(true);
    });
  });

  test('on paper a failing cell is seen although grounds are not printed', async () => {
    await withPage(page(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      await shown.emulateMedia({ media: 'print' });
      const style = `getComputedStyle(document.querySelector(${JSON.stringify(cell)}))`;
      expect(await shown.evaluate(`${style}.getPropertyValue('print-color-adjust')`)).toBe('exact');
    });
  });

  test('a cell tells on hover what its run says of it: why it passed, or does not apply', async () => {
    await withPage(page(nonconformant), {}, async (shown) => {
      const passed = shown.locator('.matrix td.pass a[href="#exit.status@idle-clients/SIGTERM"]');
      await passed.dispatchEvent('pointerover');
      expect(await passed.getAttribute('title')).toBe('exit.status It exited with 0.');
      const other = shown.locator('.matrix tbody td:not([class])').first();
      await other.dispatchEvent('pointerover');
      expect(await other.getAttribute('title')).toBe('The harness had to end the server.: exit.status');
    });
  });

  test('every time of the evidence stands in its box', async () => {
    await withPage(page(nonconformant), {}, async (shown) => {
      await unfold(shown);
      const indents = await shown.locator('.lines li').evaluateAll((items) =>
        items.map((item) => {
          const { paddingLeft, textIndent } = getComputedStyle(item);
          return Number.parseFloat(paddingLeft) + Number.parseFloat(textIndent);
        }),
      );
      expect(indents.length).toBeGreaterThan(10);
      expect(Math.min(...indents)).toBeGreaterThanOrEqual(0);
    });
  });

  test('where a CI forbids styles and scripts, all words are still there', async () => {
    const shown = await browser.newPage();
    await shown.route('http://ci.test/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        // As Jenkins serves artifacts.
        headers: {
          'content-security-policy': "sandbox; default-src 'none'; img-src 'self'; style-src 'self';",
        },
        body: page(nonconformant),
      }),
    );
    await shown.goto('http://ci.test/');
    expect(await shown.evaluate('getComputedStyle(document.querySelector(".outcome")).borderLeftWidth')).toBe(
      '0px',
    );
    expect(await shown.textContent('h1')).toContain(sentence(nonconformant, context));
    expect(await shown.locator(cell).textContent()).toBe('FAIL');
    await shown.locator('summary', { hasText: 'stuck-client/SIGTERM' }).first().click();
    expect(await shown.locator('details.run[open]').textContent()).toContain('deadline.holds');
    await shown.close();
  });
});
