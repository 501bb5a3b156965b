import type { Command } from './sqlite.ts';
import type { RuleRow } from './write.ts';

/** Counts the tested values of rules by what is known of their fields. */
export interface FieldStatuses {
  readonly add: (rule: Pick<RuleRow, 'source' | 'platform' | 'retired' | 'rule'>) => void;
  /** Writes source, platform, language, retired, status, field (of those that are not known, else empty), count. */
  readonly write: (insert: Command) => void;
}

type Place = readonly [
  source: number,
  platform: string,
  language: string,
  retired: number,
  status: string,
  field: string,
];

export function fieldStatuses(): FieldStatuses {
  const counts = new Map<string, { readonly place: Place; count: number }>();
  return {
    add: ({ source, platform, retired, rule }) => {
      for (const { field: name, status } of rule.tested) {
        if (name === null) continue;
        const field = status === 'unknown' ? name.toWellFormed() : '';
        const place: Place = [source, platform, rule.language ?? '', Number(retired), status, field];
        const key = place.join('\n');
        const known = counts.get(key) ?? { place, count: 0 };
        known.count += 1;
        counts.set(key, known);
      }
    },
    write: (insert) => {
      for (const { place, count } of counts.values()) insert.run(...place, count);
    },
  };
}
