import { parseSpl } from '@rulescope/spl';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import type { RuleFact, RuleMetadata } from '../types.ts';
import { embeddedQuery } from './embedded.ts';
import { attackTags, fact } from './facts.ts';
import { type Fields, fieldsList, fieldsOf, numberOf, textOf, textsOf } from './fields.ts';
import { type Glance, hasKeys, isYamlPath } from './glance.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat, SourceFile } from './reader.ts';
import { severityOfRisk } from './severity.ts';
import { isSplunkContext, splunkEnvironment } from './splunk-environment.ts';
import { readYamlFile, type YamlFile, type YamlRecord } from './yaml.ts';

/**
 * Detections of Splunk's security_content (ESCU), one a file (the project's wiki, "Detection YAML specification";
 * contentctl, `objects/detection_abstract.py`). The macros, lookups and other parts of a search that lie beside
 * them are no rules.
 */
export const securityContentFormat: RuleFormat = {
  name: 'security-content',
  language: null,
  matches: isYamlPath,
  recognises: roleOf,
  context: isSplunkContext,
  read: readSecurityContent,
};

/** Keys of which each belongs to one kind of file that security_content has beside its detections. */
const BESIDE_KEYS: readonly (readonly string[])[] = [
  ['name', 'definition'], // macros
  ['name', 'filename'], // lookups
  ['name', 'collection'],
  ['name', 'lookup_type'],
  ['name', 'source', 'sourcetype'], // data sources
  ['name', 'narrative'], // analytic stories
  ['name', 'playbook'],
  ['name', 'playbook_type'],
  ['name', 'app_list'],
  ['name', 'scheduling'], // deployments
];

/** Keys of a detection that other files do not have: one that lost its search is still a detection. */
const DETECTION_KEYS = ['how_to_implement', 'known_false_positives', 'drilldown_searches', 'rba'];

/** Searches that gather what detections compare with, or that a person runs afterwards. */
const NO_DETECTION = /^type:[ \t]*["']?(?:baseline|investigation)\b/im;

function roleOf(glance: Glance): FileRole | null {
  const { keys, text } = glance;
  if (keys.has('detection') || keys.has('logsource') || keys.has('title')) return null;
  if (keys.has('name') && (keys.has('search') || DETECTION_KEYS.some((key) => keys.has(key)))) {
    return NO_DETECTION.test(text) ? 'beside-rules' : 'rules';
  }
  return BESIDE_KEYS.some((wanted) => hasKeys(glance, ...wanted)) ? 'beside-rules' : null;
}

function readSecurityContent(text: string, context: readonly SourceFile[]): ReadFile {
  const file = readYamlFile(text);
  const rules = file.records.map((record) => readDetection(record, { text, file, context }));
  const found = rules.filter((rule) => rule !== null);
  if (found.length > 0 || file.diagnostics.length > 0) return { rules: found, diagnostics: file.diagnostics };
  const broken = file.records.flatMap(({ diagnostics }) => diagnostics);
  const missing = fileDiagnostic(catalogCode('no-search'), 'The detection has no `search`.');
  return { rules: [], diagnostics: [...broken, missing] };
}

interface Reading {
  readonly text: string;
  readonly file: YamlFile;
  readonly context: readonly SourceFile[];
}

function readDetection(record: YamlRecord, { text, file, context }: Reading): ReadRule | null {
  const search = record.embedded('search');
  if (search === null || search.text.trim() === '') return null;
  const metadata = metadataOf(record.fields);
  const id = textOf(record.fields.id);
  const [offset, end] = record.span;
  return {
    platform: 'splunk',
    metadata,
    query: embeddedQuery(parseSpl(search.text, splunkEnvironment(context)), search, {
      id,
      title: metadata.title,
      offset,
      lines: file.lines,
      diagnostics: record.diagnostics,
    }),
    text: text.slice(offset, end),
    names: [id, textOf(record.fields.name)].filter((name) => name !== null),
    references: [],
  };
}

function metadataOf(fields: Fields): RuleMetadata {
  const tags = fieldsOf(fields.tags);
  const riskScore = riskScoreOf(fields, tags);
  return {
    kind: textOf(fields.type) ?? 'rule',
    title: textOf(fields.name) ?? '',
    description: textOf(fields.description),
    status: textOf(fields.status),
    severity: severityOfRisk(riskScore),
    riskScore,
    author: textOf(fields.author),
    licence: null,
    date: textOf(fields.creation_date) ?? textOf(fields.date),
    modified: textOf(fields.modification_date),
    references: textsOf(fields.references),
    falsePositives: textsOf(fields.known_false_positives),
    tags: [...attackTags(textsOf(tags.mitre_attack_id)), ...cvesOf(tags).map((cve) => cve.replace('-', '.'))],
    related: [],
    logsource: null,
    facts: factsOf(fields, tags),
  };
}

/**
 * The highest score of the objects that the detection puts at risk (contentctl, `objects/rba.py`); in files from
 * before version 5 of security_content the score itself, or what makes it (`objects/detection_tags.py`).
 */
function riskScoreOf(fields: Fields, tags: Fields): number | null {
  const scores = fieldsList(fieldsOf(fields.rba).risk_objects)
    .map(({ score }) => numberOf(score))
    .filter((score) => score !== null);
  if (scores.length > 0) return Math.max(...scores);
  const score = numberOf(tags.risk_score);
  if (score !== null) return score;
  const [confidence, impact] = [numberOf(tags.confidence), numberOf(tags.impact)];
  return confidence === null || impact === null ? null : Math.round((confidence * impact) / 100);
}

function cvesOf(tags: Fields): readonly string[] {
  return [...textsOf(tags.cve), ...textsOf(tags.CVE)].map((cve) => cve.toLowerCase());
}

function factsOf(fields: Fields, tags: Fields): readonly RuleFact[] {
  const rba = fieldsOf(fields.rba);
  const tests = fieldsList(fields.tests).flatMap(({ attack_data }) => fieldsList(attack_data));
  return [
    ...fact('Version', fields.version),
    ...fact('Data source', fields.data_source),
    ...fact('Analytic story', tags.analytic_story),
    ...fact('Asset type', tags.asset_type),
    ...fact('Security domain', tags.security_domain),
    ...fact('Confidence', tags.confidence),
    ...fact('Impact', tags.impact),
    ...fact('Risk message', rba.message ?? tags.message),
    ...fact('Risk object', [
      ...fieldsList(rba.risk_objects).map(({ field, type, score }) => objectOf(field, type, score)),
      ...fieldsList(tags.observable).map(({ name, type, role }) => objectOf(name, type, ...textsOf(role))),
    ]),
    ...fact(
      'Threat object',
      fieldsList(rba.threat_objects).map(({ field, type }) => objectOf(field, type)),
    ),
    ...fact('Atomic Red Team test', tags.atomic_guid),
    ...fact(
      'Test data',
      tests.map(({ data }) => data),
    ),
    ...fact('Manual test', tags.manual_test),
    ...fact('How to implement', fields.how_to_implement),
    ...fact(
      'Drilldown search',
      fieldsList(fields.drilldown_searches).map(({ name, search }) => textsOf([name, search]).join(': ')),
    ),
  ];
}

/** `dest (system, 49)`. */
function objectOf(name: unknown, ...more: readonly unknown[]): string {
  const about = textsOf(more);
  return [textOf(name) ?? '', about.length === 0 ? '' : `(${about.join(', ')})`].join(' ').trim();
}
