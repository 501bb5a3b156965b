import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests read each room's sources, so that a run never shows what an older build did. */
const rooms = [
  ['@rulescope/logic/evaluate', 'packages/logic/src/evaluate.ts'],
  ['@rulescope/logic/elastic', 'packages/logic/src/elastic.ts'],
  ['@rulescope/logic/parsing', 'packages/logic/src/parsing.ts'],
  ['@rulescope/logic', 'packages/logic/src/index.ts'],
  ['@rulescope/knowledge', 'packages/knowledge/src/index.ts'],
  ['@rulescope/sigma', 'languages/sigma/src/index.ts'],
  ['@rulescope/spl', 'languages/spl/src/index.ts'],
  ['@rulescope/eql', 'languages/eql/src/index.ts'],
  ['@rulescope/kusto', 'languages/kusto/src/index.ts'],
  ['@rulescope/kuery', 'languages/kuery/src/index.ts'],
  ['@rulescope/lucene', 'languages/lucene/src/index.ts'],
  ['@rulescope/esql', 'languages/esql/src/index.ts'],
  ['@rulescope/catalog', 'packages/catalog/src/index.ts'],
  ['@rulescope/web', 'packages/web/src/index.ts'],
  ['@rulescope/testing', 'packages/testing/src/index.ts'],
] as const;

export default defineConfig({
  resolve: {
    alias: rooms.map(([name, path]) => ({ find: new RegExp(`^${name}$`), replacement: here(path) })),
  },
  test: {
    include: ['{languages,packages}/*/test/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    reporters: ['default', here('test/reporter.ts')],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
