import { unknown } from '../build.ts';
import type { DiagnosticCode } from '../diagnostics.ts';
import type { Expression, Span } from '../model.ts';
import { type Budget, spend } from '../parsing/budget.ts';
import { type Reporter, report } from '../parsing/reporter.ts';

/** Where an expression of EQL or ES|QL stands while it is lowered, as far as both need it. */
interface LoweredPlace {
  readonly lowering: {
    readonly text: string;
    readonly to: Reporter;
    readonly budget: Budget;
    /** Errors found so far, to tell whether a stage was understood in full. */
    faults: number;
  };
  /** How many queries are around this one: each of them lists its tests too. */
  readonly nesting: number;
}

/** Keeps a part as unknown text. */
export function unknownAt({ lowering }: LoweredPlace, span: Span): Expression {
  return unknown(lowering.text.slice(...span), span);
}

/** Reports an error: the stage is not understood in full then. */
export function fault(
  { lowering }: LoweredPlace,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  lowering.faults += 1;
  report(lowering.to, row, message, span);
}

/** Says something that takes nothing from how well the query is understood. */
export function note(
  { lowering }: LoweredPlace,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(lowering.to, row, message, span);
}

/** Whether so many values may still be added: every query around lists them once more. */
export function affordable({ lowering, nesting }: LoweredPlace, values: number, span: Span): boolean {
  if (spend(lowering.budget, Math.max(1, values) * (nesting + 1), span, lowering.to)) return true;
  lowering.faults += 1;
  return false;
}
