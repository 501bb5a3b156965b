import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalog, openCatalog } from '@rulescope/catalog';
import { createApp, serve } from '../src/index.ts';

/** A site that is being served. */
export interface Site {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves a folder of Sigma rules, within the project's root or absolute. */
export async function siteOf(folder: string): Promise<Site> {
  const work = mkdtempSync(join(tmpdir(), 'rulescope-web-'));
  const path = join(fileURLToPath(new URL('../../..', import.meta.url)), folder);
  const source = {
    name: 'own',
    path: folder.startsWith('/') ? folder : path,
    platform: 'sigma',
    licence: null,
    link: null,
  };
  const output = join(work, 'catalog.sqlite');
  await buildCatalog({ sources: [source], output, cacheFolder: null });
  const catalog = openCatalog(output);
  const server = await serve(createApp(catalog), { host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      catalog.close();
      rmSync(work, { recursive: true });
    },
  };
}
