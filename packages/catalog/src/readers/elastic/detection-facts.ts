import type { RuleFact } from '../../types.ts';
import { fact } from '../facts.ts';
import { type Fields, fieldsList, fieldsOf, textOf, textsOf } from '../fields.ts';
import { type TomlValue, tableOf, under } from '../toml.ts';
import { mappingText } from './conditions.ts';
import { hasGuide, opening } from './guide.ts';
import { isRead, languageName } from './query.ts';

/** The tags of a rule, as the first word of each sorts them. */
export interface ElasticTags {
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly tactics: readonly string[];
}

/** What the first words of tags are called (detection-rules, `docs-dev`, "Rule tagging"); others stay whole. */
const TAG_GROUPS: ReadonlyMap<string, string> = new Map([
  ['data source', 'Data source'],
  ['domain', 'Domain'],
  ['os', 'Operating system'],
  ['use case', 'Use case'],
]);

const OTHER_TAGS = 'Tag';

export function tagsOf(tags: readonly string[]): ElasticTags {
  const groups = new Map<string, readonly string[]>();
  const tactics: string[] = [];
  for (const tag of tags) {
    const [, first = '', rest = ''] = /^([^:]+):\s*(.*)$/s.exec(tag) ?? [];
    const group = TAG_GROUPS.get(first.toLowerCase());
    if (first.toLowerCase() === 'tactic') tactics.push(rest);
    const name = group ?? OTHER_TAGS;
    groups.set(name, [...(groups.get(name) ?? []), group === undefined ? tag : rest]);
  }
  return { groups, tactics };
}

/** What only Elastic's detection rules say of themselves, in an order for reading. */
export function detectionFacts(root: TomlValue, tags: ElasticTags): readonly RuleFact[] {
  const rule = tableOf(under(root, 'rule'));
  const about = tableOf(under(root, 'metadata'));
  return [
    ...fact('Rule type', rule.type),
    ...unreadLanguage(textOf(rule.language)),
    ...fact('Index pattern', rule.index),
    ...fact('Data view', rule.data_view_id),
    ...fact('Integration', about.integration),
    ...[...TAG_GROUPS.values()].flatMap((name) => fact(name, tags.groups.get(name))),
    ...conditionFacts(root, rule),
    ...scheduleFacts(rule),
    ...alertFacts(rule),
    ...lifeFacts(about),
    ...textFacts(root, rule),
    ...fact(OTHER_TAGS, tags.groups.get(OTHER_TAGS)),
  ];
}

/** The language, where its queries are not taken apart, so that nobody wonders. */
function unreadLanguage(language: string | null): readonly RuleFact[] {
  return language === null || isRead(language) ? [] : fact('Language', languageName(language));
}

function conditionFacts(root: TomlValue, rule: Fields): readonly RuleFact[] {
  const newTerms = fieldsOf(rule.new_terms);
  return [
    ...fact('Threshold', thresholdText(fieldsOf(rule.threshold))),
    ...fact('New terms', newTerms.value),
    ...fact(
      'New terms history',
      fieldsList(newTerms.history_window_start).map(({ value }) => value),
    ),
    ...fact('Threat index', rule.threat_index),
    ...fact('Threat mapping', mappingText(under(root, 'rule', 'threat_mapping'))),
    ...fact('Threat indicator path', rule.threat_indicator_path),
    ...fact('Machine learning job', rule.machine_learning_job_id),
    ...fact('Anomaly threshold', rule.anomaly_threshold),
    ...fact('Event category field', rule.event_category_override),
    ...fact('Event time field', rule.timestamp_field),
    ...fact('Tiebreaker field', rule.tiebreaker_field),
  ];
}

/** `user.name, source.ip: at least 25 events, at least 3 of host.id`. */
function thresholdText(threshold: Fields): string | null {
  const least = textOf(threshold.value);
  if (least === null) return null;
  const counted = [
    `at least ${least} events`,
    ...fieldsList(threshold.cardinality).map(
      ({ field, value }) => `at least ${textOf(value)} of ${textOf(field)}`,
    ),
  ].join(', ');
  const by = textsOf(threshold.field).join(', ');
  return by === '' ? counted : `${by}: ${counted}`;
}

function scheduleFacts(rule: Fields): readonly RuleFact[] {
  return [
    ...fact('Runs every', rule.interval),
    ...fact('Looks back from', rule.from),
    ...fact('Looks back to', rule.to),
    ...fact('Timestamp override', rule.timestamp_override),
    ...fact('Maximum alerts', rule.max_signals),
  ];
}

function alertFacts(rule: Fields): readonly RuleFact[] {
  return [
    ...fact('Alert suppression', suppressionText(fieldsOf(rule.alert_suppression))),
    ...fact('Severity override', fieldsList(rule.severity_mapping).map(overrideText)),
    ...fact('Risk score override', fieldsList(rule.risk_score_mapping).map(overrideText)),
    ...fact('Rule name override', rule.rule_name_override),
    ...fact('Building block', rule.building_block_type),
    ...fact(
      'Exception list',
      fieldsList(rule.exceptions_list).map(({ id }) => id),
    ),
    ...fact('Timeline', rule.timeline_title),
    ...fact('Investigation field', fieldsOf(rule.investigation_fields).field_names),
    ...fact('Enabled', rule.enabled),
  ];
}

/** `by host.name, user.id for 6h, missing fields: suppress`. */
function suppressionText(suppression: Fields): string | null {
  const by = textsOf(suppression.group_by);
  const { value, unit } = fieldsOf(suppression.duration);
  const missing = textOf(suppression.missing_fields_strategy);
  const time = textsOf([value, unit]).join('');
  const grouped = [by.length === 0 ? '' : `by ${by.join(', ')}`, time === '' ? '' : `for ${time}`];
  const said = grouped.filter((part) => part !== '').join(' ');
  const parts = [said, missing === null ? '' : `missing fields: ${missing}`].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

/** `event.severity equals 73: high`; a mapping without a value takes that of the field. */
function overrideText({ field, operator, value, severity, risk_score }: Fields): string {
  const compared = textOf(value) === null ? [field] : [field, operator, value];
  const becomes = textsOf([severity, risk_score]).join(' ');
  const when = textsOf(compared).join(' ');
  return becomes === '' ? when : `${when}: ${becomes}`;
}

function lifeFacts(about: Fields): readonly RuleFact[] {
  return [
    ...fact('Minimum stack version', about.min_stack_version),
    ...fact('Minimum stack comment', about.min_stack_comments),
    ...fact('Deprecated on', about.deprecation_date),
    ...fact('Deprecation reason', about.deprecated_reason),
    ...(about.promotion === true ? fact('Promotion', 'Alerts of another product') : []),
  ];
}

function textFacts(root: TomlValue, rule: Fields): readonly RuleFact[] {
  const { investigate, osquery } = tableOf(under(root, 'transform'));
  const note = textOf(rule.note);
  return [
    ...(note !== null && hasGuide(note) ? fact('Investigation guide', 'Yes') : fact('Note', opening(note))),
    ...fact('Setup', opening(textOf(rule.setup))),
    ...fact(
      'Investigation query',
      fieldsList(investigate).map(({ label }) => label),
    ),
    ...fact(
      'Osquery query',
      fieldsList(osquery).map(({ label }) => label),
    ),
  ];
}
