import { type Diagnostic, diagnostic, type LineStarts } from '@rulescope/logic';
import { catalogCode } from '../../diagnostic-codes.ts';
import type { RuleFrame } from '../embedded.ts';
import type { ReadRule } from '../reader.ts';
import { spanOf, type TomlValue } from '../toml.ts';

/** A TOML file that holds a rule. */
export interface ElasticFile {
  readonly root: TomlValue;
  readonly text: string;
  readonly lines: LineStarts;
}

/** What one table of a file gives: its rules, or why there are none. */
export interface ElasticReading {
  readonly rules: readonly ReadRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What the file around a query says of it: every rule has the whole file as its text. */
export function frameOf({ lines }: ElasticFile, id: string | null, title: string): RuleFrame {
  return { id, title: title === '' ? null : title, offset: 0, lines, diagnostics: [] };
}

/** What is said of a table that has no query and needs one. */
export function withoutQuery({ lines }: ElasticFile, table: TomlValue | null): ElasticReading {
  const [start = 0] = table === null ? [] : spanOf(table);
  const found = diagnostic(catalogCode('no-search'), 'The rule has no `query`.', [start, start], lines);
  return { rules: [], diagnostics: [found] };
}
