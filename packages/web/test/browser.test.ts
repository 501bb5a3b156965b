import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '@rulescope/catalog';
import { buildCatalog, openCatalog } from '@rulescope/catalog';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { createApp, serve } from '../src/index.ts';
import { CHROMIUM, launch } from './chromium.ts';

const LONG = 'unbroken'.repeat(60);

/** A rule of our own; `image` makes rules share an indicator. */
function ruleText(title: string, id: string, image: string, extra = ''): string {
  return `title: ${title}
id: ${id}
status: test
level: medium
author: Rulescope
description: |
    What an installer does when nobody looks.
    ${LONG}
references:
    - https://example.org/${LONG}
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '${image}'
        CommandLine|contains|windash:
            - ' -quiet '
            - ' -${LONG}'
    filter:
        ParentImage: 'C:\\Windows\\${LONG}.exe'
${extra}    condition: selection and not filter
`;
}

const FILES: Readonly<Record<string, string>> = {
  'quiet_install.yml': ruleText('Quiet installation', '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6a01', '\\setup.exe'),
  [`deep/${'folder/'.repeat(12)}loud_install.yml`]: ruleText(
    'Loud installation',
    '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6a02',
    '\\setup.exe',
  ),
  'other name & #1 100%.yml': ruleText(LONG, '', '\\other.exe'),
  'broken.yml': 'title: [never closed\n',
};

describe.skipIf(!existsSync(CHROMIUM))(`in a browser without JavaScript (${CHROMIUM})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-web-'));
  let browser: Browser;
  let server: RunningServer;
  let catalog: Catalog;

  beforeAll(async () => {
    for (const [path, text] of Object.entries(FILES)) {
      const file = join(folder, 'rules', path);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, text);
    }
    const source = { name: 'own', path: join(folder, 'rules'), platform: 'sigma', licence: null, link: null };
    const output = join(folder, 'catalog.sqlite');
    await buildCatalog({ sources: [source], output, cacheFolder: null });
    catalog = openCatalog(output);
    server = await serve(createApp(catalog), { host: '127.0.0.1', port: 0 });
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    catalog.close();
    rmSync(folder, { recursive: true });
  });

  describe.each([360, 1280])('%i pixels wide', (width) => {
    async function open(): Promise<Page> {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width, height: 800 },
      });
      return context.newPage();
    }

    test('from the list by a search to a rule, its indicator and another rule', async () => {
      const page = await open();
      await page.goto(server.url);
      await checkPage(page, 'Detection rules, and what they really look for');

      await page.getByRole('searchbox', { name: 'Search the rules' }).fill('quiet installation');
      await page.getByRole('button', { name: 'Search' }).click();
      await checkPage(page, 'Search: quiet installation');

      await page.getByRole('link', { name: 'Quiet installation', exact: true }).click();
      await checkPage(page, 'Quiet installation');
      expect(await page.getByRole('row', { name: /Image ends with/ }).count()).toBe(1);

      await page
        .getByRole('row', { name: /Image ends with/ })
        .getByRole('link', { name: '1 other rule' })
        .click();
      await checkPage(page, 'Image ends with \\setup.exe');

      await page.getByRole('link', { name: 'Loud installation' }).click();
      await checkPage(page, 'Loud installation');
      await page.context().close();
    });

    test('a rule of an odd file with long words, the filter, problems and help', async () => {
      const page = await open();
      await page.goto(server.url);
      await page.getByRole('link', { name: LONG }).click();
      await checkPage(page, LONG);

      await page.goto(server.url);
      if (width < 960) await page.getByText('Filters', { exact: true }).click();
      await page
        .getByRole('navigation', { name: 'Filters' })
        .getByRole('link', { name: /^Image / })
        .click();
      await checkPage(page, 'Detection rules, and what they really look for');
      expect(await page.getByRole('heading', { name: '3 rules', exact: true }).count()).toBe(1);
      await page.getByRole('searchbox', { name: 'Search in this list' }).fill('loud');
      await page.getByRole('button', { name: 'Search' }).last().click();
      await checkPage(page, 'Search: loud');
      expect(await page.getByRole('heading', { name: '1 rule found', exact: true }).count()).toBe(1);
      await page.getByRole('link', { name: 'Remove the filter words loud' }).click();
      await page.getByRole('link', { name: 'Remove the filter field Image' }).click();
      expect(await page.getByRole('heading', { name: 'All 3 rules', exact: true }).count()).toBe(1);

      await page.getByRole('link', { name: 'Problems', exact: true }).click();
      await checkPage(page, 'Problems');
      await page.locator('.diagnostics').getByRole('link').first().click();
      expect(page.url()).toContain('/help/');
      await checkPage(page, await page.getByRole('heading', { level: 1 }).innerText());
      await page.context().close();
    });

    test('the keyboard reaches the skip link first and the box of the rule text', async () => {
      const page = await open();
      await page.goto(`${server.url}rules/sigma/3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6a01`);
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: 'Skip to the content' });
      expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
      expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
      const box = page.getByRole('region', { name: 'Rule text' });
      await box.focus();
      expect(await box.evaluate((region) => region === document.activeElement)).toBe(true);
      await page.context().close();
    });
  });
});

/** What holds for every page: its heading, no sideways scrolling, ordered headings, labels, unique ids. */
async function checkPage(page: Page, heading: string): Promise<void> {
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading);
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return {
      overflow: root.scrollWidth - root.clientWidth,
      levels: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((element) =>
        Number(element.tagName[1]),
      ),
      repeatedIds: ids.filter((id, i) => ids.indexOf(id) !== i),
      unlabelled: [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')].filter(
        (control) => control.labels?.length !== 1,
      ).length,
      scripts: document.scripts.length,
    };
  });
  expect(found).toMatchObject({ overflow: 0, repeatedIds: [], unlabelled: 0, scripts: 0 });
  expect(found.levels[0]).toBe(1);
  for (const [i, level] of found.levels.entries()) {
    if (i > 0) expect(level - (found.levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  }
}
