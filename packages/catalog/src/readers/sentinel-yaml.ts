import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import { languageByText } from '../languages.ts';
import { type Fields, textOf } from './fields.ts';
import { type Glance, hasKeys, isYamlPath } from './glance.ts';
import { kustoRule, parseKusto } from './kusto-rule.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat } from './reader.ts';
import { sentinelMetadata } from './sentinel-metadata.ts';
import { fillParameters } from './sentinel-parameters.ts';
import { readYamlFile, type YamlFile, type YamlRecord } from './yaml.ts';

/** Analytics rules and hunting queries of Microsoft Sentinel in YAML, as the Azure-Sentinel repository has them. */
export const sentinelYamlFormat: RuleFormat = {
  name: 'sentinel-yaml',
  language: null,
  matches: isYamlPath,
  recognises: roleOf,
  read: readSentinelYaml,
};

/** Keys that rules and hunting queries of Sentinel have beside `name` and `query`. */
const OWN_KEYS: readonly string[] = [
  'queryFrequency',
  'queryPeriod',
  'triggerOperator',
  'requiredDataConnectors',
  'relevantTechniques',
  'entityMappings',
  'tactics',
];

/**
 * Keys of files beside the rules: values for their parameters (SentinelARConverter, "Parameter files"), functions that
 * bring logs into one form (Azure-Sentinel, "Parsers").
 */
const BESIDE_KEYS: readonly string[] = [
  'ReplaceQueryVariables',
  'OverwriteProperties',
  'AppendQuery',
  'PrependQuery',
  'ParserQuery',
  'FunctionQuery',
];

const KINDS = /^kind:[ \t]*["']?(?:Scheduled|NRT)\b/im;

function roleOf(glance: Glance): FileRole | null {
  const { keys, text } = glance;
  if (keys.has('detection') || keys.has('logsource') || keys.has('title') || keys.has('search')) return null;
  if (BESIDE_KEYS.some((key) => keys.has(key))) return 'beside-rules';
  const isNamed = keys.has('name') || hasKeys(glance, 'displayName');
  const owns = OWN_KEYS.filter((key) => keys.has(key)).length;
  if (isNamed && keys.has('query') && (owns > 0 || KINDS.test(text) || hasKusto(text))) return 'rules';
  return isNamed && owns > 1 ? 'rules' : null;
}

/** The value of the key `query`, in a block of its own or behind it. */
const QUERY = /^query:[ \t]*(?:[|>][-+\d]*[ \t]*\r?\n)?["']?((?:[^\n]*(?:\n(?=[ \t\r\n])|$)){1,1000})/m;

/** Whether the query is plainly KQL: of a short rule of one's own nothing else tells it. */
function hasKusto(text: string): boolean {
  return languageByText(QUERY.exec(text)?.[1] ?? '') === 'kql';
}

function readSentinelYaml(text: string): ReadFile {
  const file = readYamlFile(text);
  const rules = file.records.flatMap((record) => readRule(record, text, file));
  if (rules.length > 0 || file.diagnostics.length > 0) return { rules, diagnostics: file.diagnostics };
  const broken = file.records.flatMap(({ diagnostics }) => diagnostics);
  const missing = fileDiagnostic(catalogCode('no-search'), 'The rule has no `query`.');
  return { rules, diagnostics: [...broken, missing] };
}

/** The rule of a document; where its text holds several queries, one rule for each, since none may be lost. */
function readRule(record: YamlRecord, text: string, { lines }: YamlFile): readonly ReadRule[] {
  const written = record.embedded('query');
  if (written === null || written.text.trim() === '') return [];
  const { fields, span, diagnostics } = record;
  const { query: filled, parameters } = fillParameters(written);
  const metadata = sentinelMetadata(fields, kindOf(fields), parameters);
  return parseKusto(filled.text).queries.map(({ query }, i) =>
    kustoRule(query, filled, i === 0 ? metadata : { ...metadata, title: `${metadata.title} (${i + 1})` }, {
      id: i === 0 ? textOf(fields.id) : null,
      text,
      span,
      lines,
      diagnostics,
    }),
  );
}

function kindOf(fields: Fields): string {
  return textOf(fields.kind) ?? (textOf(fields.queryFrequency) === null ? 'Hunting' : 'Scheduled');
}
