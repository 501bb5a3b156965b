import type { NotUnderstood } from '@rulescope/catalog';

/** Rules of one source of which the same is said. */
export interface NoteGroup {
  readonly source: string;
  /** The diagnostic's; null where there is none, and the rule is in a language that is not read. */
  readonly code: string | null;
  readonly rules: readonly NotUnderstood[];
}

/** The rules that are not understood in full, as a reader mends them. */
export interface GroupedRules {
  /** Those with an error or a warning, errors first, by source. */
  readonly faults: readonly { readonly source: string; readonly rules: readonly NotUnderstood[] }[];
  /** Those of which there is but a note, those of one source and note together. */
  readonly notes: readonly NoteGroup[];
}

/** Sorts the rules that are not understood in full by what there is to mend. */
export function groupRules(rules: readonly NotUnderstood[]): GroupedRules {
  const isFault = ({ diagnostic }: NotUnderstood) => diagnostic !== null && diagnostic.severity !== 'info';
  const faults = rules.filter(isFault).toSorted((a, b) => rankOf(a) - rankOf(b));
  const notes = Map.groupBy(
    rules.filter((rule) => !isFault(rule)),
    ({ source, diagnostic }) => JSON.stringify([source, diagnostic?.code ?? null]),
  );
  return {
    faults: [...Map.groupBy(faults, ({ source }) => source)].map(([source, own]) => ({ source, rules: own })),
    notes: [...notes.values()].map((own) => ({
      source: own[0]?.source ?? '',
      code: own[0]?.diagnostic?.code ?? null,
      rules: own,
    })),
  };
}

/** Errors before warnings. */
function rankOf({ diagnostic }: NotUnderstood): number {
  return diagnostic?.severity === 'error' ? 0 : 1;
}
