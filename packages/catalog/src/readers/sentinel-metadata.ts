import type { RuleFact, RuleMetadata } from '../types.ts';
import { attackTags, fact } from './facts.ts';
import { type Fields, fieldsList, fieldsOf, textOf, textsOf } from './fields.ts';
import { linksIn } from './kusto-prose.ts';
import { NO_METADATA } from './kusto-rule.ts';

/**
 * What a rule of Sentinel says of itself: the properties of an analytics rule are the same in YAML (Azure-Sentinel wiki,
 * "Query Style Guide") and in ARM templates (Microsoft Learn, "Microsoft.SecurityInsights alertRules"), save names.
 * `kind` is what the file calls the rule, or what it is where that is not said.
 */
export function sentinelMetadata(fields: Fields, kind: string, parameters: readonly string[]): RuleMetadata {
  const about = fieldsOf(fields.metadata);
  const description = descriptionOf(fields);
  return {
    ...NO_METADATA,
    kind,
    title: textOf(fields.displayName) ?? textOf(fields.name) ?? '',
    description,
    status: textOf(fields.status),
    severity: textOf(fields.severity)?.toLowerCase() ?? null,
    author: textOf(fieldsOf(about.author).name) ?? textOf(fields.author),
    references: linksIn(description ?? ''),
    tags: attackTags([...textsOf(fields.tactics).map(tacticTag), ...techniquesOf(fields)]),
    facts: factsOf(fields, parameters),
  };
}

/** Many descriptions stand in quotation marks within a block, which has none itself. */
function descriptionOf(fields: Fields): string | null {
  const text = textOf(fields.description);
  return textOf(/^'([\s\S]*)'$/.exec(text ?? '')?.[1] ?? text);
}

/** `CommandAndControl` is the tactic Command and Control. */
function tacticTag(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}

/** A sub-technique that is named beside its technique says more than that one. */
function techniquesOf(fields: Fields): readonly string[] {
  const names = [fields.relevantTechniques, fields.techniques, fields.subTechniques].flatMap(textsOf);
  const precise = new Set(names.filter((name) => name.includes('.')).map((name) => name.split('.', 1)[0]));
  return names.filter((name) => name.includes('.') || !precise.has(name));
}

function factsOf(fields: Fields, parameters: readonly string[]): readonly RuleFact[] {
  const alert = fieldsOf(fields.alertDetailsOverride);
  const about = fieldsOf(fields.metadata);
  return [
    ...fact('Version', fields.version ?? fields.templateVersion),
    ...fact('Data connector', connectorsOf(fields)),
    ...fact('Query frequency', fields.queryFrequency),
    ...fact('Query period', fields.queryPeriod),
    ...fact('Alert when', triggerOf(fields)),
    ...fact('Entity', fieldsList(fields.entityMappings).map(entityOf)),
    ...fact('Parameter', parameters),
    ...fact('Custom detail', Object.entries(fieldsOf(fields.customDetails)).map(pairOf)),
    ...fact('Alert name', alert.alertDisplayNameFormat),
    ...fact('Alert description', alert.alertDescriptionFormat),
    ...fact('Event grouping', fieldsOf(fields.eventGroupingSettings).aggregationKind),
    ...fact('Suppressed for', isTrue(fields.suppressionEnabled) ? fields.suppressionDuration : null),
    ...fact('Enabled', isFalse(fields.enabled) ? 'no' : null),
    ...fact('Tag', tagsOf(fields.tags)),
    ...fact('Source', fieldsOf(about.source).kind),
    ...fact('Domain', fieldsOf(about.categories).domains),
  ];
}

/** `AzureActiveDirectory (SigninLogs, AuditLogs)`. */
function connectorsOf(fields: Fields): readonly string[] {
  return fieldsList(fields.requiredDataConnectors).map(({ connectorId, dataTypes }) =>
    withParts(connectorId, textsOf(dataTypes)),
  );
}

/** `Account (Name: TargetName, UPNSuffix: TargetUPNSuffix)`. */
function entityOf({ entityType, fieldMappings }: Fields): string {
  const parts = fieldsList(fieldMappings).map(({ identifier, columnName }) =>
    textsOf([identifier, columnName]).join(': '),
  );
  return withParts(entityType, parts);
}

function withParts(name: unknown, parts: readonly string[]): string {
  return [textOf(name) ?? '', parts.length === 0 ? '' : `(${parts.join(', ')})`].join(' ').trim();
}

const TRIGGERS: ReadonlyMap<string, string> = new Map([
  ['gt', 'more than'],
  ['greaterthan', 'more than'],
  ['lt', 'fewer than'],
  ['lessthan', 'fewer than'],
  ['eq', 'exactly'],
  ['equal', 'exactly'],
  ['ne', 'any number but'],
  ['notequal', 'any number but'],
]);

/** `more than 0 results`. */
function triggerOf(fields: Fields): string | null {
  const operator = textOf(fields.triggerOperator);
  const threshold = textOf(fields.triggerThreshold);
  if (operator === null || threshold === null) return null;
  return `${TRIGGERS.get(operator.toLowerCase()) ?? operator} ${threshold} results`;
}

function pairOf([name, value]: readonly [string, unknown]): string {
  return textsOf([name, value]).join(': ');
}

/** Tags are words, or pairs of a name and a value. */
function tagsOf(tags: unknown): readonly string[] {
  return [...textsOf(tags), ...fieldsList(tags).flatMap((tag) => Object.entries(tag).map(pairOf))];
}

function isTrue(value: unknown): boolean {
  return textOf(value) === 'true';
}

function isFalse(value: unknown): boolean {
  return textOf(value) === 'false';
}
