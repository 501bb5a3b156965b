import { LIMITS } from '@rulescope/logic';
import { kindAt, type Reporter, report, spanFrom, startAt, take, wordAt } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { Body, Clause, LuceneTree, Range } from './ast.ts';
import { atClose, breakOff, type Cursor, fault, takeWord, tooDeep } from './cursor.ts';
import { lex } from './lexer.ts';
import { patternOf, rangeOf, regexOf, undoEscapes } from './literals.ts';
import type { TokenKind } from './tokens.ts';

/**
 * Parses a text in Lucene's query syntax (`QueryParser.jj` of Lucene's classic query parser, which Elasticsearch's
 * query string query extends). Hand-written recursive descent, linear in the text and bounded in depth. Never
 * throws: what breaks the grammar is a broken body with one diagnostic, and the rest is parsed. Spans are offsets of
 * the text.
 */
export function parseLuceneTree(text: string, to: Reporter): LuceneTree {
  const cursor: Cursor = { text, tokens: lex(text), to, at: 0, faults: 0, open: 0 };
  const start = startAt(cursor);
  const clauses = parseClauses(cursor, 0);
  const span = clauses.length === 0 ? ([0, text.length] as const) : spanFrom(cursor, start);
  return { clauses, span, sound: cursor.faults === 0 };
}

/** Clauses up to the parenthesis that closes their group, or the end. */
function parseClauses(cursor: Cursor, depth: number): readonly Clause[] {
  const clauses: Clause[] = [];
  while (!atClose(cursor)) clauses.push(parseClause(cursor, clauses.length === 0, depth));
  return clauses;
}

function parseClause(cursor: Cursor, first: boolean, depth: number): Clause {
  if (isSeveralTerms(cursor)) return parseSeveralTerms(cursor);
  const start = startAt(cursor);
  const conjunction = parseConjunction(cursor);
  if (first && conjunction !== null) {
    fault(cursor, 'There is nothing before this operator that it could join.', spanFrom(cursor, start));
  }
  const modifier = parseModifier(cursor);
  const from = startAt(cursor);
  const field = parseField(cursor);
  const body = parseBody(cursor, depth);
  const boost = kindAt(cursor) === 'boost' ? takeWord(cursor).slice(1) : null;
  const whole = boost !== null && takesTilde(body) ? withTilde(body, parseTilde(cursor)) : body;
  return { conjunction, modifier, field, body: whole, boost, span: spanFrom(cursor, from) };
}

function parseConjunction(cursor: Cursor): Clause['conjunction'] {
  if (take(cursor, 'AND')) return 'and';
  return take(cursor, 'OR') ? 'or' : null;
}

function parseModifier(cursor: Cursor): Clause['modifier'] {
  if (take(cursor, '+')) return 'must';
  return take(cursor, '-') || take(cursor, 'NOT') ? 'must-not' : null;
}

/** `name:` before a clause, or `*:`. */
function parseField(cursor: Cursor): string | null {
  const kind = kindAt(cursor);
  if ((kind !== 'term' && kind !== '*') || kindAt(cursor, 1) !== ':') return null;
  const name = takeWord(cursor);
  cursor.at += 1;
  return kind === '*' ? '*' : undoEscapes(name);
}

/** What may not follow a term that belongs to several terms in a row. */
const ENDS_SEVERAL: ReadonlySet<TokenKind> = new Set([':', '*', 'tilde', 'boost', 'AND', 'OR']);

/** Whether the term at some place belongs to the terms before it, as one text for the analyzer. */
function isFurtherTerm(cursor: Cursor, ahead: number): boolean {
  return kindAt(cursor, ahead) === 'term' && !ENDS_SEVERAL.has(kindAt(cursor, ahead + 1));
}

function isSeveralTerms(cursor: Cursor): boolean {
  return kindAt(cursor) === 'term' && isFurtherTerm(cursor, 1);
}

function parseSeveralTerms(cursor: Cursor): Clause {
  const start = startAt(cursor);
  const words = [parseWord(cursor)];
  while (isFurtherTerm(cursor, 0)) words.push(parseWord(cursor));
  const body: Body = { kind: 'term', words, fuzziness: null };
  return { conjunction: null, modifier: null, field: null, body, boost: null, span: spanFrom(cursor, start) };
}

function parseWord(cursor: Cursor): string {
  const start = startAt(cursor);
  const word = takeWord(cursor);
  if (word.length <= 3 && /^(?:and|or|not)$/i.test(word)) {
    const message = `"${word}" is a word that is looked for: the operator is written in capital letters.`;
    report(cursor.to, CODES.lowercaseOperator, message, [start, start + word.length]);
  }
  return undoEscapes(word);
}

function parseBody(cursor: Cursor, depth: number): Body {
  switch (kindAt(cursor)) {
    case 'term':
      return withTilde({ kind: 'term', words: [parseWord(cursor)], fuzziness: null }, parseTilde(cursor));
    case 'lone-operator':
      return parseLoneOperator(cursor);
    case '*':
    case 'wildcard': {
      const pattern = patternOf(takeWord(cursor));
      return withTilde({ kind: 'wildcard', pattern, fuzziness: null }, parseTilde(cursor));
    }
    case 'phrase': {
      const text = undoEscapes(takeWord(cursor).slice(1, -1));
      return withTilde({ kind: 'phrase', text, slop: null }, parseTilde(cursor));
    }
    case 'regex': {
      const pattern = regexOf(takeWord(cursor).slice(1, -1));
      return withTilde({ kind: 'regex', pattern, fuzziness: null }, parseTilde(cursor));
    }
    case 'range':
      return parseRange(cursor);
    case '(':
      return parseGroup(cursor, depth);
    default:
      return breakOff(cursor, 'a clause');
  }
}

/** What stands behind a tilde, or null. */
function parseTilde(cursor: Cursor): string | null {
  return kindAt(cursor) === 'tilde' ? takeWord(cursor).slice(1) : null;
}

type Tildeable = Extract<Body, { kind: 'term' | 'wildcard' | 'phrase' | 'regex' }>;

function takesTilde(body: Body): body is Tildeable {
  const { kind } = body;
  return kind === 'term' || kind === 'wildcard' || kind === 'phrase' || kind === 'regex';
}

function withTilde(body: Tildeable, tilde: string | null): Body {
  if (tilde === null) return body;
  return body.kind === 'phrase' ? { ...body, slop: tilde } : { ...body, fuzziness: tilde };
}

function parseLoneOperator(cursor: Cursor): Body {
  const start = startAt(cursor);
  const message = 'With a space behind it this is a word that is looked for, and no operator.';
  report(cursor.to, CODES.loneOperator, message, [start, start + 1]);
  return withTilde({ kind: 'term', words: [takeWord(cursor)], fuzziness: null }, parseTilde(cursor));
}

function parseRange(cursor: Cursor): Range | Body {
  const range = rangeOf(wordAt(cursor));
  if (range === null) return breakOff(cursor, 'a range such as [a TO b]');
  cursor.at += 1;
  return range;
}

function parseGroup(cursor: Cursor, depth: number): Body {
  if (depth >= LIMITS.depth) return tooDeep(cursor);
  const start = startAt(cursor);
  cursor.at += 1;
  cursor.open += 1;
  const clauses = parseClauses(cursor, depth + 1);
  cursor.open -= 1;
  if (!take(cursor, ')')) fault(cursor, 'A parenthesis is never closed.', [start, start + 1]);
  if (clauses.length > 0) return { kind: 'group', clauses };
  const span = spanFrom(cursor, start);
  fault(cursor, 'There is nothing between the parentheses.', span);
  return { kind: 'broken', text: cursor.text.slice(...span) };
}
