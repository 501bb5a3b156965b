import { SHARED_CODES } from '../diagnostics.ts';
import { LIMITS } from '../limits.ts';
import type { Span } from '../model.ts';
import { type Reporter, report } from './reporter.ts';

const [, , RESULT_TOO_LARGE] = SHARED_CODES;

/** What the rules of one text may still grow by together. */
export interface TextBudget {
  left: number;
}

/** What one rule may still grow by, in values and the nodes that hold them. */
export interface Budget {
  left: number;
  told: boolean;
  readonly text: TextBudget;
}

export function textBudget(): TextBudget {
  return { left: LIMITS.valuesOfText };
}

export function ruleBudget(text: TextBudget): Budget {
  return { left: LIMITS.values, told: false, text };
}

/** Takes from a budget; false, and said once, where there is not that much left: nothing is left then. */
export function spend(budget: Budget, amount: number, span: Span, to: Reporter): boolean {
  if (amount <= budget.left && amount <= budget.text.left) {
    budget.left -= amount;
    budget.text.left -= amount;
    return true;
  }
  budget.left = 0;
  if (!budget.told) {
    budget.told = true;
    const message = `The rule compares with more than ${LIMITS.values} values, or its text with more than ${LIMITS.valuesOfText}.`;
    report(to, RESULT_TOO_LARGE, message, span);
  }
  return false;
}
