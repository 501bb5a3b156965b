import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isConfOf } from '../readers/conf-layers.ts';
import { isContextPath, type SourceContext, sourceContext } from './source-context.ts';
import type { FoundFile } from './walk.ts';

/** The folders of an app that hold what its searches use (Admin Manual, "App directory structure"). */
const APP_FOLDERS: readonly string[] = ['default', 'local', 'lookups'];

/**
 * What the searches of one `savedsearches.conf` may use, where nobody names a folder for it: the macros and lookups of
 * its app, if it lies in the folder `default` or `local` of one, else those that lie beside it. No other folders are
 * looked into. Null of any other file.
 */
export function contextBeside(file: string): SourceContext | null {
  if (!isConfOf(basename(file), 'savedsearches')) return null;
  const folder = dirname(file);
  const isInApp = /^(?:default|local)$/i.test(basename(folder));
  const root = isInApp ? dirname(folder) : folder;
  const folders = isInApp ? APP_FOLDERS : ['', 'lookups'];
  return sourceContext(
    folders.flatMap((name) => filesIn(root, name)).filter(({ path }) => isContextPath(path)),
  );
}

/** The files of a folder, in the order of their names; none where it cannot be read. */
function filesIn(root: string, folder: string): readonly FoundFile[] {
  try {
    return readdirSync(join(root, folder))
      .toSorted()
      .map((name) => ({
        path: folder === '' ? name : `${folder}/${name}`,
        location: Buffer.from(join(root, folder, name)),
      }));
  } catch {
    return [];
  }
}
