import { ATTACK_VERSIONS, attackRelease } from '@rulescope/knowledge';
import { type Database, openForReading } from './store/sqlite.ts';
import type { RuleSource } from './types.ts';

/** What a catalog was built from. */
export interface CatalogRecipe {
  readonly sources: readonly RuleSource[];
  /** The version of ATT&CK, one of those that come along; null where the catalog has none. */
  readonly attack: string | null;
}

/**
 * What a catalog of any version was built from, so that it can be built again; null where it does not say, or
 * where it was built with a release of ATT&CK that somebody brought along.
 */
export function catalogRecipe(path: string): CatalogRecipe | null {
  let database: Database | null = null;
  try {
    database = openForReading(path);
    const sources = database
      .prepare<RuleSource>('SELECT name, path, platform, licence, link FROM source ORDER BY id')
      .all()
      .map((source) => ({ ...source }));
    if (!hasAttack(database)) return { sources, attack: null };
    const row = database
      .prepare<{ version: string | null; source: string }>('SELECT version, source FROM attack')
      .get();
    const attack = ATTACK_VERSIONS.find(
      (version) => version === row?.version && attackRelease(version).source === row.source,
    );
    return attack === undefined ? null : { sources, attack };
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

function hasAttack(database: Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'attack'").get() !== undefined;
}
