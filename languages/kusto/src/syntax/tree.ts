import type { Span } from '@rulescope/logic';

/**
 * The syntax tree of a Kusto text, as far as lowering needs it: plain data, so that Microsoft's tree can go.
 * Parentheses leave no trace, chains of `and`, `or` and `|` are lists.
 */
export type Expr =
  | NameExpr
  | { readonly kind: 'star'; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  /** datetime, timespan, guid, type: what it stands for is kept as it is written. */
  | { readonly kind: 'written'; readonly value: string; readonly span: Span }
  /** `dynamic(…)`. */
  | { readonly kind: 'json'; readonly value: Json; readonly span: Span }
  | { readonly kind: 'member'; readonly base: Expr; readonly name: string; readonly span: Span }
  | { readonly kind: 'element'; readonly base: Expr; readonly index: Expr; readonly span: Span }
  /** `workspace("x").T`, `database("d").f()`: what is taken from where. */
  | { readonly kind: 'qualified'; readonly base: Expr; readonly of: Expr; readonly span: Span }
  | CallExpr
  | {
      readonly kind: 'logic';
      readonly op: 'and' | 'or';
      readonly items: readonly Expr[];
      readonly span: Span;
    }
  | ComparisonExpr
  | {
      readonly kind: 'between';
      readonly negated: boolean;
      readonly left: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly span: Span;
    }
  | {
      readonly kind: 'arithmetic';
      readonly op: string;
      readonly operands: readonly Expr[];
      readonly span: Span;
    }
  | AssignExpr
  | PipeExpr
  | FunctionExpr
  | DataTableExpr
  | { readonly kind: 'externaldata'; readonly urls: readonly string[]; readonly span: Span }
  /** What could not be parsed, or is nested too deeply. */
  | { readonly kind: 'bad'; readonly span: Span };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface NameExpr {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}

export interface CallExpr {
  readonly kind: 'call';
  /** As it is written. */
  readonly name: string;
  readonly args: readonly Expr[];
  readonly span: Span;
}

/** `left op right`, `left op (values)`; the operator in lower case as the reference writes it. */
export interface ComparisonExpr {
  readonly kind: 'comparison';
  readonly op: string;
  readonly left: Expr;
  readonly right: readonly Expr[];
  readonly span: Span;
}

/** `a = …`, `(a, b) = …`. */
interface AssignExpr {
  readonly kind: 'assign';
  readonly names: readonly string[];
  readonly value: Expr;
  readonly span: Span;
}

/** A source and the operators behind it; operators that are sources themselves (`union`, `print`) stand first. */
interface PipeExpr {
  readonly kind: 'pipe';
  readonly source: Expr | null;
  readonly operators: readonly Operator[];
  readonly span: Span;
}

export interface FunctionExpr {
  readonly kind: 'function';
  readonly parameters: readonly Parameter[];
  readonly statements: readonly LetStatement[];
  readonly body: Expr | null;
  readonly span: Span;
}

export interface Parameter {
  readonly name: string;
  readonly tabular: boolean;
  readonly initial: Expr | null;
}

export interface DataTableExpr {
  readonly kind: 'datatable';
  readonly columns: readonly string[];
  readonly values: readonly Expr[];
  readonly span: Span;
}

/** A tabular operator. `syntax` is its kind in Microsoft's grammar, `span` starts at its bar. */
export interface Operator {
  readonly syntax: string;
  readonly span: Span;
  /** The expressions that the operator is about: a condition, columns, aggregates, legs of a union. */
  readonly columns: readonly Expr[];
  /** `by` of an aggregate, `on` of a join. */
  readonly by: readonly Expr[];
  /** `kind=` of a join or union. */
  readonly variant: string | null;
  /** A join's right side, a subquery for each row or part. */
  readonly tables: readonly Expr[];
  /** The columns that `parse` and its kin fill. */
  readonly names: readonly string[];
  /** How `parse` and its kin find them: the pattern as it is written, or what parts the pairs. */
  readonly pattern: string;
}

export interface LetStatement {
  readonly kind: 'let';
  readonly name: string;
  readonly value: Expr;
  readonly span: Span;
}

export type Statement =
  | LetStatement
  | { readonly kind: 'query'; readonly expression: Expr; readonly span: Span }
  /** `set`, `declare query_parameters`, `alias`, `restrict`: no events are asked for in it. */
  | {
      readonly kind: 'setting';
      readonly name: string;
      readonly defines: readonly LetStatement[];
      readonly span: Span;
    };
