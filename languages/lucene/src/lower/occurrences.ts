import type { Clause } from '../syntax/ast.ts';

/** Whether a clause must match, may match, or must not. */
export type Occurrence = 'must' | 'should' | 'must-not';

/**
 * How Lucene reads the operators of a group: from left to right, without precedence, with OR as the default operator
 * (`QueryParserBase.addClause` of Lucene's classic query parser). AND makes the clause on either side a must, unless
 * it is excluded; OR changes nothing; a clause with `+` is a must, one with NOT, `!` or `-` a must-not.
 */
export function occurrencesOf(clauses: readonly Clause[]): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const { conjunction, modifier } of clauses) {
    const before = found.length - 1;
    if (conjunction === 'and' && found[before] === 'should') found[before] = 'must';
    if (modifier === 'must-not') found.push('must-not');
    else found.push(modifier === 'must' || (conjunction === 'and' && before >= 0) ? 'must' : 'should');
  }
  return found;
}
