import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { allReports, nonconformant } from '../samples.js';
import { inBrowser } from './testing/browser.js';
import { failing, failingCell, html } from './testing/pages.js';

inBrowser('how the page is used in a browser', ({ withPage }) => {
  const isInView = (shown: Page, id: string) =>
    shown.evaluate<boolean>(`(() => {
      const element = document.getElementById(${JSON.stringify(id)});
      const { top, bottom } = element.getBoundingClientRect();
      return element.checkVisibility() && bottom > 0 && top < innerHeight;
    })()`);

  test.each([true, false])(
    'a click on a failing cell leads to its case (scripts: %s)',
    async (javaScriptEnabled) => {
      await withPage(html(nonconformant), { javaScriptEnabled }, async (shown) => {
        await shown.click(failingCell);
        await expect.poll(() => isInView(shown, failing)).toBe(true);
        expect(await shown.evaluate('document.querySelector(":target").id')).toBe(failing);
      });
    },
  );

  test.each([true, false])('the keyboard alone reaches a case (scripts: %s)', async (javaScriptEnabled) => {
    await withPage(html(nonconformant), { javaScriptEnabled }, async (shown) => {
      const isAt = (selector: string) =>
        shown.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
      await shown.keyboard.press('Tab');
      expect(await isAt('a.skip')).toBe(true);
      let steps = 0;
      while (!(await isAt(failingCell)) && steps++ < 150) await shown.keyboard.press('Tab');
      expect(await isAt(failingCell)).toBe(true);
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
      await withPage(html(nonconformant), { javaScriptEnabled }, async (shown) => {
        expect(await isInView(shown, id)).toBe(false);
        await shown.click(`.matrix td.pass a[href="#${id}"]`);
        await expect.poll(() => isInView(shown, id)).toBe(true);
      });
    },
  );

  test('a run is folded, and unfolds to its timeline, without scripts', async () => {
    await withPage(html(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      const run = shown.locator('details.run', { hasText: 'busy-clients/SIGTERM' });
      const line = run.getByText('client busy-1 was reset (ECONNRESET)');
      expect(await line.isVisible()).toBe(false);
      await run.locator('summary').first().click();
      await run.getByText('Timeline as text').click();
      expect(await line.isVisible()).toBe(true);
    });
  });

  test('rows and runs without a finding can be folded, without scripts', async () => {
    await withPage(html(allReports.conformant), { javaScriptEnabled: false }, async (shown) => {
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
    await withPage(html(nonconformant), {}, async (shown) => {
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
    await withPage(html(nonconformant), { javaScriptEnabled: false }, async (shown) => {
      expect(await shown.locator('#search').isVisible()).toBe(false);
    });
  });

  test('a button copies the command; one click selects all of it', async () => {
    await withPage(html(nonconformant), {}, async (shown) => {
      const command = shown.locator(`[id="${failing}"] .command`);
      await command.click();
      expect(await shown.evaluate('String(getSelection())')).toBe(await command.textContent());
      await shown.evaluate('navigator.clipboard.writeText = async (text) => { window.copied = text; }');
      await shown.locator(`[id="${failing}"] .copy`).click();
      expect(await shown.evaluate('copied')).toBe(await command.textContent());
    });
  });

  test('a cell tells on hover what its run says of it: why it passed, or does not apply', async () => {
    await withPage(html(nonconformant), {}, async (shown) => {
      const passed = shown.locator('.matrix td.pass a[href="#exit.status@idle-clients/SIGTERM"]');
      await passed.dispatchEvent('pointerover');
      expect(await passed.getAttribute('title')).toBe('exit.status It exited with 0.');
      const other = shown.locator('.matrix tbody td:not([class])').first();
      await other.dispatchEvent('pointerover');
      expect(await other.getAttribute('title')).toBe('The harness had to end the server.: exit.status');
    });
  });
});
