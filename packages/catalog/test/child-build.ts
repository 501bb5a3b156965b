// Run by child.ts in a process of its own: builds a catalog and prints the report.
import { registerHooks } from 'node:module';
import type { ChildBuild } from './child.ts';

const ROOMS: Readonly<Record<string, string>> = {
  '@rulescope/catalog': '../src/index.ts',
  '@rulescope/knowledge': '../../knowledge/src/index.ts',
  '@rulescope/logic': '../../logic/src/index.ts',
  '@rulescope/sigma': '../../../languages/sigma/src/index.ts',
};

// As in vitest.config.ts: tests run the sources, not what an older build left.
registerHooks({
  resolve: (specifier, context, next) => {
    const room = ROOMS[specifier];
    return room === undefined ? next(specifier, context) : next(new URL(room, import.meta.url).href, context);
  },
});

const { buildCatalog } = await import('@rulescope/catalog');
const { folder, output, cacheFolder }: ChildBuild = JSON.parse(process.argv[2] ?? '{}');
const report = await buildCatalog({
  sources: [{ name: 'own', path: folder, platform: 'sigma', licence: null, link: null }],
  output,
  cacheFolder,
});
process.stdout.write(JSON.stringify(report));
