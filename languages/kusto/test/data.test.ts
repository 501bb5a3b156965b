import { OPERATORS, STAGE_KINDS } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../src/data/comparisons.ts';
import { predicateFunction } from '../src/data/functions.ts';
import { OPERATOR_KINDS, tabularOperator } from '../src/data/operators.ts';
import { language, loadParser } from '../src/index.ts';
import { library } from '../src/syntax/library.ts';

/** Every kind of node of Microsoft's grammar, by its number. */
function grammarKinds(): readonly string[] {
  const kusto = library();
  return Array.from({ length: 1_000 }, (_, kind) => kusto?.kindName(kind) ?? '').filter(
    (name) => name !== '',
  );
}

describe('what is known of the language', () => {
  it('has a row for every tabular operator of the grammar, and no other', () => {
    const operators = grammarKinds().filter((kind) => /^(?!Bad).*Operator$/.test(kind));
    expect(operators.length).toBeGreaterThan(50);
    expect(operators.filter((kind) => tabularOperator(kind) === null)).toEqual([]);
    const kinds = new Set(grammarKinds());
    expect(OPERATOR_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('names stages as the reference names operators', () => {
    for (const kind of OPERATOR_KINDS) {
      const operator = tabularOperator(kind);
      expect(STAGE_KINDS).toContain(operator?.kind);
      expect(operator?.name, kind).toMatch(/^[a-z_]+(-[a-z]+)*$/);
    }
  });

  it('knows every operator between a column and a value', () => {
    const words = ['has', 'contains', 'startswith', 'endswith', 'hasprefix', 'hassuffix'];
    const written = words.flatMap((word) => [word, `!${word}`, `${word}_cs`, `!${word}_cs`]);
    for (const op of [
      ...written,
      'in',
      '!in',
      'in~',
      '!in~',
      'has_any',
      'has_all',
      'matches regex',
      '==',
      '!=',
      '=~',
      '!~',
    ]) {
      const comparison = comparisonOf(op);
      expect(OPERATORS, op).toContain(comparison?.op);
      expect(comparison?.negated, op).toBe(op.startsWith('!'));
      // Operators with an _cs suffix are case sensitive ("String operators"); so are ==, !=, in and matches regex.
      const sensitive = op.endsWith('_cs') || ['==', '!=', 'in', '!in', 'matches regex'].includes(op);
      expect(comparison?.caseSensitive, op).toBe(sensitive);
    }
    expect(comparisonOf('like')).toBeNull();
  });

  it('reads as conditions only functions that the language has', () => {
    const names =
      'isempty isnotempty notempty isnull isnotnull notnull not iff iif ipv4_is_in_range ipv4_is_match ipv6_is_in_range ipv6_is_match ipv4_is_in_any_range ipv6_is_in_any_range ipv4_is_private has_ipv4 has_any_ipv4 has_ipv4_prefix has_any_ipv4_prefix set_has_element';
    for (const name of names.split(' ')) {
      expect(predicateFunction(name), name).not.toBeNull();
      expect(library()?.isBuiltIn(name), name).toBe(true);
    }
    expect(predicateFunction('tolower')).toBeNull();
  });
});

describe("Microsoft's parser", () => {
  it('is loaded once, and can be loaded before it is needed', async () => {
    await loadParser();
    expect(library()).toBe(library());
    expect(language.parse('T | take 1').queries).toHaveLength(1);
  });
});
