import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Expression, type LanguageId, type Query, transform } from '@rulescope/logic';
import {
  type ConversionKey,
  corpusFolder,
  type SigmaConversions,
  sigmaConversions,
} from '@rulescope/testing';
import { describe, expect, test } from 'vitest';
import type { TestedValue } from '../src/analyse/indicators.ts';
import { testedValues } from '../src/analyse/indicators.ts';
import { logsourceOf } from '../src/analyse/logsource.ts';
import { parserOf } from '../src/languages.ts';

const SIGMA = corpusFolder('sigma') ?? '';
const rows = sigmaConversions().filter(({ path }) => existsSync(join(SIGMA, path)));

/** Converters that rename fields, and the share of process rules whose indicators must be those of the rule. */
const CONVERTERS: readonly (readonly [ConversionKey, LanguageId])[] = [
  ['spl_cim', 'spl'],
  ['kql_xdr', 'kql'],
  ['kql_azmon', 'kql'],
  ['eql_ecs', 'eql'],
  ['lucene_ecs', 'lucene'],
  ['esql_ecs', 'esql'],
];
const EQUAL = 0.97;

/**
 * What tells the other process rules from their conversions, by the fields of the rule's keys that the conversion has
 * not and of those that it has instead.
 */
const REASONS: Readonly<Record<string, string>> = {
  'User > User (name)':
    'converter wrong: user.name, AccountName are names without the domain that the rule asks for',
  'User > User (name),User': 'converter wrong: names without the domain',
  'User > SubjectUserName': 'converter wrong: the account of the creator, not of the process',
  'ParentUser,User > ParentUser (name),User (name)': 'converter wrong: names without the domain',
};

describe.skipIf(rows.length === 0)(
  'converted process rules have the indicators of their Sigma rules (needs ../shared/oracles)',
  () => {
    const rules = new Map<string, { readonly category: string | null; readonly keys: ReadonlySet<string> }>();

    function ruleOf({ path, id }: SigmaConversions) {
      const known = rules.get(path);
      if (known !== undefined) return known;
      const query = parsed('sigma', readFileSync(join(SIGMA, path), 'utf8')).find((it) => it.id === id);
      const found = {
        category: query === undefined ? null : logsourceOf(query.sources).category,
        keys: query === undefined ? new Set<string>() : keysOf(testedValues(expanded(query))),
      };
      rules.set(path, found);
      return found;
    }

    test.each(CONVERTERS)('%s', (key, language) => {
      const asked = rows.filter(
        (row) => row.agreed.includes(key) && ruleOf(row).category === 'process_creation',
      );
      const different = asked.flatMap((row) => {
        const { keys } = ruleOf(row);
        const texts = row.queries[key] ?? [];
        const found = new Set(
          texts.flatMap((text) => parsed(language, text).flatMap((it) => [...keysOf(testedValues(it))])),
        );
        const fields = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [
          ...new Set([...one].filter((it) => !other.has(it)).map((it) => String(JSON.parse(it)[1]))),
        ];
        const missing = fields(keys, found);
        const more = fields(found, keys);
        return missing.length + more.length === 0 ? [] : [{ path: row.path, fields: `${missing} > ${more}` }];
      });
      const unexplained = different.filter(({ fields }) => !(fields in REASONS));

      expect(asked.length).toBeGreaterThan(300);
      expect(1 - different.length / asked.length, JSON.stringify(different, null, 1)).toBeGreaterThanOrEqual(
        EQUAL,
      );
      expect(unexplained).toEqual([]);
    });
  },
);

function parsed(language: LanguageId, text: string): readonly (Query & { readonly id?: string | null })[] {
  return parserOf(language)?.(text).queries ?? [];
}

/** A converter writes out what a transform stands for. */
function expanded<Q extends Pick<Query, 'stages'>>(query: Q): Q {
  const write = (where: Expression) =>
    transform(where, (part) => {
      if (!('test' in part) || part.test.expanded === undefined) return part;
      return { test: { ...part.test, values: part.test.expanded.flat(), transforms: [] } };
    });
  const stages = query.stages.map((stage) => ({
    ...stage,
    where: stage.where === null ? null : write(stage.where),
  }));
  return { ...query, stages };
}

/** What is looked for, events' selectors left out. Where `exists` is not wanted, `is_null` is. */
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
