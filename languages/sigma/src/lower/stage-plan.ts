import { type Condition, printCondition, selectionsFor, selectionsIn } from '../syntax/condition.ts';

/** A stage to come: its name, the part of the condition that is its filter, the selections that it shows. */
export interface StagePlan {
  readonly name: string;
  readonly condition: Condition;
  readonly selections: readonly string[];
}

/**
 * The stages that a condition gives, in its order: each selection that must match is one, each part that must
 * not match is one. `not 1 of filter_*` is the one stage `not filter_*`; `not (a or b)` asks for neither, so it
 * is two; `not (a and b)` cannot be parted.
 */
export function planStages(conditions: readonly Condition[], names: readonly string[]): readonly StagePlan[] {
  const known = new Set(names);
  const plans = new Map<string, StagePlan>();
  const add = (name: string, condition: Condition, selections: readonly string[]): void => {
    const present = selections.filter((selection) => known.has(selection));
    if (present.length > 0 && !plans.has(name))
      plans.set(name, { name, condition, selections: [...new Set(present)] });
  };
  const wanted = (condition: Condition): void => {
    switch (condition.kind) {
      case 'and':
      case 'or':
        condition.items.forEach(wanted);
        return;
      case 'not':
        unwanted(condition.item);
        return;
      case 'of':
        for (const name of selectionsFor(condition.pattern, names)) {
          add(name, { kind: 'selection', name, span: condition.span }, [name]);
        }
        return;
      case 'selection':
        add(condition.name, condition, [condition.name]);
        return;
      case 'broken':
        return;
    }
  };
  const unwanted = (condition: Condition): void => {
    switch (condition.kind) {
      case 'or':
        condition.items.forEach(unwanted);
        return;
      case 'not':
        wanted(condition.item);
        return;
      case 'and':
      case 'of':
      case 'selection': {
        const { name, selections } = negatedStage(condition, names);
        add(name, { kind: 'not', item: condition, span: condition.span }, selections);
        return;
      }
      case 'broken':
        return;
    }
  };
  conditions.forEach(wanted);
  return [...plans.values()];
}

function negatedStage(
  condition: Extract<Condition, { kind: 'and' | 'of' | 'selection' }>,
  names: readonly string[],
): { readonly name: string; readonly selections: readonly string[] } {
  switch (condition.kind) {
    case 'selection':
      return { name: `not ${condition.name}`, selections: [condition.name] };
    case 'of':
      return {
        name: condition.quantity === 1 ? `not ${condition.pattern}` : `not ${printCondition(condition)}`,
        selections: selectionsFor(condition.pattern, names),
      };
    case 'and':
      return { name: `not (${printCondition(condition)})`, selections: selectionsIn(condition, names) };
  }
}
