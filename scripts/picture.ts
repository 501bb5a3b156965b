/** Makes docs/rule-page.png, the picture of the README, from our own examples: `npm run picture`. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../packages/web/test/chromium.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RULE = 'splunk/b417f055-e823-4b19-81ec-894f0ee6bf60';

const folder = mkdtempSync(join(tmpdir(), 'rulescope-picture-'));
const server = spawn(
  process.execPath,
  [join(ROOT, 'packages/cli/bin/rulescope.js'), 'serve', '--build', '--port', '0', join(ROOT, 'examples')],
  { env: { ...process.env, XDG_CACHE_HOME: folder }, stdio: ['ignore', 'pipe', 'inherit'] },
);
const address = await new Promise<string>((found) => {
  server.stdout.on('data', (data: Buffer) => {
    const url = /http:\/\/\S+/.exec(data.toString())?.[0];
    if (url !== undefined) found(url);
  });
});
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1100, height: 1180 } });
await page.goto(new URL(`/rules/${RULE}`, address).href);
await page.screenshot({ path: join(ROOT, 'docs/rule-page.png') });
await browser.close();
server.kill();
