import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { isInstalled } from '../../../fixtures/testing/prerequisites.js';

export interface Shown {
  /** Shows a page, and fails at the end if it complained about anything or wanted anything from elsewhere. */
  withPage(html: string, options: BrowserContextOptions, act: (page: Page) => Promise<void>): Promise<void>;
  /** From the first test on. */
  browser(): Browser;
}

// The page as people open it: from a disk, in a browser. Where there is none this is skipped, but never in CI.
const program = ['chromium', 'chromium-browser', 'google-chrome'].find(isInstalled);
const pathOf = (name: string) =>
  execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();

/** Tests that look at pages in a real browser, which is started once for all of them. */
export function inBrowser(name: string, tests: (shown: Shown) => void): void {
  describe.skipIf(program === undefined && !process.env.CI)(name, () => {
    let folder: string;
    let browser: Browser | undefined;
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
    const opened = () => {
      if (browser === undefined) throw new Error('the browser is started before the first test');
      return browser;
    };
    tests({
      browser: opened,
      withPage: (html, options, act) => withPage(opened(), join(folder, 'report.html'), html, options, act),
    });
  });
}

async function withPage(
  browser: Browser,
  file: string,
  html: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
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
