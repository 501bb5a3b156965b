import type { AttackRelease, AttackTactic, AttackTechnique } from './model.ts';

/** Why a file could not be read as an ATT&CK bundle, for programs; the message says it to a person. */
export type AttackBundleErrorCode =
  /** It is no STIX bundle. */
  | 'not-a-bundle'
  /** It is a STIX bundle, but holds no techniques or no tactics of ATT&CK. */
  | 'not-attack'
  /** It holds far more than any release of ATT&CK does. */
  | 'too-large';

/** What `readStixBundle` throws. */
export class AttackBundleError extends Error {
  readonly code: AttackBundleErrorCode;

  constructor(code: AttackBundleErrorCode, message: string) {
    super(message);
    this.name = 'AttackBundleError';
    this.code = code;
  }
}

/** Bounds on a bundle, far above any release: 18.1 has 835 techniques, 14 tactics, names of up to 54 letters. */
const MAX_OBJECTS = 500_000;
const MAX_TECHNIQUES = 20_000;
const MAX_TACTICS = 200;
const MAX_NAME = 200;

const TECHNIQUE_ID = /^T\d{4}(\.\d{3})?$/;
const TACTIC_ID = /^TA\d{4}$/;
const SHORTNAME = /^[a-z]+(-[a-z]+){0,9}$/;
const VERSION = /^\d{1,3}(\.\d{1,3}){0,2}$/;
/** How ATT&CK names itself in references and kill chains: enterprise, and the mobile and ICS matrices. */
const ATTACK = /^mitre-((mobile|ics)-)?attack$/;

type StixObject = Readonly<Record<string, unknown>>;

/**
 * Reads the parsed JSON of a STIX 2.0 or 2.1 bundle of ATT&CK, such as `enterprise-attack.json` of
 * https://github.com/mitre-attack/attack-stix-data. Takes tactics in the order of the matrix, techniques with
 * their state, and what revoked ones were replaced by; whatever else the bundle holds is left out, and so are
 * objects without an ATT&CK id and a name. Where two techniques share an id, the one in force counts.
 * Throws an AttackBundleError.
 *
 * Source: attack-stix-data, USAGE.md, "The ATT&CK data model".
 */
export function readStixBundle(json: unknown): AttackRelease {
  const objects = objectsOf(json);
  const tactics = tacticsOf(objects);
  const techniques = techniquesOf(objects, tactics);
  if (tactics.length === 0 || techniques.length === 0) {
    const missing = techniques.length === 0 ? 'techniques (attack-pattern)' : 'tactics (x-mitre-tactic)';
    throw new AttackBundleError('not-attack', `The STIX bundle has no ${missing} of MITRE ATT&CK.`);
  }
  const version = versionOf(objects);
  return {
    version,
    derived: false,
    source: version === null ? 'a STIX bundle of ATT&CK' : `the STIX bundle of ATT&CK ${version}`,
    tactics,
    techniques,
  };
}

function objectsOf(json: unknown): readonly StixObject[] {
  if (!isObject(json) || json.type !== 'bundle' || !Array.isArray(json.objects)) {
    throw new AttackBundleError(
      'not-a-bundle',
      'The file is no STIX bundle: it has to be one JSON object with `"type": "bundle"` and a list of `objects`.',
    );
  }
  if (json.objects.length > MAX_OBJECTS) throw tooLarge('objects', MAX_OBJECTS);
  return json.objects.filter(isObject);
}

function versionOf(objects: readonly StixObject[]): string | null {
  const collection = objects.find((object) => object.type === 'x-mitre-collection');
  const version = collection?.x_mitre_version;
  return typeof version === 'string' && VERSION.test(version) ? version : null;
}

function tacticsOf(objects: readonly StixObject[]): readonly AttackTactic[] {
  const columns = matrixColumns(objects);
  const tactics = new Map<string, AttackTactic & { readonly column: number }>();
  for (const object of objects) {
    if (object.type !== 'x-mitre-tactic' || statusOf(object) !== undefined) continue;
    const id = attackId(object, TACTIC_ID);
    const name = nameOf(object);
    const shortname = object.x_mitre_shortname;
    if (id === null || name === null || typeof shortname !== 'string' || !SHORTNAME.test(shortname)) continue;
    if (tactics.has(shortname)) continue;
    const column = columns.get(object.id) ?? columns.size;
    tactics.set(shortname, { id, shortname, name, column });
    if (tactics.size > MAX_TACTICS) throw tooLarge('tactics', MAX_TACTICS);
  }
  return [...tactics.values()]
    .sort((a, b) => a.column - b.column || compare(a.id, b.id))
    .map(({ id, shortname, name }) => ({ id, shortname, name }));
}

/** The place of each tactic in the matrices, by STIX id. */
function matrixColumns(objects: readonly StixObject[]): ReadonlyMap<unknown, number> {
  const columns = new Map<unknown, number>();
  for (const object of objects) {
    if (object.type !== 'x-mitre-matrix' || statusOf(object) !== undefined) continue;
    for (const reference of listOf(object.tactic_refs)) {
      if (!columns.has(reference)) columns.set(reference, columns.size);
    }
  }
  return columns;
}

function techniquesOf(
  objects: readonly StixObject[],
  tactics: readonly AttackTactic[],
): readonly AttackTechnique[] {
  const patterns = new Map<string, StixObject>();
  const ids = new Map<unknown, string>();
  for (const object of objects) {
    const id = object.type === 'attack-pattern' ? attackId(object, TECHNIQUE_ID) : null;
    if (id === null || nameOf(object) === null) continue;
    ids.set(object.id, id);
    const known = patterns.get(id);
    if (known === undefined || precedence(object) < precedence(known)) patterns.set(id, object);
    if (patterns.size > MAX_TECHNIQUES) throw tooLarge('techniques', MAX_TECHNIQUES);
  }
  const successors = successorsOf(objects, ids);
  return [...patterns]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, object]) => {
      const parent = id.slice(0, id.indexOf('.'));
      const status = statusOf(object);
      const revokedBy = status === 'revoked' ? successors.get(id) : undefined;
      return {
        id,
        name: nameOf(object) ?? id,
        ...(id.includes('.') && patterns.has(parent) ? { parent } : {}),
        tactics: revokedBy === undefined ? phasesOf(object, tactics) : [],
        ...(status === undefined ? {} : { status }),
        ...(revokedBy === undefined ? {} : { revokedBy }),
      };
    });
}

/** What replaced a technique, by ATT&CK id. Of several, the first that is a technique of the bundle. */
function successorsOf(
  objects: readonly StixObject[],
  ids: ReadonlyMap<unknown, string>,
): ReadonlyMap<string, string> {
  const successors = new Map<string, string>();
  for (const object of objects) {
    if (object.type !== 'relationship' || object.relationship_type !== 'revoked-by') continue;
    const from = ids.get(object.source_ref);
    const to = ids.get(object.target_ref);
    if (statusOf(object) !== undefined || from === undefined || to === undefined || from === to) continue;
    if (!successors.has(from)) successors.set(from, to);
  }
  return successors;
}

function phasesOf(object: StixObject, tactics: readonly AttackTactic[]): readonly string[] {
  const phases = new Set<unknown>();
  for (const phase of listOf(object.kill_chain_phases)) {
    if (isObject(phase) && isAttack(phase.kill_chain_name)) phases.add(phase.phase_name);
  }
  return tactics.map((tactic) => tactic.shortname).filter((shortname) => phases.has(shortname));
}

/** ATT&CK's own id of an object: the first of its external references that is one. */
function attackId(object: StixObject, shape: RegExp): string | null {
  for (const reference of listOf(object.external_references)) {
    if (!isObject(reference) || !isAttack(reference.source_name)) continue;
    const id = reference.external_id;
    if (typeof id === 'string' && shape.test(id)) return id;
  }
  return null;
}

function nameOf(object: StixObject): string | null {
  if (typeof object.name !== 'string') return null;
  const name = object.name
    .slice(0, MAX_NAME)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return name === '' ? null : name;
}

function statusOf(object: StixObject): 'deprecated' | 'revoked' | undefined {
  if (object.revoked === true) return 'revoked';
  return object.x_mitre_deprecated === true ? 'deprecated' : undefined;
}

/** Which of two objects with one id counts: the lower. */
function precedence(object: StixObject): number {
  const status = statusOf(object);
  return status === undefined ? 0 : status === 'deprecated' ? 1 : 2;
}

function isObject(value: unknown): value is StixObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAttack(value: unknown): boolean {
  return typeof value === 'string' && ATTACK.test(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tooLarge(what: string, limit: number): AttackBundleError {
  return new AttackBundleError(
    'too-large',
    `The bundle holds more than ${limit.toLocaleString('en')} ${what}: no release of ATT&CK does.`,
  );
}
