import { type DiagnosticCode, type Expression, type Span, unknown } from '@rulescope/logic';
import { type Budget, type Reporter, report, spend } from '@rulescope/logic/parsing';

/** What is known while one text is lowered. */
export interface Lowering {
  readonly text: string;
  readonly to: Reporter;
  readonly budget: Budget;
  /** False once something was left out for want of budget. */
  whole: boolean;
}

export function unknownAt({ text }: Lowering, span: Span): Expression {
  return unknown(text.slice(...span), span);
}

/** Says something that takes nothing from how well the query is understood. */
export function note(
  { to }: Lowering,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(to, row, message, span);
}

/** Whether so many values may still be added. */
export function affordable(lowering: Lowering, values: number, span: Span): boolean {
  if (spend(lowering.budget, Math.max(1, values), span, lowering.to)) return true;
  lowering.whole = false;
  return false;
}
