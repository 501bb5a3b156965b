import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launch } from './chromium.ts';
import { type Site, siteOf } from './site.ts';

describe.skipIf(!existsSync(CHROMIUM))(`walks through the site of our examples (${CHROMIUM})`, () => {
  let browser: Browser;
  let site: Site;

  beforeAll(async () => {
    site = await siteOf('examples');
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])('%o', (options) => {
    async function open(): Promise<Page> {
      const context = await browser.newContext({ ...options, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.goto(site.url);
      return page;
    }
    const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();

    test('from home by search to a rule, to an indicator, to another rule', async () => {
      const page = await open();
      await page.getByRole('searchbox', { name: 'Search the rules' }).fill('certutil');
      await page.getByRole('button', { name: 'Search' }).click();
      const found = page.getByRole('main').locator('.rules').getByRole('link');
      const first = await found.first().innerText();
      await found.first().click();
      expect(await heading(page)).toBe(first);

      const shared = page
        .locator('#indicators')
        .getByRole('link', { name: /^\d+ other rules?$/ })
        .first();
      await shared.click();
      expect(new URL(page.url()).pathname).toBe('/indicators');
      const others = page.locator('#including').getByRole('link');
      const names = (await others.allInnerTexts()).filter((name) => name !== first);
      const other = names[0] ?? '';
      await others.filter({ hasText: other }).first().click();
      expect(await heading(page)).toBe(other);
      expect(other).not.toBe(first);
      await page.context().close();
    });

    test('from the matrix to a technique, to an event of its rules, to a field, to a value', async () => {
      const page = await open();
      await page.getByRole('link', { name: 'ATT&CK', exact: true }).click();
      await page.getByRole('link', { name: 'System Binary Proxy Execution', exact: true }).first().click();
      expect(await heading(page)).toContain('System Binary Proxy Execution');
      await page
        .locator('#events')
        .getByRole('link', { name: /^Sysmon 1 / })
        .click();
      expect(await heading(page)).toContain('Process creation');
      await page.locator('#fields').getByRole('link', { name: 'CommandLine', exact: true }).click();
      expect(await heading(page)).toBe('CommandLine');
      await page.locator('#values').getByRole('link').first().click();
      expect(await heading(page)).toContain('CommandLine');
      await page.context().close();
    });

    test('filters narrow the list, and chips widen it again', async () => {
      const page = await open();
      const all = await page.getByRole('heading', { level: 2, name: /^All / }).innerText();
      const filters = page.getByRole('navigation', { name: 'Filters' });
      await filters.getByRole('link', { name: /^high / }).click();
      await filters
        .getByRole('link', { name: /^windows / })
        .first()
        .click();
      expect(new URL(page.url()).search).toBe('?product=windows&severity=high');
      await page.getByRole('link', { name: 'Remove the filter severity high' }).click();
      await page.getByRole('link', { name: 'Remove the filter product windows' }).click();
      expect(await page.getByRole('heading', { level: 2, name: /^All / }).innerText()).toBe(all);
      await page.context().close();
    });
  });
});
