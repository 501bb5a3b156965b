import type { Expression } from '@rulescope/logic';
import { affordable, fault, note, unknownAt } from '@rulescope/logic/elastic';
import { RELATIONS } from '../data/relations.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Relation } from '../syntax/ast.ts';
import { nestedEvent } from './events.ts';
import type { Scope } from './scope.ts';

/** `descendant of […]`: no test on this event says it, so it is unknown text with the query as a nested one. */
export function lowerRelation(relation: Relation, scope: Scope): Expression {
  const { name, span } = relation;
  if (!affordable(scope, 1, span)) return unknownAt(scope, span);
  if (RELATIONS.includes(name)) {
    const words: [number, number] = [span[0], span[0] + name.length];
    note(scope, CODES.endpointSyntax, `Elasticsearch has no "${name} of".`, words);
  } else {
    fault(scope, CODES.unknownRelation, `Events have no relation "${name.slice(0, 60)} of".`, span);
  }
  const query = nestedEvent(relation.query, scope);
  scope.queries.push(scope.negated ? { ...query, negated: true } : query);
  return unknownAt(scope, span);
}
