import { type DiagnosticCode, type Expression, type Span, unknown } from '@rulescope/logic';
import type { FilterLowering } from '@rulescope/logic/elastic';
import { report, spend } from '@rulescope/logic/parsing';

/** What is known at one place of a query. */
export interface Scope {
  readonly lowering: FilterLowering;
  /** What stands before the names of fields: the nested fields around, each with a dot behind it. */
  readonly prefix: string;
}

export function unknownAt({ lowering }: Scope, span: Span): Expression {
  return unknown(lowering.text.slice(...span), span);
}

/** Says something that takes nothing from how well the query is understood. */
export function note(
  { lowering }: Scope,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  span: Span,
): void {
  report(lowering.to, row, message, span);
}

/** Whether so many values may still be added. */
export function affordable({ lowering }: Scope, values: number, span: Span): boolean {
  if (spend(lowering.budget, Math.max(1, values), span, lowering.to)) return true;
  lowering.whole = false;
  return false;
}
