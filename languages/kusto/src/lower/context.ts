import {
  type DiagnosticCode,
  type Expression,
  type NestedQuery,
  type Span,
  type TestParts,
  test,
  type Understood,
  unknown,
} from '@rulescope/logic';
import { type Budget, type Reporter, report, spend } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Expr } from '../syntax/tree.ts';
import type { Line } from './line.ts';
import type { Binding, Env } from './scope.ts';

/** What lowering one query shares, and what it finds out. */
export interface Context {
  readonly text: string;
  readonly to: Reporter;
  readonly budget: Budget;
  /** The lowering of what comparisons may hold again: conditions and whole queries. */
  readonly lower: {
    readonly condition: (expr: Expr, env: Env, context: Context) => Expression;
    readonly table: (expr: Expr, env: Env, context: Context) => Line;
  };
  /** Whether the language itself has a function of the name. */
  readonly isBuiltIn: (name: string) => boolean;
  /** Names that are being resolved: one that comes up again is defined by itself. */
  readonly active: Set<Binding>;
  /** Every name that is written in the text. */
  readonly named: ReadonlySet<string>;
  /** The queries inside of the stage that is being lowered. */
  queries: NestedQuery[];
  /** Whether an odd number of Nots is around what is being lowered. */
  negated: boolean;
  /** The name of a `let` that is being lowered for its use elsewhere. */
  expansion: Expansion | null;
  /** Set to false where a part of the stage was not understood. */
  understood: boolean;
}

/** Tests that come of a `let` say so, and stand at the place of its use; those of a whole query keep their place. */
interface Expansion {
  readonly via: string | null;
  readonly use: Span | null;
}

/** Names may stand for names this often. */
const DEEPEST_NAMES = 50;

/**
 * Lowers what a name stands for. Null where the name is being lowered already (a `let` that uses its own name
 * means what had the name before), or where names stand for names without end.
 */
export function within<T>(
  binding: Binding,
  use: Span | null,
  span: Span,
  context: Context,
  lower: () => T,
): T | null {
  if (context.active.has(binding) || !spend(context.budget, 1, span, context.to)) return null;
  if (context.active.size >= DEEPEST_NAMES) {
    report(context.to, CODES.recursion, `"${binding.name}" stands for names without end.`, span);
    context.understood = false;
    return null;
  }
  const before = context.expansion;
  context.active.add(binding);
  if (binding.declared) context.expansion ??= { via: `let:${binding.name}`, use };
  const lowered = lower();
  context.active.delete(binding);
  context.expansion = before;
  return lowered;
}

/** A test; Unknown where the query has grown too large. */
export function makeTest(parts: TestParts, context: Context): Expression {
  const { expansion, budget, to } = context;
  const span = expansion?.use ?? parts.span;
  // Each test repeats the functions around its field, which may be long.
  const size = Math.max(1, parts.values.length) + (parts.through?.length ?? 0);
  if (!spend(budget, size, span, to)) {
    context.understood = false;
    return unknown(context.text.slice(...span), span);
  }
  return test({ ...parts, span, via: expansion?.via ?? parts.via ?? null });
}

/** A part of a condition that is no test, and why. A reason that is no information makes the stage partial. */
export function makeUnknown(
  span: Span,
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  context: Context,
): Expression {
  const place = context.expansion?.use ?? span;
  report(context.to, row, message, place);
  if (row.severity !== 'info' || !spend(context.budget, 1, place, context.to)) context.understood = false;
  return unknown(context.text.slice(...place), place);
}

/** A piece of the text for a message. */
export function shown(span: Span, context: Context): string {
  const text = context.text.slice(...span).replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Lowers what was written elsewhere for its use at a place, where its tests then are. */
export function at<T>(use: Span, context: Context, lower: () => T): T {
  const before = context.expansion;
  context.expansion ??= { via: null, use };
  const lowered = lower();
  context.expansion = before;
  return lowered;
}

/** How well the stage was understood that is being lowered: no better than the queries inside of it. */
export function understoodOf({ understood, queries }: Context): Understood {
  return understood && queries.every((query) => query.understood === 'full') ? 'full' : 'partial';
}
