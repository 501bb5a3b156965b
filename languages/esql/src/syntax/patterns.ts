import { LIMITS } from '@rulescope/logic';
import { decodeName } from '@rulescope/logic/elastic';
import { endAt, endBefore, kindAt, startAt, take, wordAt } from '@rulescope/logic/parsing';
import type { Pipeline } from './ast.ts';
import { type Cursor, fault, isWord, listOf, QUERY_DEPTH, takeWord, tooDeep, unexpected } from './cursor.ts';
import { decodeString } from './literals.ts';
import type { TokenKind } from './tokens.ts';

interface Patterns {
  readonly patterns: readonly string[];
  readonly subqueries: readonly Pipeline[];
  readonly metadata: readonly string[];
}

/** What `from` reads: index patterns, subqueries in parentheses, and the metadata fields (ES|QL reference, "FROM"). */
export function parsePatterns(cursor: Cursor, depth: number): Patterns {
  const patterns: string[] = [];
  const subqueries: Pipeline[] = [];
  do {
    if (kindAt(cursor) === '(') {
      const subquery = parseSubquery(cursor, depth);
      if (subquery === null) break;
      subqueries.push(subquery);
    } else
      patterns.push(
        ...readIndex(cursor, 'an index pattern')
          .split(',')
          .map((part) => part.trim()),
      );
  } while (take(cursor, ','));
  return {
    patterns: patterns.filter((pattern) => pattern !== ''),
    subqueries,
    metadata: parseMetadata(cursor),
  };
}

function parseSubquery(cursor: Cursor, depth: number): Pipeline | null {
  if (depth + QUERY_DEPTH > LIMITS.depth) {
    tooDeep(cursor);
    return null;
  }
  const open = startAt(cursor);
  cursor.at += 1;
  const query = cursor.grammar.pipeline(cursor, depth + QUERY_DEPTH, 'source');
  if (!take(cursor, ')')) fault(cursor, 'A parenthesis is never closed.', [open, open + 1]);
  return query;
}

/** `metadata _id, _index`; older versions have it in brackets. */
function parseMetadata(cursor: Cursor): readonly string[] {
  const bracket = kindAt(cursor) === '[' && isWord(cursor, 'metadata', 1);
  if (bracket) cursor.at += 1;
  const names = takeWord(cursor, 'metadata') ? listOf(cursor, () => readColumn(cursor)) : [];
  if (bracket) take(cursor, ']');
  return names;
}

const INDEX = /(?:[^\s,|()[\]"=:/]|\/(?![/*]))+/y;

/** The name or pattern of an index, with its cluster before it and its selector behind: `remote:logs-*::failures`. */
export function readIndex(cursor: Cursor, expected: string): string {
  let index = readIndexPart(cursor, expected);
  while (
    (kindAt(cursor) === ':' || kindAt(cursor) === '::') &&
    startAt(cursor) === endBefore(cursor) &&
    startAt(cursor, 1) === endAt(cursor)
  ) {
    index += wordAt(cursor);
    cursor.at += 1;
    index += readIndexPart(cursor, expected);
  }
  return index;
}

function readIndexPart(cursor: Cursor, expected: string): string {
  const kind = kindAt(cursor);
  if (kind === 'string' || kind === 'raw-string') {
    const { value } = decodeString(wordAt(cursor), kind);
    cursor.at += 1;
    return value;
  }
  const start = startAt(cursor);
  INDEX.lastIndex = start;
  const text = kind === 'unclosed-string' ? '' : (INDEX.exec(cursor.text)?.[0] ?? '');
  if (text === '') {
    fault(cursor, unexpected(cursor, expected), [start, endAt(cursor)]);
    return '';
  }
  while (kindAt(cursor) !== 'end' && startAt(cursor) < start + text.length) cursor.at += 1;
  return text;
}

const COLUMN_PARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'name',
  'param',
  'number',
  '*',
  '.',
  '-',
  'and',
  'or',
  'not',
  'in',
  'is',
  'like',
  'rlike',
  'null',
  'true',
  'false',
]);

/** A column, or a pattern of columns: `process.*`, `` `my-field` ``. */
export function readColumn(cursor: Cursor): string {
  if (!COLUMN_PARTS.has(kindAt(cursor))) {
    fault(cursor, unexpected(cursor, 'a column'), [startAt(cursor), endAt(cursor)]);
    return '';
  }
  let column = decodeName(wordAt(cursor));
  cursor.at += 1;
  while (COLUMN_PARTS.has(kindAt(cursor)) && startAt(cursor) === endBefore(cursor)) {
    column += decodeName(wordAt(cursor));
    cursor.at += 1;
  }
  return column;
}
