import { diagnostic, emptyQuery, type Source, worst } from '@rulescope/logic';
import { catalogCode } from '../../diagnostic-codes.ts';
import type { RuleMetadata } from '../../types.ts';
import { numberOf, textOf, textsOf } from '../fields.ts';
import type { RuleQuery } from '../reader.ts';
import { embeddedToml, spanOf, tableOf, under } from '../toml.ts';
import { machineLearningBeside, newTermsBeside, thresholdBeside } from './conditions.ts';
import { detectionFacts, tagsOf } from './detection-facts.ts';
import { type ElasticFile, type ElasticReading, frameOf, withoutQuery } from './file.ts';
import { filtersBeside } from './filters.ts';
import { type Beside, queryIn, withBeside } from './query.ts';
import { threatOf } from './threat.ts';
import { threatMatchBeside } from './threat-match.ts';

/** Rules whose query is kept elsewhere, by their types: what is said of them. */
const QUERY_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['machine_learning', 'No query: the rule takes the anomalies that a machine-learning job finds.'],
  ['saved_query', 'No query: the rule runs one that is saved in Kibana.'],
]);

/** Rules whose type says the language; for the others Kibana Query Language is the default. */
const LANGUAGE_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ['eql', 'eql'],
  ['esql', 'esql'],
]);

/**
 * A detection rule or a building block of elastic/detection-rules, of any type (its `CONTRIBUTING.md`, "Using the
 * create_rule CLI"; Kibana, "Detections API", rule schemas).
 */
export function readDetectionRule(file: ElasticFile): ElasticReading {
  const query = queryOf(file);
  if (query === null) return withoutQuery(file, under(file.root, 'rule'));
  const metadata = metadataOf(file);
  const title = metadata.title === '' ? null : metadata.title;
  const rule = {
    platform: 'elastic',
    metadata,
    query: { ...query, title },
    text: file.text,
    names: [query.id, title].filter((name) => name !== null),
    references: [],
  };
  return { rules: [rule], diagnostics: [] };
}

function queryOf(file: ElasticFile): RuleQuery | null {
  const { root, text } = file;
  const table = under(root, 'rule');
  const { rule_id, name, type, language, event_category_override } = tableOf(table);
  const frame = frameOf(file, textOf(rule_id), textOf(name) ?? '');
  const written = embeddedToml(under(table, 'query'));
  const ruleType = textOf(type) ?? 'query';
  // An empty query finds every event, which is of use beside filters.
  const isWritten = written !== null && (written.text.trim() !== '' || under(table, 'filters') !== null);
  const elsewhere = QUERY_ELSEWHERE.get(ruleType);
  if (!isWritten && elsewhere === undefined) return null;
  const query = isWritten
    ? queryIn(
        textOf(language) ?? LANGUAGE_OF_TYPE.get(ruleType) ?? 'kuery',
        written,
        frame,
        textOf(event_category_override),
      )
    : queryElsewhere(file, elsewhere ?? '', frame.id);
  return withBeside(query, sourcesOf(file), ...besideOf(file, text));
}

/** The conditions that stand beside a query, in the order in which events meet them. */
function besideOf(file: ElasticFile, text: string): readonly Beside[] {
  const table = under(file.root, 'rule');
  return [
    filtersBeside(under(table, 'filters'), file),
    thresholdBeside(under(table, 'threshold'), text),
    newTermsBeside(under(table, 'new_terms'), text),
    threatMatchBeside(file),
    ...(table === null ? [] : [machineLearningBeside(table, text)]),
  ];
}

/** A rule whose query is not in its file: nothing of it is left to understand. */
function queryElsewhere({ root, lines }: ElasticFile, message: string, id: string | null): RuleQuery {
  const type = under(root, 'rule', 'type');
  const { language: _language, ...empty } = emptyQuery('kuery', worst([]));
  const found = diagnostic(
    catalogCode('elastic-no-query'),
    message,
    type === null ? [0, 0] : spanOf(type),
    lines,
  );
  return { ...empty, language: null, diagnostics: [found], id, offset: 0, standalone: true };
}

/** Where the rule finds its events: index patterns, or a data view; the integrations that bring them; its jobs. */
function sourcesOf({ root }: ElasticFile): readonly Source[] {
  const { index, data_view_id, machine_learning_job_id } = tableOf(under(root, 'rule'));
  const { integration } = tableOf(under(root, 'metadata'));
  return [
    ...sourcesOfKind('index', index),
    ...sourcesOfKind('data-view', data_view_id),
    ...sourcesOfKind('integration', integration),
    ...sourcesOfKind('machine-learning-job', machine_learning_job_id),
  ];
}

/** Sources of one kind, for each text of a list. */
export function sourcesOfKind(kind: string, values: unknown): readonly Source[] {
  return textsOf(values).map((value) => ({ kind, value }));
}

function metadataOf({ root }: ElasticFile): RuleMetadata {
  const rule = tableOf(under(root, 'rule'));
  const about = tableOf(under(root, 'metadata'));
  const tags = tagsOf(textsOf(rule.tags));
  // Its tags repeat the tactics of the mapping; they are the only ones where there is none.
  const threat = threatOf(rule.threat, rule.threat === undefined ? tags.tactics : []);
  return {
    kind: rule.building_block_type === undefined ? (textOf(rule.type) ?? 'query') : 'building_block',
    title: textOf(rule.name) ?? '',
    description: textOf(rule.description),
    status: textOf(about.maturity),
    severity: textOf(rule.severity),
    riskScore: numberOf(rule.risk_score),
    author: textsOf(rule.author).join(', ') || null,
    licence: textOf(rule.license),
    date: textOf(about.creation_date),
    modified: textOf(about.updated_date),
    references: textsOf(rule.references),
    falsePositives: textsOf(rule.false_positives),
    tags: threat.tags,
    related: [],
    logsource: null,
    facts: [...detectionFacts(root, tags), ...threat.facts],
  };
}
