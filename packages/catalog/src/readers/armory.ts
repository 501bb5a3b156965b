import { parseSpl } from '@rulescope/spl';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import type { RuleMetadata } from '../types.ts';
import { embeddedQuery, type RuleFrame, unreadQuery } from './embedded.ts';
import { attackTags, fact } from './facts.ts';
import { type Fields, textOf, textsOf } from './fields.ts';
import { type Glance, hasKeys, isYamlPath } from './glance.ts';
import type { EmbeddedText } from './offsets.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat, RuleQuery, SourceFile } from './reader.ts';
import { isSplunkContext, splunkEnvironment } from './splunk-environment.ts';
import { readYamlFile, type YamlFile, type YamlRecord } from './yaml.ts';

/** Rules of the Anvilogic armory, one a file: the same idea in one file for each language and data source. */
export const armoryFormat: RuleFormat = {
  name: 'armory',
  language: null,
  matches: isYamlPath,
  recognises: roleOf,
  context: isSplunkContext,
  read: readArmory,
};

function roleOf(glance: Glance): FileRole | null {
  if (glance.keys.has('detection') || glance.keys.has('logsource')) return null;
  return hasKeys(glance, 'logic_format') || hasKeys(glance, 'title', 'logic') ? 'rules' : null;
}

function readArmory(text: string, context: readonly SourceFile[]): ReadFile {
  const file = readYamlFile(text);
  const rules = file.records.map((record) => readRule(record, { text, file, context }));
  const found = rules.filter((rule) => rule !== null);
  if (found.length > 0 || file.diagnostics.length > 0) return { rules: found, diagnostics: file.diagnostics };
  const broken = file.records.flatMap(({ diagnostics }) => diagnostics);
  const missing = fileDiagnostic(catalogCode('no-search'), 'The rule has no `logic`.');
  return { rules: [], diagnostics: [...broken, missing] };
}

interface Reading {
  readonly text: string;
  readonly file: YamlFile;
  readonly context: readonly SourceFile[];
}

/** What `logic_format` says, as platforms are named, and what people call the language. */
const SPLUNK = 'splunk';
const LANGUAGES: ReadonlyMap<string, string> = new Map([['snowflake', 'Snowflake SQL']]);

function readRule(record: YamlRecord, { text, file, context }: Reading): ReadRule | null {
  const logic = record.embedded('logic');
  if (logic === null || logic.text.trim() === '') return null;
  const written = textOf(record.fields.logic_format) ?? SPLUNK;
  const platform = written.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-');
  const language = platform === SPLUNK ? null : (LANGUAGES.get(platform) ?? written);
  const metadata = metadataOf(record.fields, language);
  const id = textOf(record.fields.id);
  const [offset, end] = record.span;
  const frame = { id, title: metadata.title, offset, lines: file.lines, diagnostics: record.diagnostics };
  return {
    platform,
    metadata,
    query: queryOf(logic, language, frame, context),
    text: text.slice(offset, end),
    names: id === null ? [] : [id],
    references: [],
  };
}

function queryOf(
  logic: EmbeddedText,
  language: string | null,
  frame: RuleFrame,
  context: readonly SourceFile[],
): RuleQuery {
  if (language !== null) return unreadQuery(language, logic, frame);
  return embeddedQuery(parseSpl(logic.text, splunkEnvironment(context)), logic, frame);
}

function metadataOf(fields: Fields, language: string | null): RuleMetadata {
  const categories = textsOf(fields.data_category);
  return {
    kind: 'rule',
    title: titleOf(textOf(fields.title) ?? '', categories),
    description: textOf(fields.description),
    status: null,
    severity: null,
    riskScore: null,
    author: null,
    licence: null,
    date: null,
    modified: null,
    references: textsOf(fields.references),
    falsePositives: [],
    tags: attackTags([...tacticsOf(textsOf(fields.techniques)), ...textsOf(fields.technique_id)]),
    related: [],
    logsource: null,
    facts: [...fact('Language', language), ...fact('Data category', categories)],
  };
}

/** `techniques` names a tactic, a technique and perhaps a sub-technique, with colons between. */
function tacticsOf(techniques: readonly string[]): readonly string[] {
  return techniques.map((technique) => technique.split(':', 1)[0] ?? '').filter((tactic) => tactic !== '');
}

/** Categories that say what of the events is needed, not where they come from. */
const ASPECTS: ReadonlySet<string> = new Set([
  'process command-line parameters',
  'process use of network',
  'file monitoring',
  'windows registry',
]);

/** Sources whose category is not simply their name and `logs`. */
const SOURCE_NAMES: ReadonlyMap<string, string> = new Map([
  ['windows event logs', 'Windows Event Log'],
  ['windows sysmon', 'Sysmon'],
]);

/** The title with the source of the events behind it: rules for several sources have one title. */
function titleOf(title: string, categories: readonly string[]): string {
  const sources = categories.filter((category) => !ASPECTS.has(category.toLowerCase()));
  const named = (sources.length > 0 ? sources : categories).map(
    (category) => SOURCE_NAMES.get(category.toLowerCase()) ?? category.replace(/\s+logs$/i, ''),
  );
  return title === '' || named.length === 0 ? title : `${title} (${[...new Set(named)].join(', ')})`;
}
