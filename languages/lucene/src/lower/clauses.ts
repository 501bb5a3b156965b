import {
  and,
  type Expression,
  not,
  type Operator,
  or,
  type Quantifier,
  type Span,
  type Value,
} from '@rulescope/logic';
import { type FilterLowering, type Subject, subjectOf, testOf } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import type { Clause } from '../syntax/ast.ts';
import { occurrencesOf } from './occurrences.ts';
import { affordable, note, unknownAt } from './scope.ts';
import { wantedBy } from './values.ts';

/** The group whose clauses are lowered: what they inherit, and where it lies. */
interface Around {
  /** The field before the group, for clauses without one of their own. */
  readonly field: string | null;
  readonly span: Span;
}

/**
 * What a group of clauses asks. Where a clause must match, those that only should decide nothing and are named; where
 * none must, one of those that should has to. A group of excluded clauses alone matches all that they do not, as
 * Elasticsearch mends Lucene, in which it would match nothing.
 */
export function lowerClauses(
  clauses: readonly Clause[],
  around: Around,
  lowering: FilterLowering,
): Expression {
  const { musts, shoulds, nots } = sorted(clauses, lowering);
  const wanted =
    musts.length > 0 || shoulds.length === 0
      ? joined(musts, 'all', around, lowering)
      : [or(joined(shoulds, 'any', around, lowering))];
  return and([...wanted, ...nots.map((clause) => not(lowerClause(clause, around, lowering)))]);
}

interface Sorted {
  readonly musts: readonly Clause[];
  readonly shoulds: readonly Clause[];
  readonly nots: readonly Clause[];
}

function sorted(clauses: readonly Clause[], lowering: FilterLowering): Sorted {
  const musts: Clause[] = [];
  const shoulds: Clause[] = [];
  const nots: Clause[] = [];
  const lists = { must: musts, should: shoulds, 'must-not': nots } as const;
  const occurrences = occurrencesOf(clauses);
  const decided = occurrences.includes('must');
  clauses.forEach((clause, i) => {
    const occurrence = occurrences[i] ?? 'should';
    if (occurrence === 'should' && decided) {
      // What could not be read is kept, whatever it is.
      if (clause.body.kind === 'broken') musts.push(clause);
      else {
        const message = 'Beside clauses that must match this one is optional: it decides nothing.';
        note(lowering, CODES.optionalClause, message, clause.span);
      }
    } else lists[occurrence].push(clause);
    if (occurrence === 'must-not' && (clause.conjunction === 'or' || clauses[i + 1]?.conjunction === 'or')) {
      note(lowering, CODES.orNot, 'This is excluded, whatever stands on the other side of OR.', clause.span);
    }
  });
  return { musts, shoulds, nots };
}

/** Clauses on the field of the group around are one test an operator; every other clause stands for itself. */
function joined(
  clauses: readonly Clause[],
  quantifier: Quantifier,
  around: Around,
  lowering: FilterLowering,
): readonly Expression[] {
  const groups = new Map<Operator, Value[]>();
  const others: Expression[] = [];
  const subject = subjectOf(around.field);
  for (const clause of clauses) {
    if (!lowering.whole) {
      // Nothing is left to spend: what follows is one unknown text.
      others.push(unknownAt(lowering, [clause.span[0], clauses.at(-1)?.span[1] ?? clause.span[1]]));
      break;
    }
    const values = around.field === null ? null : valuesOf(clause, subject, quantifier, lowering);
    if (values === null) others.push(lowerClause(clause, around, lowering));
    else {
      const group = groups.get(values.op);
      if (group === undefined) groups.set(values.op, [...values.values]);
      else for (const value of values.values) group.push(value);
    }
  }
  const tests = [...groups].map(([op, values]) => testOf(subject, op, values, quantifier, around.span));
  return [...tests, ...others];
}

const RANGES: ReadonlySet<Operator> = new Set(['lt', 'le', 'gt', 'ge']);

/** The values that a clause adds to a test of the group's field; null for a clause that is no such value. */
function valuesOf(
  clause: Clause,
  subject: Subject,
  quantifier: Quantifier,
  lowering: FilterLowering,
): { readonly op: Operator; readonly values: readonly Value[] } | null {
  const { field, body } = clause;
  if (field !== null || subject.field === '_exists_') return null;
  const mergeable =
    (body.kind === 'term' && body.fuzziness === null && (body.words.length === 1 || quantifier === 'any')) ||
    (body.kind === 'phrase' && body.slop === null) ||
    body.kind === 'wildcard';
  if (!mergeable || !affordable(lowering, sizeOf(clause), clause.span)) return null;
  const wanted = wantedBy(subject, clause, lowering);
  return 'op' in wanted && !RANGES.has(wanted.op) ? wanted : null;
}

function lowerClause(clause: Clause, around: Around, lowering: FilterLowering): Expression {
  const { body, span } = clause;
  const field = clause.field ?? around.field;
  if (body.kind === 'group') return lowerClauses(body.clauses, { field, span }, lowering);
  if (body.kind === 'broken' || !affordable(lowering, sizeOf(clause), span)) return unknownAt(lowering, span);
  const subject = subjectOf(field);
  const wanted = wantedBy(subject, clause, lowering);
  return 'op' in wanted ? testOf(subject, wanted.op, wanted.values, 'any', span) : wanted.expression;
}

/** How many values a clause may become. */
function sizeOf({ body }: Clause): number {
  if (body.kind === 'term') return body.words.length;
  return body.kind === 'phrase' && body.slop !== null ? body.text.length : 1;
}
