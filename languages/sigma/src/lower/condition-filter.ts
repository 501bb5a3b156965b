import { and, type Expression, nearest, not, or, SHARED_CODES, type Span, unknown } from '@rulescope/logic';
import { type Budget, type Reporter, report, spend } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import { type Condition, selectionsFor } from '../syntax/condition.ts';
import type { OffsetMap } from '../text/source-text.ts';
import type { YamlEntry } from '../text/yaml.ts';

const [, , RESULT_TOO_LARGE] = SHARED_CODES;

/** A selection of a rule, lowered once. */
export interface Selection {
  readonly name: string;
  /** One entry, or several where the key is given more than once. */
  readonly entries: readonly YamlEntry[];
  /** The entries with the comments that belong to them. */
  readonly places: readonly Span[];
  readonly where: Expression;
  readonly understood: boolean;
  /** How much of `LIMITS.values` one use of it takes. */
  readonly cost: number;
}

/** What lowering the conditions of one rule needs to know, and what it finds out. */
export interface ConditionContext {
  readonly to: Reporter;
  readonly selections: ReadonlyMap<string, Selection>;
  readonly budget: Budget;
  /** Where the condition's offsets stand in the text. */
  readonly offsets: OffsetMap;
  /** Set to false where a part of the condition was not understood. */
  understood: boolean;
}

/** What events a condition asks for, the names in it replaced by what their selections say. */
export function lowerCondition(condition: Condition, context: ConditionContext): Expression {
  switch (condition.kind) {
    case 'and':
      return and(condition.items.map((item) => lowerCondition(item, context)));
    case 'or':
      return or(condition.items.map((item) => lowerCondition(item, context)));
    case 'not':
      return not(lowerCondition(condition.item, context));
    case 'of':
      return lowerQuantity(condition, context);
    case 'selection':
      return use(condition.name, condition.span, context);
    case 'broken':
      context.understood = false;
      return unknown(condition.text, spanIn(context, condition.span));
  }
}

function lowerQuantity(condition: Extract<Condition, { kind: 'of' }>, context: ConditionContext): Expression {
  const { quantity, pattern, span } = condition;
  const names = selectionsFor(pattern, [...context.selections.keys()]);
  if (names.length === 0)
    return refuse(CODES.unknownSelection, `No selection fits "${pattern}".`, condition, context);
  if (quantity === 'all') return and(names.map((name) => use(name, span, context)));
  if (quantity === 1) return or(names.map((name) => use(name, span, context)));
  if (quantity === 0 || quantity > names.length) {
    const message = `"${quantity} of ${pattern}" cannot be: ${names.length} selections fit.`;
    return refuse(CODES.badCondition, message, condition, context);
  }
  const choices = combinations(names, quantity);
  if (choices === null) {
    const message = `"${quantity} of ${pattern}" can be met in too many ways: ${names.length} selections fit.`;
    return refuse(RESULT_TOO_LARGE, message, condition, context);
  }
  return or(choices.map((choice) => and(choice.map((name) => use(name, span, context)))));
}

function use(name: string, span: Span, context: ConditionContext): Expression {
  const selection = context.selections.get(name);
  const place = spanIn(context, span);
  if (selection === undefined) {
    context.understood = false;
    const meant = nearest(name, [...context.selections.keys()]);
    const advice = meant === null ? '' : ` Do you mean "${meant}"?`;
    report(context.to, CODES.unknownSelection, `There is no selection "${name}".${advice}`, place);
    return unknown(name, place);
  }
  if (spend(context.budget, selection.cost, place, context.to)) return selection.where;
  context.understood = false;
  return unknown(name, place);
}

function refuse(
  row: { readonly code: string; readonly severity: 'error' },
  message: string,
  condition: Extract<Condition, { kind: 'of' }>,
  context: ConditionContext,
): Expression {
  const place = spanIn(context, condition.span);
  context.understood = false;
  report(context.to, row, message, place);
  return unknown(`${condition.quantity} of ${condition.pattern}`, place);
}

function spanIn(context: ConditionContext, span: Span): Span {
  return [context.offsets(span[0]), context.offsets(span[1])];
}

const MOST_COMBINATIONS = 1000;

/** Every way of choosing some of the names, in their order; null where there are too many. */
function combinations(names: readonly string[], size: number): readonly (readonly string[])[] | null {
  let chosen: readonly (readonly string[])[] = [[]];
  names.forEach((name, i) => {
    const still = names.length - i - 1;
    chosen = chosen.flatMap((choice) => {
      const withName = choice.length < size ? [[...choice, name]] : [];
      return choice.length + still >= size ? [...withName, choice] : withName;
    });
    if (chosen.length > MOST_COMBINATIONS) chosen = chosen.slice(0, MOST_COMBINATIONS + 1);
  });
  return chosen.length > MOST_COMBINATIONS ? null : chosen.filter((choice) => choice.length === size);
}
