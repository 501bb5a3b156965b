import { type LookupTable, type MacroDefinition, macroKey, type SplEnvironment } from '@rulescope/spl';
import { isOn } from './conf.ts';
import { isConfOf, layeredStanzas, type StanzaValues } from './conf-layers.ts';
import { readCsv } from './csv.ts';
import { type Fields, textOf, textsOf } from './fields.ts';
import { type Glance, glanceAt, hasKeys, isYamlPath } from './glance.ts';
import type { SourceFile } from './reader.ts';
import { readYamlFile } from './yaml.ts';

/** Rows of a lookup, at most: longer lists are look-ups of everything, such as all domains of a kind. */
const MOST_ROWS = 5000;

/**
 * Whether the searches of a source may use what is in a file: macros and lookups, each in a folder of that name, as
 * Splunk security_content has them, or in the configuration files of an app.
 */
export function isSplunkContext(path: string): boolean {
  return (
    /(?:^|\/)(?:macros|lookups)\/[^/]+\.ya?ml$/i.test(path) ||
    isTable(path) ||
    isConfOf(path, 'macros') ||
    isConfOf(path, 'transforms')
  );
}

function isTable(path: string): boolean {
  return /(?:^|\/)lookups\/[^/]+\.csv$/i.test(path);
}

const environments = new WeakMap<readonly SourceFile[], SplEnvironment>();

/**
 * What the searches of a source can use: its macros, and its lookups whose tables are there. What an app has outranks
 * the YAML that it may be built from. Read once.
 */
export function splunkEnvironment(files: readonly SourceFile[]): SplEnvironment {
  const known = environments.get(files) ?? {
    ...macrosOf(files),
    lookups: lookupsOf(files),
  };
  environments.set(files, known);
  return known;
}

function macrosOf(files: readonly SourceFile[]): Pick<SplEnvironment, 'macros' | 'evaluatedMacros'> {
  const macros = new Map<string, MacroDefinition>();
  const evaluatedMacros = new Set<string>();
  const apps = layeredStanzas(files, 'macros');
  for (const [name, values] of apps) {
    if (isOn(values.get('iseval'))) evaluatedMacros.add(name);
    const macro = stanzaMacro(name, values);
    if (macro !== null) macros.set(name, macro);
  }
  for (const fields of yamlRecords(files, (keys) => hasKeys(keys, 'name', 'definition'))) {
    const macro = yamlMacro(fields);
    const key = macro === null ? '' : macroKey(macro.name, macro.parameters.length);
    if (macro !== null && !macros.has(key) && !apps.has(key)) macros.set(key, macro);
  }
  return { macros, evaluatedMacros };
}

function yamlRecords(files: readonly SourceFile[], isWanted: (glance: Glance) => boolean): readonly Fields[] {
  return files
    .filter(({ path, text }) => isYamlPath(path) && isWanted(glanceAt(path, text)))
    .flatMap(({ text }) => readYamlFile(text).records.map(({ fields }) => fields));
}

function yamlMacro(fields: Fields): MacroDefinition | null {
  const name = textOf(fields.name);
  const definition = textOf(fields.definition);
  if (name === null || definition === null) return null;
  // `name(2)` is how macros.conf names a macro of two arguments.
  return { name: name.replace(/\(\d+\)$/, ''), parameters: textsOf(fields.arguments), definition };
}

/**
 * A macro of an app (Admin Manual, "macros.conf"). Null where its definition is an eval expression (`iseval`): that
 * gives the text only when the search runs. Null, too, where it has not as many arguments as its name says.
 */
function stanzaMacro(stanza: string, values: StanzaValues): MacroDefinition | null {
  const definition = values.get('definition');
  const [, name = stanza, number = '0'] = /^(.*)\((\d+)\)$/s.exec(stanza) ?? [];
  if (definition === undefined || isOn(values.get('iseval'))) return null;
  const names = (values.get('args') ?? '').split(',').map((arg) => arg.trim());
  const parameters = number === '0' ? [] : names.filter((arg) => arg !== '');
  return parameters.length === Number(number) ? { name, parameters, definition } : null;
}

function lookupsOf(files: readonly SourceFile[]): ReadonlyMap<string, LookupTable> {
  const tables = new Map(
    files.filter(({ path }) => isTable(path)).map(({ path, text }) => [nameOf(path), text]),
  );
  const lookups = new Map<string, LookupTable>();
  const setLookup = (name: string, table: LookupTable | null) => {
    if (table !== null && !lookups.has(name)) lookups.set(name, table);
  };
  for (const [name, values] of layeredStanzas(files, 'transforms')) {
    if (values.has('filename')) setLookup(name, lookupOf(stanzaLookup(name, values), tables));
  }
  const isLookup = (keys: Glance) => hasKeys(keys, 'name') && !hasKeys(keys, 'definition');
  for (const fields of yamlRecords(files, isLookup)) {
    setLookup(textOf(fields.name) ?? '', lookupOf(fields, tables));
  }
  // A search may also name the file itself (Search Reference, "inputlookup").
  for (const name of tables.keys()) setLookup(name, lookupOf({ name, filename: name }, tables));
  return lookups;
}

/** transforms.conf, "case_sensitive_match": `true` where nothing says otherwise. */
function stanzaLookup(name: string, values: StanzaValues): Fields {
  const caseSensitive = values.get('case_sensitive_match');
  return {
    ...Object.fromEntries(values),
    name,
    case_sensitive_match: caseSensitive === undefined || isOn(caseSensitive),
  };
}

/**
 * A lookup's table (transforms.conf, "filename", "match_type", "case_sensitive_match"); null where it is not there, or
 * where it has networks in a column (`CIDR`), which no comparison of texts says.
 */
function lookupOf(fields: Fields, tables: ReadonlyMap<string, string>): LookupTable | null {
  const name = textOf(fields.name);
  if (name === null || /\bCIDR\(/i.test(textOf(fields.match_type) ?? '')) return null;
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
