import type { Expression } from './model.ts';
import { transform } from './walk.ts';

/**
 * The same expression with less structure, and the same answer for every event: an And in an And and an Or in
 * an Or are flattened, a Not of a Not goes, an And or Or of one item is that item, and an always-true part of
 * an And or never-true part of an Or is dropped. A part that decides the whole (an empty Or in an And) stays
 * beside the others, so that a person still sees what the rule was written to test. Tests are never merged,
 * moved or dropped. An expression with nothing to simplify is given back as the same object.
 */
export function simplify(expression: Expression): Expression {
  return transform(expression, simplifyPart);
}

/** Simplifies one level; the children are simple already. */
function simplifyPart(part: Expression): Expression {
  if ('and' in part) {
    const items = flatten(part.and, (item) => ('and' in item ? item.and : null));
    if (items.length === 1 && items[0] !== undefined) return items[0];
    return items === part.and ? part : { and: items };
  }
  if ('or' in part) {
    const items = flatten(part.or, (item) => ('or' in item ? item.or : null));
    if (items.length === 1 && items[0] !== undefined) return items[0];
    return items === part.or ? part : { or: items };
  }
  if ('not' in part) return negate(part.not) ?? part;
  return part;
}

/** What the Not of a simple expression is, where that is simpler than the Not. */
function negate(inner: Expression): Expression | null {
  if ('not' in inner) return inner.not;
  if ('and' in inner && inner.and.length === 0) return { or: [] };
  if ('or' in inner && inner.or.length === 0) return { and: [] };
  return null;
}

/** Puts the items of nested lists of the same kind in their place; an empty one leaves nothing. */
function flatten(
  items: readonly Expression[],
  nested: (item: Expression) => readonly Expression[] | null,
): readonly Expression[] {
  if (items.every((item) => nested(item) === null)) return items;
  return items.flatMap((item) => nested(item) ?? [item]);
}
