import { type LookupTable, type MacroDefinition, macroKey, type SplEnvironment } from '@rulescope/spl';
import { readCsv } from './csv.ts';
import { type Fields, textOf, textsOf } from './fields.ts';
import { glanceAt, hasKeys, isYamlPath } from './glance.ts';
import type { SourceFile } from './reader.ts';
import { readYamlFile } from './yaml.ts';

/** Rows of a lookup, at most: longer lists are look-ups of everything, such as all domains of a kind. */
const MOST_ROWS = 5000;

/**
 * Whether the searches of a source may use what is in a file: macros and lookups, each in a folder of that name, as
 * Splunk security_content has them.
 */
export function isSplunkContext(path: string): boolean {
  return (
    /(?:^|\/)(?:macros|lookups)\/[^/]+\.ya?ml$/i.test(path) || /(?:^|\/)lookups\/[^/]+\.csv$/i.test(path)
  );
}

const environments = new WeakMap<readonly SourceFile[], SplEnvironment>();

/** What the searches of a source can use: its macros, and its lookups whose tables are there. Read once. */
export function splunkEnvironment(files: readonly SourceFile[]): SplEnvironment {
  const known = environments.get(files) ?? readEnvironment(files);
  environments.set(files, known);
  return known;
}

function readEnvironment(files: readonly SourceFile[]): SplEnvironment {
  const macros = new Map<string, MacroDefinition>();
  const lookups = new Map<string, LookupTable>();
  const tables = new Map(
    files.filter(({ path }) => !isYamlPath(path)).map((file) => [nameOf(file.path), file.text]),
  );
  const setLookup = (name: string, table: LookupTable | null) => {
    if (table !== null && !lookups.has(name)) lookups.set(name, table);
  };
  for (const { path, text } of files) {
    if (!isYamlPath(path)) continue;
    const glance = glanceAt(path, text);
    if (hasKeys(glance, 'name', 'definition')) {
      for (const macro of recordsOf(text).map(macroOf)) {
        const key = macro === null ? '' : macroKey(macro.name, macro.parameters.length);
        if (macro !== null && !macros.has(key)) macros.set(key, macro);
      }
    } else if (hasKeys(glance, 'name')) {
      for (const fields of recordsOf(text)) setLookup(textOf(fields.name) ?? '', lookupOf(fields, tables));
    }
  }
  // A search may also name the file itself (Search Reference, "inputlookup").
  for (const name of tables.keys()) setLookup(name, lookupOf({ name, filename: name }, tables));
  return { macros, lookups };
}

function recordsOf(text: string): readonly Fields[] {
  return readYamlFile(text).records.map(({ fields }) => fields);
}

function macroOf(fields: Fields): MacroDefinition | null {
  const name = textOf(fields.name);
  const definition = textOf(fields.definition);
  if (name === null || definition === null) return null;
  // `name(2)` is how macros.conf names a macro of two arguments.
  return { name: name.replace(/\(\d+\)$/, ''), parameters: textsOf(fields.arguments), definition };
}

/** A lookup's table (transforms.conf, "filename", "match_type", "case_sensitive_match"); null where it is not there. */
function lookupOf(fields: Fields, tables: ReadonlyMap<string, string>): LookupTable | null {
  const name = textOf(fields.name);
  if (name === null) return null;
  const text = tables.get(textOf(fields.filename) ?? `${name}.csv`);
  const table = text === undefined ? null : readCsv(text, MOST_ROWS);
  if (table === null) return null;
  const matches = (textOf(fields.match_type) ?? '').matchAll(/WILDCARD\(\s*([^)\s]+)\s*\)/gi);
  return {
    name,
    ...table,
    // contentctl, lookup.py: without the key a lookup is built with `false`.
    caseSensitive: textOf(fields.case_sensitive_match)?.toLowerCase() === 'true',
    wildcardColumns: Array.from(matches, (match) => match[1] ?? ''),
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
