/** Where a rule lies. */
export interface Place {
  readonly platform: string;
  readonly source: string;
  readonly path: string;
  readonly ordinal: number;
}

/** The ids given so far, and the place of the rule that has each. */
export type TakenIds = Map<string, Place>;

/** The id of a rule in the catalog, and the rule that has the one it asked for. */
export interface AssignedId {
  readonly id: string;
  readonly duplicateOf: Place | null;
}

/**
 * Gives a rule its id: `platform/own id`; its place where it has none of its own, or where an earlier rule has
 * it already. Ask in the order of sources, paths and ordinals, so that the same rule wins in every build.
 */
export function assignId(taken: TakenIds, place: Place, ownId: string | null): AssignedId {
  const wanted = ownId === null ? null : `${place.platform}/${ownId}`.toWellFormed();
  const duplicateOf = wanted === null ? null : (taken.get(wanted) ?? null);
  const id = wanted !== null && duplicateOf === null ? wanted : freePlaceId(taken, place);
  taken.set(id, place);
  return { id, duplicateOf };
}

/** A rule may have another one's place as its own id: then a number is put behind. */
function freePlaceId(taken: TakenIds, place: Place): string {
  const base = `${place.platform}/${place.source}/${place.path}#${place.ordinal}`.toWellFormed();
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}~${number}`;
  return id;
}
