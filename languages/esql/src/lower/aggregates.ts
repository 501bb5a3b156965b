import type { Expression } from '@rulescope/logic';
import { affordable } from '@rulescope/logic/elastic';
import type { Expr, Item, Stats } from '../syntax/ast.ts';
import { addQuery, countedBy } from './counted.ts';
import { type Operand, onlyNames, setComputed, setName } from './fields.ts';
import type { Flow } from './flow.ts';
import { type Place, textAt } from './scope.ts';
import { operandOf } from './values.ts';

/**
 * `stats` and `inline stats` (ES|QL reference, "STATS", "INLINE STATS"): behind `stats` only the keys of `by` are still
 * fields of the events; `inline stats` adds what it computes to the rows. What an aggregate counts under a condition,
 * behind `where` or in a `case`, is a query of its own inside of the stage.
 */
export function lowerStats({ name, aggregates, by }: Stats, flow: Flow, place: Place): void {
  const seen = new Set<Expression>();
  const made = aggregates.map((item): readonly [string, Operand] => {
    lowerAggregate(item, seen, place);
    const column = columnOf(item, place);
    return [column, { kind: 'computed', name: column }];
  });
  const keys = by.map((item) => [columnOf(item, place), operandOf(item.expr, place)] as const);
  if (name === 'stats') {
    flow.fields = onlyNames([...made, ...keys]);
    flow.aggregated = true;
    return;
  }
  setComputed(
    flow.fields,
    made.map(([column]) => column),
  );
  for (const [column, value] of keys) setName(flow.fields, column, value);
}

/** The name of a column: as the query calls it, or its text as it is written. */
function columnOf({ name, expr }: Item, place: Place): string {
  if (name !== null) return name;
  return expr.kind === 'field' ? expr.name : textAt(place, expr.span);
}

function lowerAggregate({ expr, where }: Item, seen: Set<Expression>, place: Place): void {
  if (where !== null) addQuery(place.lowering.condition(where, place), where.span, place);
  for (const argument of argumentsOf(expr)) {
    const operand = operandOf(argument, place);
    if (operand.kind !== 'choice' || !affordable(place, operand.size, argument.span)) continue;
    const counted = countedBy(operand.options, seen);
    if (counted !== null) addQuery(counted, argument.span, place);
  }
}

/** What an aggregate is made of: the arguments of a function, or the expression itself where it is none. */
function argumentsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return expr.args;
    case 'arithmetic':
      return [expr.first, ...expr.rest.map(({ operand }) => operand)].flatMap(argumentsOf);
    case 'cast':
    case 'sign':
      return argumentsOf(expr.operand);
    default:
      return [expr];
  }
}
