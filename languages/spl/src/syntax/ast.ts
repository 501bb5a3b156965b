import type { Span } from '@rulescope/logic';

/** Spans of syntax nodes are offsets of the text that was parsed, macros expanded. */
interface Located {
  readonly span: Span;
}

/** A word or a quoted string of a search, its escapes not yet undone. */
export interface Word extends Located {
  readonly text: string;
  readonly quoted: boolean;
}

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A macro that nothing defines, so that it could not be replaced. */
export interface MacroNode extends Located {
  readonly kind: 'macro';
  readonly name: string;
  readonly arguments: readonly string[];
}

/** A search in brackets; its span is that of what stands between them. */
export interface SubsearchNode extends Located {
  readonly kind: 'subsearch';
  readonly inner: Span;
}

/** What could not be read. */
export interface BadNode extends Located {
  readonly kind: 'bad';
}

export interface WordNode extends Word {
  readonly kind: 'word';
}

/** The right side of a comparison. */
export type SearchValue = WordNode | DirectiveNode | MacroNode | SubsearchNode;

/** `TERM(…)` and `CASE(…)`: how to look for a text (Search Manual, "Use CASE() and TERM() to match phrases"). */
export interface DirectiveNode extends Located {
  readonly kind: 'directive';
  readonly name: 'TERM' | 'CASE';
  readonly text: string;
}

/** An expression of the `search` command (Search Reference, "search"). */
export type SearchNode =
  | (Located & { readonly kind: 'and' | 'or'; readonly items: readonly SearchNode[] })
  | (Located & { readonly kind: 'not'; readonly item: SearchNode })
  | (Located & {
      readonly kind: 'compare';
      readonly field: Word;
      readonly operator: ComparisonOperator;
      readonly value: SearchValue;
    })
  | (Located & { readonly kind: 'in'; readonly field: Word; readonly values: readonly SearchValue[] })
  | WordNode
  | DirectiveNode
  | MacroNode
  | SubsearchNode
  | BadNode;

export type EvalOperator = ComparisonOperator | 'LIKE' | '+' | '-' | '*' | '/' | '%' | '.';

/** An expression of `eval` and `where` (Search Reference, "eval", "Evaluation functions"). */
export type EvalNode =
  | (Located & { readonly kind: 'and' | 'or' | 'xor'; readonly items: readonly EvalNode[] })
  | (Located & { readonly kind: 'not'; readonly item: EvalNode })
  | (Located & {
      readonly kind: 'binary';
      readonly operator: EvalOperator;
      readonly left: EvalNode;
      readonly right: EvalNode;
    })
  | (Located & { readonly kind: 'negative'; readonly item: EvalNode })
  | (Located & { readonly kind: 'in'; readonly left: EvalNode; readonly values: readonly EvalNode[] })
  | (Located & {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly EvalNode[];
    })
  | (Located & { readonly kind: 'field'; readonly name: string })
  | (Located & { readonly kind: 'string'; readonly value: string })
  | (Located & { readonly kind: 'number'; readonly value: number; readonly text: string })
  | MacroNode
  | SubsearchNode
  | BadNode;

/** An argument of a command that has no grammar of its own here. */
export type Argument =
  | WordNode
  | (Located & { readonly kind: 'option'; readonly name: Word; readonly value: SearchValue | CallNode })
  | CallNode
  | MacroNode
  | SubsearchNode
  | (Located & { readonly kind: 'mark'; readonly text: ',' | '(' | ')' | '=' | '!=' | '<' | '>' })
  | BadNode;

/** A function with what stands in its parentheses, such as `count(eval(a=b))` or `values(user)`. */
export interface CallNode extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly inner: Span;
}
