import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { language as eql } from '@rulescope/eql';
import { language as esql } from '@rulescope/esql';
import { language as kusto } from '@rulescope/kusto';
import type { Expression, Language } from '@rulescope/logic';
import { and, mapChildren, or } from '@rulescope/logic';
import { language as lucene } from '@rulescope/lucene';
import { language as sigma } from '@rulescope/sigma';
import { language as spl } from '@rulescope/spl';
import type { ConversionKey, EquivalenceOptions, SigmaConversions } from '@rulescope/testing';
import { corpusFolder, difference, sigmaConversions } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';

/** A converter whose queries are compared with the Sigma rules that they were made of. */
interface Conversion {
  readonly key: ConversionKey;
  readonly language: Language;
  /** What of the tests is compared: all, where the converter keeps Sigma's names of fields. */
  readonly options: EquivalenceOptions;
  /** By the rule's path: why the query is not the rule's by the language's own documentation. */
  readonly losses: Readonly<Record<string, string>>;
}

/** Operator and value alone: the converter renames fields, sometimes to the wrong ones (`SEMANTICS.md`). */
const BY_VALUE: EquivalenceOptions = { ignoreFields: true };

/**
 * The languages of Elasticsearch: a Sigma rule compares without regard to case and searches in a value for a regex;
 * what the converters write compares with regard to it, and with the whole value.
 */
const ELASTIC: EquivalenceOptions = { ignoreCase: true, rewrite: searchedRegexes };

function searchedRegexes(expression: Expression): Expression {
  if (!('test' in expression)) return mapChildren(expression, searchedRegexes);
  const { test } = expression;
  return test.op === 'regex' ? { test: { ...test, anchored: false } } : expression;
}

const BARE_NUMERALS =
  'a numeral without quotes is a whole word of the event, not a part of it (Splunk, Search Manual, "Use CASE() and TERM()")';
const CASE_OF_FIELDS =
  'where compares two fields with regard to case, fieldref without (Splunk, Search Reference, "where")';

const CONVERSIONS: readonly Conversion[] = [
  {
    key: 'spl',
    language: spl,
    options: {},
    losses: {
      'rules/linux/auditd/execve/lnx_auditd_system_shutdown_reboot.yml': BARE_NUMERALS,
      'rules/windows/file/file_delete/file_delete_win_delete_own_image.yml': CASE_OF_FIELDS,
      'rules-threat-hunting/windows/process_creation/proc_creation_win_susp_parent_execute_itself.yml':
        CASE_OF_FIELDS,
    },
  },
  {
    key: 'spl_windows',
    language: spl,
    options: BY_VALUE,
    losses: { 'rules/linux/auditd/execve/lnx_auditd_system_shutdown_reboot.yml': BARE_NUMERALS },
  },
  { key: 'spl_cim', language: spl, options: BY_VALUE, losses: {} },
  { key: 'eql', language: eql, options: ELASTIC, losses: {} },
  { key: 'eql_ecs', language: eql, options: { ...ELASTIC, ...BY_VALUE }, losses: {} },
  { key: 'lucene', language: lucene, options: ELASTIC, losses: {} },
  { key: 'lucene_ecs', language: lucene, options: { ...ELASTIC, ...BY_VALUE }, losses: {} },
  { key: 'esql', language: esql, options: ELASTIC, losses: {} },
  { key: 'esql_ecs', language: esql, options: { ...ELASTIC, ...BY_VALUE }, losses: {} },
  { key: 'kql', language: kusto, options: {}, losses: {} },
  { key: 'kql_xdr', language: kusto, options: BY_VALUE, losses: {} },
  { key: 'kql_azmon', language: kusto, options: BY_VALUE, losses: {} },
];

/** The share of the queries that must be equal to their rules. */
const EQUAL = 0.998;

const SIGMA = corpusFolder('sigma') ?? '';

/** The oracle has a few rules that the corpus beside the checkout has not. */
const rows = sigmaConversions().filter(({ path }) => existsSync(join(SIGMA, path)));

describe.skipIf(rows.length === 0)(
  'queries converted from Sigma ask what the rule asks (needs ../shared/corpora/sigma and ../shared/oracles)',
  () => {
    const rules = new Map<string, Expression | null>();

    /** What a rule looks for; rules are read once for all converters. */
    function ruleOf({ path, id }: SigmaConversions): Expression | null {
      const known = rules.get(path);
      if (known !== undefined) return known;
      const { queries } = sigma.parse(readFileSync(join(SIGMA, path), 'utf8'));
      const where = queries.find((query) => query.id === id)?.where ?? null;
      rules.set(path, where);
      return where;
    }

    it.each(CONVERSIONS)('$key', ({ key, language, options, losses }) => {
      const agreed = rows.filter((row) => row.agreed.includes(key));
      const faults = agreed.flatMap((row) => {
        const fault = faultOf(ruleOf(row), language, row.queries[key] ?? [], options);
        return fault === null ? [] : [{ path: row.path, fault }];
      });
      const unexplained = faults.filter(({ path }) => !(path in losses));
      const report = unexplained.map(({ path, fault }) => `${path}: ${fault}`);

      expect(agreed.length).toBeGreaterThan(400);
      expect(1 - unexplained.length / agreed.length, report.join('\n')).toBeGreaterThanOrEqual(EQUAL);
      const found = faults.map(({ path }) => path);
      expect(
        Object.keys(losses).filter((path) => !found.includes(path)),
        'a loss that is none any more',
      ).toEqual([]);
    });
  },
);

/** What tells the queries of a row from its rule, or null. Several queries are alternatives. */
function faultOf(
  rule: Expression | null,
  language: Language,
  texts: readonly string[],
  options: EquivalenceOptions,
): string | null {
  if (rule === null) return 'the rule has no where';
  const wheres = texts.map((text) => whereOf(language, text));
  const query = or(wheres.filter((where) => where !== null));
  return wheres.includes(null) ? 'the query has no where' : difference(rule, query, options);
}

/** A query without a filter asks for every event. */
function whereOf(language: Language, text: string): Expression | null {
  const [query, second] = language.parse(text).queries;
  if (query === undefined || second !== undefined) return null;
  return query.where ?? and([]);
}
