import { readdirSync, readFileSync } from 'node:fs';
import { type Expression, simplify, type Test, testsOf } from '@rulescope/logic';
import { evaluate, type FlatEvent } from '@rulescope/logic/evaluate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { linkSigma, readSigma, type SigmaRule } from '../src/index.ts';

interface Expected {
  readonly of?: string;
  readonly where?: unknown;
  readonly matches?: readonly FlatEvent[];
  readonly misses?: readonly FlatEvent[];
  readonly diagnostics?: readonly string[];
  readonly understood?: string;
  readonly standalone?: readonly string[];
  readonly references?: readonly string[];
  readonly derived?: readonly { readonly op: string; readonly values: readonly unknown[] }[];
  readonly terms?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly documentation: string;
  readonly detection?: string;
  readonly rule?: string;
  readonly expect: Expected;
}

const folder = new URL('./cases/', import.meta.url);

function casesOf(file: string): readonly Case[] {
  return parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Case[];
}

function textOf({ detection, rule }: Case): string {
  if (rule !== undefined) return rule;
  return `title: Case\nlogsource:\n    category: test\ndetection:\n${(detection ?? '').replaceAll(/^(?=.)/gm, '    ')}`;
}

/** The expression as the cases write it: common values left out. */
function compact(expression: Expression | null): unknown {
  if (expression === null) return null;
  if ('and' in expression) return { and: expression.and.map(compact) };
  if ('or' in expression) return { or: expression.or.map(compact) };
  if ('not' in expression) return { not: compact(expression.not) };
  return 'test' in expression ? { test: compactTest(expression.test) } : { unknown: {} };
}

const COMMON: Readonly<Record<string, unknown>> = {
  through: [],
  quantifier: 'any',
  caseSensitive: false,
  transforms: [],
  derived: false,
  implied: false,
  via: null,
  flags: '',
  anchored: false,
};

function compactTest(test: Test): unknown {
  const { span: _span, canonical: _canonical, literals: _literals, expanded, ...rest } = test;
  const kept = Object.entries(rest).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(COMMON[key]),
  );
  return {
    ...Object.fromEntries(kept),
    ...(expanded === undefined ? {} : { expanded: expanded.map((literals) => [...literals].sort()) }),
  };
}

/** Sorts what order does not matter in. */
function sorted(where: unknown): unknown {
  if (Array.isArray(where)) return where.map(sorted);
  if (where === null || typeof where !== 'object') return where;
  return Object.fromEntries(
    Object.entries(where).map(([key, value]) => [
      key,
      key === 'expanded' ? (value as string[][]).map((literals) => [...literals].sort()) : sorted(value),
    ]),
  );
}

function derivedTests(rules: SigmaRule): readonly Test[] {
  return rules.stages
    .flatMap((stage) => (stage.where === null ? [] : testsOf(stage.where)))
    .filter((t) => t.derived);
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.yml')))('%s', (file) => {
  it.each(casesOf(file).map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const text = textOf(one);
    const read = readSigma(text);
    const rules = linkSigma([read.rules]).flat();
    const { expect: expected } = one;
    const rule = rules.find((r) => expected.of === undefined || r.metadata.title === expected.of);
    const codes = [...read.diagnostics, ...rules.flatMap((r) => r.diagnostics)];
    const shown = expected.diagnostics === undefined ? codes.filter((d) => d.severity !== 'info') : codes;
    expect
      .soft([...new Set(shown.map((d) => d.code))].sort())
      .toEqual([...(expected.diagnostics ?? [])].sort());
    if (rule === undefined) {
      expect(Object.keys(expected)).toEqual(['diagnostics']);
      return;
    }
    if (expected.where !== undefined)
      expect.soft(compact(rule.where === null ? null : simplify(rule.where))).toEqual(sorted(expected.where));
    if (expected.diagnostics === undefined || expected.understood !== undefined)
      expect.soft(rule.understood).toBe(expected.understood ?? 'full');
    for (const event of expected.matches ?? [])
      expect.soft([event, rule.where && evaluate(rule.where, event)]).toEqual([event, true]);
    for (const event of expected.misses ?? [])
      expect.soft([event, rule.where && evaluate(rule.where, event)]).toEqual([event, false]);
    if (expected.standalone)
      expect
        .soft(rules.filter((r) => r.standalone).map((r) => r.metadata.title))
        .toEqual(expected.standalone);
    if (expected.references) expect.soft(rule.references.map((r) => r.name)).toEqual(expected.references);
    if (expected.derived)
      expect.soft(derivedTests(rule).map(({ op, values }) => ({ op, values }))).toEqual(expected.derived);
    if (expected.terms) expect.soft(rule.terms.map((t) => t.value)).toEqual(expected.terms);
  });
});
