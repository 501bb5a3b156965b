import { type Catalog, CatalogError, catalogRecipe, openCatalog } from '@rulescope/catalog';
import { type CatalogOptions, findCatalog } from './catalog-path.ts';
import { build } from './commands/build.ts';
import type { GlobalFlags } from './context.ts';
import type { Io } from './io.ts';
import { plainLine } from './output/plain.ts';
import { plural } from './output/words.ts';

/** Sources of a catalog that are named. */
const MOST_SOURCES = 3;

/**
 * Opens the catalog that `findCatalog` finds, and says on stderr which one it is, unless the answer is JSON (`json`),
 * which has it. `openOrRebuild` says what happens to one of another version.
 */
export async function openFound(
  options: CatalogOptions & { readonly json: boolean },
  global: GlobalFlags,
  io: Io,
): Promise<Catalog> {
  const file = findCatalog(options, io);
  const catalog = options.catalog === null ? await openOrRebuild(file, global, io) : openCatalog(file);
  if (!global.quiet && !options.json) {
    const { path, builtAt, sources } = catalog;
    const names = sources.map(({ name }) => name).slice(0, MOST_SOURCES);
    const more = sources.length - names.length;
    const end = more > 0 ? ` and ${plural(more, 'more source')}` : '';
    io.stderr.write(
      `Catalog ${plainLine(path)}, built ${plainLine(builtAt)}, of ${plainLine(names.join(', '))}${end}\n`,
    );
  }
  return catalog;
}

/**
 * Opens a catalog that nobody named; one of another version of Rulescope is first built again from the same
 * sources. Throws what `openCatalog` does, also where the old catalog does not say what it was built from.
 */
export async function openOrRebuild(file: string, global: GlobalFlags, io: Io): Promise<Catalog> {
  try {
    return openCatalog(file);
  } catch (error) {
    if (!(error instanceof CatalogError && error.code === 'catalog-version')) throw error;
    const recipe = catalogRecipe(file);
    if (recipe === null) throw error;
    if (!global.quiet)
      io.stderr.write(`rulescope: ${plainLine(file)} is of another version: it is built again.\n`);
    const { sources, attack } = recipe;
    await build(
      { sources, output: file },
      { cache: true, ...(attack === null ? {} : { attack }) },
      global,
      io,
    );
    return openCatalog(file);
  }
}
