import type { Logsource, RuleAttack } from '@rulescope/knowledge';
import type { AnalysedRule } from '../analyse/analyse.ts';
import { foldField } from '../analyse/indicators.ts';
import type { FacetName, RuleSource } from '../types.ts';
import { tacticsOf, techniquesOf } from './attack.ts';
import { authorsOf } from './authors.ts';
import { verdictValue } from './events.ts';
import { missingValue } from './missing.ts';

/** A value that a rule is listed under, and how a reader is shown it. */
export interface RuleFacet {
  readonly name: FacetName;
  readonly value: string;
  readonly label: string;
}

/** Names that are identifiers: two that differ in case are two. */
const EXACT: ReadonlySet<FacetName> = new Set<FacetName>(['platform', 'source']);

/** What values of a facet are compared by. */
export function foldFacet(name: FacetName, value: string): string {
  return EXACT.has(name) ? value : foldField(value);
}

/** Every value that a rule can be listed by. The same value may come twice. */
export function facetsOf(
  rule: AnalysedRule,
  { source, platform }: { readonly source: RuleSource; readonly platform: string },
  attack: RuleAttack,
): readonly RuleFacet[] {
  const { metadata, language, understood, tested, events, logsources, diagnostics, missing } = rule;
  const { kind, status, severity, author } = metadata;
  return [
    ...plain('platform', platform),
    ...plain('source', source.name),
    ...plain('language', language),
    ...plain('kind', kind),
    ...logsources.flatMap(({ product }) => plain('product', product)),
    ...logsources.flatMap(logsourceFacet),
    ...tacticsOf(attack).map(({ shortname, name }) => facet('tactic', shortname, name)),
    ...techniquesOf(attack).map(({ id, name }) => facet('technique', id, `${id} ${name}`)),
    ...events.filter(({ firing }) => firing).map(({ value, label }) => facet('event', value, label)),
    ...events.map(({ value, label, verdict }) =>
      facet('verdict', verdictValue(verdict, value), `${verdict} on ${label}`),
    ),
    ...[...new Set(tested.map(({ field }) => field))].flatMap((field) => plain('field', field)),
    ...plain('status', status),
    ...plain('severity', severity),
    ...plain('understood', understood),
    ...[...new Set(diagnostics)].flatMap((code) => plain('diagnostic', code)),
    ...missing.map(missingValue).flatMap((value) => plain('missing', value)),
    ...authorsOf(author).map((name) => facet('author', name)),
  ];
}

function facet(name: FacetName, value: string, label = value): RuleFacet {
  return { name, value, label };
}

function plain(name: FacetName, value: string | null): readonly RuleFacet[] {
  return value === null || value === '' ? [] : [facet(name, value)];
}

function logsourceFacet({ product, category, service }: Logsource): readonly RuleFacet[] {
  const parts = [product, category, service];
  const label = parts.filter((part) => part !== null && part !== '').join(' · ');
  return label === '' ? [] : [facet('logsource', parts.map((part) => part ?? '').join('/'), label)];
}
