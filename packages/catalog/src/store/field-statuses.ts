import { foldField } from '../analyse/indicators.ts';
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

/** Gathers what fields are called by the rules that test them. */
export interface WrittenFields {
  readonly add: (written: string | null, field: number) => void;
  /** Writes the name in lower case, the field's number, and how often it is called so. */
  readonly write: (insert: Command) => void;
}

export function writtenFields(): WrittenFields {
  const names = new Map<string, Map<number, number>>();
  return {
    add: (written, field) => {
      if (written === null || field === 0) return;
      const fields = names.get(written) ?? new Map<number, number>();
      names.set(written, fields);
      fields.set(field, (fields.get(field) ?? 0) + 1);
    },
    write: (insert) => {
      const folded = new Map<string, Map<number, number>>();
      for (const [written, fields] of names) {
        const known = folded.get(foldField(written)) ?? new Map<number, number>();
        folded.set(foldField(written), known);
        for (const [field, count] of fields) known.set(field, (known.get(field) ?? 0) + count);
      }
      for (const [name, fields] of folded) {
        for (const [field, count] of fields) insert.run(name, field, count);
      }
    },
  };
}
