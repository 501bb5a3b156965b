import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageId, Query } from '@rulescope/logic';
import {
  type ConversionKey,
  corpusFolder,
  type SigmaConversions,
  sigmaConversions,
} from '@rulescope/testing';
import { eventsOfQuery } from '../src/analyse/canonical.ts';
import { type TestedValue, testedValues } from '../src/analyse/indicators.ts';
import { logsourceOf } from '../src/analyse/logsource.ts';
import { parserOf } from '../src/languages.ts';

const SIGMA = corpusFolder('sigma') ?? '';

/** The rows of the oracle whose rules are there. */
export const CONVERSIONS = sigmaConversions().filter(({ path }) => existsSync(join(SIGMA, path)));

/** Converters that rename fields. */
export const CONVERTERS: readonly (readonly [ConversionKey, LanguageId])[] = [
  ['spl_cim', 'spl'],
  ['kql_xdr', 'kql'],
  ['kql_azmon', 'kql'],
  ['eql_ecs', 'eql'],
  ['lucene_ecs', 'lucene'],
  ['esql_ecs', 'esql'],
];

/** A conversion beside its rule. */
export interface Comparison {
  readonly path: string;
  /** The log source of the rule: its category, else its product and service. */
  readonly kind: string;
  /** The fields of the rule's keys that the conversion has not, and of those that it has instead. */
  readonly missing: readonly string[];
  readonly more: readonly string[];
  /** Operator and value of these keys, by the field. */
  readonly values: Readonly<Record<'missing' | 'more', Readonly<Record<string, readonly string[]>>>>;
  /** All keys of either side that the other has not, for a person. */
  readonly keys: string;
}

interface SigmaRule {
  readonly kind: string;
  readonly keys: ReadonlySet<string>;
}

const rules = new Map<string, SigmaRule>();

/** Compares all conversions of a converter that a person or a second parser agreed with. */
export function compare(key: ConversionKey, language: LanguageId): readonly Comparison[] {
  return CONVERSIONS.filter(({ agreed }) => agreed.includes(key)).map((row) => {
    const { kind, keys } = ruleOf(row);
    const texts = row.queries[key] ?? [];
    const found = new Set(
      texts.flatMap((text) => parsed(language, text).flatMap((it) => [...keysOf(testedOf(it))])),
    );
    const left = [...keys].filter((it) => !found.has(it));
    const right = [...found].filter((it) => !keys.has(it));
    return {
      path: row.path,
      kind,
      missing: fieldsOf(left),
      more: fieldsOf(right),
      values: { missing: valuesOf(left), more: valuesOf(right) },
      keys: `${left} > ${right}`,
    };
  });
}

function ruleOf({ path, id }: SigmaConversions): SigmaRule {
  const known = rules.get(path);
  if (known !== undefined) return known;
  const query = parsed('sigma', readFileSync(join(SIGMA, path), 'utf8')).find((it) => it.id === id);
  const { product, category, service } = logsourceOf(query?.sources ?? []);
  const found = {
    kind: category ?? [product, service].filter((it) => it !== null).join('/'),
    keys: query === undefined ? new Set<string>() : keysOf(testedOf(query)),
  };
  rules.set(path, found);
  return found;
}

function testedOf(query: Query): readonly TestedValue[] {
  return testedValues(query, eventsOfQuery(query).scopes);
}

function parsed(language: LanguageId, text: string): readonly (Query & { readonly id?: string | null })[] {
  return parserOf(language)?.(text).queries ?? [];
}

/** `contains x`, by the field. */
function valuesOf(keys: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const key of keys) {
    const [, field, op, value] = JSON.parse(key);
    found[String(field)] = [...(found[String(field)] ?? []), `${op} ${value}`];
  }
  return found;
}

function fieldsOf(keys: readonly string[]): readonly string[] {
  return [...new Set(keys.map((it) => String(JSON.parse(it)[1])))].toSorted();
}

/**
 * What is looked for: canonical field, operator and value, as the catalog counts them, events' selectors left out.
 * Where `exists` is not wanted, `is_null` is. Whether a regex must match the whole value is left out too: Elastic's
 * converters write the regex that a rule searches as it stands, where it must match the whole (`SEMANTICS.md`).
 */
function keysOf(tested: readonly TestedValue[]): ReadonlySet<string> {
  const opposite: Readonly<Record<string, string>> = { exists: 'is_null', is_null: 'exists' };
  const keys = tested
    .filter(({ selector }) => !selector)
    .map(({ polarity, field, op, value }) => {
      const turned = polarity === 'exclude' ? opposite[op] : undefined;
      return JSON.stringify(
        turned === undefined ? [polarity, field, op, value] : ['include', field, turned, value],
      );
    });
  return new Set(keys);
}
