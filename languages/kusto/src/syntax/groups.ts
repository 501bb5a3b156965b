import type { Span } from '@rulescope/logic';
import type { Statement } from './tree.ts';

/** One query of a text: the statements before it that define names, and the one that asks for rows. */
export interface Group {
  readonly statements: readonly Statement[];
  /** The part of the text that belongs to it: all parts together are the text. */
  readonly span: Span;
}

/**
 * The queries of a text. Statements that only define names belong to the query behind them, those at the end
 * to the last one; a text of definitions alone is one query that asks for nothing.
 */
export function groupsOf(statements: readonly Statement[], length: number): readonly Group[] {
  const lists: Statement[][] = [];
  let open: Statement[] = [];
  for (const statement of statements) {
    open.push(statement);
    if (statement.kind !== 'query') continue;
    lists.push(open);
    open = [];
  }
  const last = lists.at(-1);
  if (last === undefined) lists.push(open);
  else last.push(...open);
  const starts = lists.map((list, i) => (i === 0 ? 0 : (list[0]?.span[0] ?? 0)));
  return lists.map((list, i) => ({
    statements: list,
    span: [starts[i] ?? 0, starts[i + 1] ?? length],
  }));
}
