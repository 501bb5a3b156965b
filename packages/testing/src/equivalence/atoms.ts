import type { Expression, Test, Value } from '@rulescope/logic';
import { type Formula, notOf, TRUE } from './formula.ts';

/** When two tests are the same atom. */
export interface AtomRules {
  /** True where tests of different fields are the same: operator and value are compared alone. */
  readonly ignoreFields?: boolean;
  /** True where it does not matter whether a test regards case. */
  readonly ignoreCase?: boolean;
  /** True where it does not matter whether a text is a keyword that is searched for or a whole word. */
  readonly wordsAreKeywords?: boolean;
}

/** The number of each atom by its text, in the order of their first use. */
export type Atoms = Map<string, number>;

/** The logic of an expression; atoms that are not numbered yet are added. */
export function formulaOf(expression: Expression, atoms: Atoms, rules: AtomRules): Formula {
  if ('and' in expression)
    return { kind: 'and', items: expression.and.map((item) => formulaOf(item, atoms, rules)) };
  if ('or' in expression)
    return { kind: 'or', items: expression.or.map((item) => formulaOf(item, atoms, rules)) };
  if ('not' in expression) return notOf(formulaOf(expression.not, atoms, rules));
  if ('test' in expression) return formulaOfTest(expression.test, atoms, rules);
  return atom(`unknown ${expression.unknown.text.trim()}`, atoms);
}

function formulaOfTest(test: Test, atoms: Atoms, rules: AtomRules): Formula {
  if (test.implied) return TRUE;
  const subject = subjectOf(test, rules);
  if (test.op === 'exists') return atom(`${subject} exists`, atoms);
  if (test.op === 'is_null') return notOf(atom(`${subject} exists`, atoms));

  const items = test.values.map((value, i): Formula => {
    const literals: readonly Value[] = test.expanded?.[i] ?? [value];
    return {
      kind: 'or',
      items: literals.map((literal) => atom(`${subject} ${comparison(test, literal, rules)}`, atoms)),
    };
  });
  return { kind: test.quantifier === 'all' ? 'and' : 'or', items };
}

function atom(text: string, atoms: Atoms): Formula {
  const known = atoms.get(text) ?? atoms.size;
  atoms.set(text, known);
  return { kind: 'atom', atom: known };
}

function subjectOf(test: Test, rules: AtomRules): string {
  const field = test.field === null ? 'event' : rules.ignoreFields === true ? 'field' : test.field;
  return test.through.reduce((inner, name) => `${name}(${inner})`, field);
}

/** The operator with one literal, as a text that is the same for all that compare alike. */
function comparison(test: Test, literal: Value, rules: AtomRules): string {
  if (test.op.startsWith('field_')) {
    return rules.ignoreFields === true ? test.op : `${test.op} ${literal}${caseMark(test, 'a', rules)}`;
  }
  const text = String(literal);
  if (test.op === 'regex') return regexComparison(test, text, rules);
  const op = test.op === 'term' && rules.wordsAreKeywords === true ? 'contains' : test.op;
  const mark = caseMark(test, text, rules);
  return `${op} "${mark === '' ? text.toLowerCase() : text}"${mark}`;
}

/** A text without letters is compared alike whether case matters or not; so are numbers. */
function caseMark(test: Test, text: string, rules: AtomRules): string {
  if (rules.ignoreCase === true || test.caseSensitive !== true) return '';
  return text.toLowerCase() === text.toUpperCase() ? '' : ' by case';
}

/** Flags may be written before a pattern, as in `(?i)abc`; a pattern is never folded, since `\S` is not `\s`. */
function regexComparison(test: Test, pattern: string, rules: AtomRules): string {
  const written = /^\(\?([a-z]+)\)/.exec(pattern);
  const all = new Set([...(test.flags ?? ''), ...(written?.[1] ?? '')]);
  if (test.caseSensitive === false) all.add('i');
  if (rules.ignoreCase === true) all.delete('i');
  const anchored = test.anchored === true ? ' of the whole' : '';
  return `regex /${pattern.slice(written?.[0].length ?? 0)}/${[...all].sort().join('')}${anchored}`;
}
