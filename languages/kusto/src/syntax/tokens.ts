import type { Span } from '@rulescope/logic';
import type { LexicalToken, Library } from './library.ts';

/** A word or sign of the text. */
export interface Token {
  readonly text: string;
  readonly span: Span;
  /** Its place in the lexer's list. */
  readonly index: number;
  /** The kind in Microsoft's grammar: `BarToken`, `IdentifierToken`, `WhereKeyword`. */
  readonly kind: string;
  /** Whether a line ends between the token before and this one, and whether an empty line stands there. */
  readonly before: 'same-line' | 'new-line' | 'empty-line';
}

/** The words and signs of a text, white space and comments left out. */
export function tokensOf(lexical: readonly LexicalToken[], kusto: Library): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  lexical.forEach(({ Kind, Trivia, Text }, index) => {
    const start = at + Trivia.length;
    at = start + Text.length;
    if (Text === '') return;
    tokens.push({
      text: Text,
      span: [start, at],
      index,
      kind: kusto.kindName(Kind),
      before: breakIn(Trivia),
    });
  });
  return tokens;
}

/**
 * The invisible characters between the tokens, such as zero-width spaces, which the lexer passes over: they are
 * no white space to others, so that some stage should have them.
 */
export function invisiblesOf(lexical: readonly LexicalToken[]): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  for (const { Trivia, Text } of lexical) {
    if (/[^ -~\s]/.test(Trivia)) {
      for (const match of Trivia.matchAll(/\/\/[^\n]*|\S/g)) {
        const [start, text] = [at + match.index, match[0]];
        if (text.length > 1) continue;
        found.push({ text, span: [start, start + 1], index: -1, kind: 'Invisible', before: 'same-line' });
      }
    }
    at += Trivia.length + Text.length;
  }
  return found;
}

function breakIn(trivia: string): Token['before'] {
  if (!trivia.includes('\n')) return 'same-line';
  return EMPTY_LINE.test(trivia) ? 'empty-line' : 'new-line';
}

const EMPTY_LINE = /\n[ \t\r]*\n/;

/**
 * Where further queries of a text seem to start that no semicolon stands before: outside of brackets, at the
 * start of a line, behind something that can end a query, with a word that can start one; behind an empty
 * line, or with the bar of its first operator behind it.
 */
export function startsOfQueries(tokens: readonly Token[]): readonly Token[] {
  const starts: Token[] = [];
  let depth = 0;
  tokens.forEach((token, i) => {
    const last = tokens[i - 1];
    if (
      last !== undefined &&
      depth === 0 &&
      token.before !== 'same-line' &&
      canStart(token) &&
      canEnd(last)
    ) {
      const piped = tokens[i + 1]?.text === '|';
      if (token.before === 'empty-line' || piped || token.kind === 'LetKeyword') starts.push(token);
    }
    if ('([{'.includes(token.text)) depth += 1;
    else if (')]}'.includes(token.text)) depth = Math.max(0, depth - 1);
  });
  return starts;
}

const STARTERS: ReadonlySet<string> = new Set([
  'IdentifierToken',
  'LetKeyword',
  'UnionKeyword',
  'SearchKeyword',
  'FindKeyword',
  'PrintKeyword',
  'RangeKeyword',
  'DataTableKeyword',
  'ExternalDataKeyword',
  'MaterializeKeyword',
]);

function canStart({ kind }: Token): boolean {
  return STARTERS.has(kind);
}

/** Signs and words behind which the query goes on. */
const CONNECTORS: ReadonlySet<string> = new Set(
  '| , ; = == != =~ !~ < > <= >= <> + - * / % . .. : ( [ { and or by on in in~ !in !in~ has contains where extend project summarize union join lookup kind with of from to step like between'.split(
    ' ',
  ),
);

function canEnd({ text }: Token): boolean {
  return !CONNECTORS.has(text.toLowerCase());
}

/** Where each token starts, by where the white space and comments before it start. */
export function startsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  let end = 0;
  for (const { span } of tokens) {
    starts.set(end, span[0]);
    end = span[1];
  }
  return starts;
}
