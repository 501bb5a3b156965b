import { type Expression, testsOf, visit } from '@rulescope/logic';
import type { Line } from './line.ts';

/**
 * Adds the filter of a stage to what all events of a line satisfy. What is asked of computed values is left
 * out, so that no event is lost that the query may find; behind an aggregate a filter counts only if all of it
 * is about unchanged keys, and behind a limit of rows not at all.
 */
export function addFilter(line: Line, filter: Expression): void {
  if (line.limited || (line.grouped && !isAboutKeys(filter))) return;
  const kept = weaken(filter);
  if (kept !== null) line.filters.push(kept);
}

function isAboutKeys(filter: Expression): boolean {
  let whole = true;
  visit(filter, (part) => {
    if ('unknown' in part) whole = false;
  });
  return whole && testsOf(filter).every(({ derived }) => !derived);
}

/** A condition that holds wherever the given one does, without computed values; null where nothing is left. */
function weaken(part: Expression): Expression | null {
  if ('and' in part) {
    const and = part.and.map(weaken).filter((item) => item !== null);
    if (and.length === part.and.length && and.every((item, i) => item === part.and[i])) return part;
    return and.length === 0 ? null : { and };
  }
  if ('or' in part) {
    const or = part.or.map(weaken);
    if (or.every((item, i) => item === part.or[i])) return part;
    const kept = or.filter((item) => item !== null);
    return kept.length < or.length ? null : { or: kept };
  }
  if ('not' in part) {
    const inner = strengthen(part.not);
    if (inner === part.not) return part;
    return inner === null ? null : { not: inner };
  }
  return 'test' in part && part.test.derived ? null : part;
}

/** A condition that holds only where the given one does; null where there is none. */
function strengthen(part: Expression): Expression | null {
  if ('and' in part) {
    const and = part.and.map(strengthen);
    if (and.every((item, i) => item === part.and[i])) return part;
    const kept = and.filter((item) => item !== null);
    return kept.length < and.length ? null : { and: kept };
  }
  if ('or' in part) {
    const or = part.or.map(strengthen).filter((item) => item !== null);
    if (or.length === part.or.length && or.every((item, i) => item === part.or[i])) return part;
    return or.length === 0 ? null : { or };
  }
  if ('not' in part) {
    const inner = weaken(part.not);
    if (inner === part.not) return part;
    return inner === null ? null : { not: inner };
  }
  return 'test' in part && part.test.derived ? null : part;
}
