import { type DiagnosticCode, type Expression, type Span, unknown } from '@rulescope/logic';
import type { FilterLowering } from '@rulescope/logic/elastic';
import { report, spend } from '@rulescope/logic/parsing';

export function unknownAt({ text }: FilterLowering, span: Span): Expression {
  return unknown(text.slice(...span), span);
}

/** Says something that takes nothing from how well the query is understood. */
export function note(
  { to }: FilterLowering,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(to, row, message, span);
}

/** Whether so many values may still be added. */
export function affordable(lowering: FilterLowering, values: number, span: Span): boolean {
  if (spend(lowering.budget, Math.max(1, values), span, lowering.to)) return true;
  lowering.whole = false;
  return false;
}
