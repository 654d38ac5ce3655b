import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { requirementTexts } from '../requirement-samples.js';
import { allReports, nonconformant } from '../samples.js';
import { sentence } from '../terminal/conclusion.js';
import { poisonedReport, poisonedTexts } from './hostile-samples.js';
import { toHtml } from './html.js';
import { inBrowser } from './testing/browser.js';
import { context, failingCell, html } from './testing/pages.js';

inBrowser('how the page looks in a browser', ({ withPage, browser }) => {
  const unfold = (shown: Page) =>
    shown.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true");

  test.each(Object.entries(allReports))(
    '%s: it says its outcome, complains of nothing, and loads nothing',
    async (_name, report) => {
      await withPage(html(report), {}, async (shown) => {
        expect(await shown.textContent('h1')).toContain(sentence(report, context));
        expect(
          await shown.evaluate('getComputedStyle(document.querySelector(".outcome")).borderLeftWidth'),
        ).toBe('6px');
      });
    },
  );

  // Axe needs scripts to run; what somebody without them sees is the page without its own.
  const withoutScript = (text: string) => text.replace(/<script>.*<\/script>/s, '');
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
  const looks: { name: string; text: string; options: BrowserContextOptions }[] = [
    ...Object.entries(allReports).map(([name, report]) => ({ name, text: html(report), options: {} })),
    { name: 'nonconformant, dark', text: html(nonconformant), options: dark },
    { name: 'partlyUntested, dark', text: html(allReports.partlyUntested), options: dark },
    { name: 'repeated, dark, on a phone', text: html(repeated), options: { ...dark, ...phone } },
    { name: 'nonconformant, without scripts', text: withoutScript(html(nonconformant)), options: {} },
    { name: 'nonconformant, on a phone', text: html(nonconformant), options: phone },
  ];
  test.each(looks)('$name: axe finds nothing, with all unfolded', async ({ text, options }) => {
    await withPage(text, options, async (shown) => {
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

  test.each(Object.entries(allReports))(
    '%s: hostile texts execute nothing, and are there to be read',
    async (_name, report) => {
      const poisonedPage = toHtml(poisonedReport(report), {
        ...context,
        requirements: poisonedTexts(requirementTexts),
      });
      await withPage(poisonedPage, {}, async (shown) => {
        await unfold(shown);
        await shown.evaluate(
          "for (const link of document.querySelectorAll('.matrix td a')) for (const type of ['mouseover', 'pointerover']) link.dispatchEvent(new Event(type, { bubbles: true }))",
        );
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
      const poisonedPage = toHtml(poisonedReport(nonconformant), context);
      for (const each of [poisonedPage, html(nonconformant)])
        await withPage(each, { viewport: { width, height: 800 } }, async (shown) => {
          await unfold(shown);
          expect(await shown.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        });
    },
  );

  test('on paper everything is unfolded, without scripts', async () => {
    await withPage(html(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      const isShown = () =>
        shown.evaluate(`document.getElementById('exit.status@idle-clients/SIGTERM').checkVisibility()`);
      expect(await isShown()).toBe(false);
      await shown.emulateMedia({ media: 'print' });
      expect(await isShown()).toBe(true);
    });
  });

  test('on paper a failing cell is seen although grounds are not printed', async () => {
    await withPage(html(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      await shown.emulateMedia({ media: 'print' });
      const style = `getComputedStyle(document.querySelector(${JSON.stringify(failingCell)}))`;
      expect(await shown.evaluate(`${style}.getPropertyValue('print-color-adjust')`)).toBe('exact');
    });
  });

  test('every time of the evidence stands in its box', async () => {
    await withPage(html(nonconformant), {}, async (shown) => {
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
    const shown = await browser().newPage();
    await shown.route('http://ci.test/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        // As Jenkins serves artifacts.
        headers: {
          'content-security-policy': "sandbox; default-src 'none'; img-src 'self'; style-src 'self';",
        },
        body: html(nonconformant),
      }),
    );
    await shown.goto('http://ci.test/');
    expect(await shown.evaluate('getComputedStyle(document.querySelector(".outcome")).borderLeftWidth')).toBe(
      '0px',
    );
    expect(await shown.textContent('h1')).toContain(sentence(nonconformant, context));
    expect(await shown.locator(failingCell).textContent()).toBe('FAIL');
    await shown.locator('summary', { hasText: 'stuck-client/SIGTERM' }).first().click();
    expect(await shown.locator('details.run[open]').textContent()).toContain('deadline.holds');
    await shown.close();
  });
});
