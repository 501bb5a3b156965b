import rows from './data/sigma-fields.json' with { type: 'json' };
import { type Logsource, type LogsourcePattern, matchesLogsource } from './logsource.ts';

/**
 * One row: the field names that Sigma rules use for some log sources.
 * A log source may be in several rows; its fields are those of all of them.
 */
export interface SigmaFields {
  /** What the row is about. */
  readonly title: string;
  readonly logsources: readonly LogsourcePattern[];
  /** Spelled as rules spell them: case matters. */
  readonly fields: readonly string[];
  /** Where the names are documented. */
  readonly source: string;
}

/** The canonical fields of Sigma's taxonomy, by log source. */
export const SIGMA_FIELDS: readonly SigmaFields[] = rows;

const logsourcesByField = indexByField();

function indexByField(): ReadonlyMap<string, readonly LogsourcePattern[]> {
  const index = new Map<string, LogsourcePattern[]>();
  for (const { fields, logsources } of SIGMA_FIELDS) {
    for (const field of fields) {
      const known = index.get(field);
      if (known === undefined) index.set(field, [...logsources]);
      else known.push(...logsources);
    }
  }
  return index;
}

/**
 * The canonical name of a field of some log source: the name that Sigma's taxonomy has for it (Sigma Taxonomy
 * Appendix 2.1.0, "Fields"). A canonical field stands for itself; case matters. Null where the taxonomy has no
 * such field for that log source: the field then keeps the name that its source gives it.
 */
export function canonicalField(field: string, logsource: Logsource): string | null {
  const patterns = logsourcesByField.get(field);
  return patterns?.some((pattern) => matchesLogsource(pattern, logsource)) ? field : null;
}
