import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type AxeCore from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, launch } from './chromium.ts';
import { type Site, siteOf } from './site.ts';

declare global {
  interface Window {
    readonly axe: typeof AxeCore;
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One page of each kind. */
const PAGES = [
  '/',
  '/?tactic=stealth&severity=high&retired=true',
  '/search?q=windows&platform=sigma',
  '/facets/technique',
  '/rules/sigma/20cc62b4-4ae4-4e90-a80a-466933b40341',
  '/tactics',
  '/tactics/stealth',
  '/tactics/defense-evasion',
  '/techniques/T1218',
  '/techniques/T1562.001',
  '/events',
  '/events/Microsoft-Windows-Security-Auditing/4688',
  '/fields',
  '/fields/CommandLine',
  '/indicators?field=Image&op=ends_with&value=%5Cmsiexec.exe',
  '/coverage',
  '/overlap/sigma/20cc62b4-4ae4-4e90-a80a-466933b40341',
  '/overlap',
  '/problems',
  '/help',
  '/help/nesting-too-deep',
  '/nothing',
];

describe.skipIf(!existsSync(CHROMIUM))(`axe-core finds nothing (${CHROMIUM})`, () => {
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

  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [360, 1280].map((width) => ({ colorScheme, width })),
  );
  test.each(looks)(
    '$colorScheme, $width pixels wide',
    { timeout: 120_000 },
    async ({ colorScheme, width }) => {
      // The pages forbid scripts; axe is one.
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        bypassCSP: true,
      });
      const page = await context.newPage();
      const found: string[] = [];
      for (const path of PAGES) {
        await page.goto(new URL(path, site.url).href);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run(document));
        found.push(
          ...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html} (${nodes.length} in all)`),
        );
      }
      await context.close();
      expect(found).toEqual([]);
    },
  );
});
