import { reporter } from '@rulescope/logic/parsing';
import { describe, expect, it } from 'vitest';
import { parseLuceneTree } from '../src/index.ts';
import { occurrencesOf } from '../src/lower/occurrences.ts';

/**
 * What Lucene's classic parser makes of a query with OR as the default operator, in Lucene's own notation: `+` must,
 * `-` must not, nothing should. By `QueryParserBase.addClause`; the starred ones are among Lucene's own tests
 * (`QueryParserTestBase`, `testSimple` and `testOperatorVsWhitespace`).
 */
const QUERIES: readonly (readonly [query: string, parsed: string])[] = [
  ['a AND b', '+a +b'], // *
  ['(a AND b)', '(a AND b)'],
  ['c OR (a AND b)', 'c (a AND b)'],
  ['a AND NOT b', '+a -b'], // *
  ['a AND -b', '+a -b'], // *
  ['a AND !b', '+a -b'], // *
  ['a && b', '+a +b'], // *
  ['a && ! b', '+a +! b'],
  ['a OR b', 'a b'], // *
  ['a || b', 'a b'], // *
  ['a OR !b', 'a -b'], // *
  ['a OR -b', 'a -b'], // *
  ['+term -term term', '+term -term term'], // *
  ['a - b', 'a - b'], // *
  ['a ! b', 'a ! b'], // *
  ['+(a) -(b c)', '+(a) -(b c)'],
  ['x:y AND b OR c', '+x:y +b c'],
  ['a OR b AND c', 'a +b +c'],
  ['a AND b OR c AND d', '+a +b +c +d'],
  ['a OR b OR c AND d', 'a b +c +d'],
  ['a OR NOT b', 'a -b'],
  ['NOT a AND b', '-a +b'],
  ['NOT a OR b', '-a b'],
  ['a AND NOT b OR c', '+a -b c'],
  ['NOT a AND NOT b', '-a -b'],
  ['+a OR b', '+a b'],
  ['a AND +b', '+a +b'],
  ['-a AND b', '-a +b'],
  ['a:1 b:2', 'a:1 b:2'],
  ['a:1 +b:2 -c:3', 'a:1 +b:2 -c:3'],
  ['a:1 b:2 AND c:3', 'a:1 +b:2 +c:3'],
];

const SIGNS = { must: '+', should: '', 'must-not': '-' } as const;

describe('what must, should and must not match', () => {
  it.each(QUERIES)('%s is %s', (query, parsed) => {
    const { clauses } = parseLuceneTree(query, reporter(query));
    const signs = occurrencesOf(clauses).map((occurrence) => SIGNS[occurrence]);
    const written = clauses.map(({ span }, i) => `${signs[i]}${query.slice(...span)}`);
    expect(written.join(' ')).toBe(parsed);
  });
});
