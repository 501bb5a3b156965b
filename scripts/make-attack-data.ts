/**
 * Writes the ATT&CK tables of packages/knowledge from ../shared/knowledge/attack: ids and names only.
 *
 *   npm exec -- node scripts/make-attack-data.ts           writes packages/knowledge/src/data/attack-*.json
 *   npm exec -- node scripts/make-attack-data.ts --check   compares them instead; ends with 1 where they differ
 *
 * Version 18.1 is what the STIX bundle says. Version 19.1 is derived from it and the stated changes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { AttackRelease, AttackTactic, AttackTechnique } from '../packages/knowledge/src/attack/model.ts';
import { readStixBundle } from '../packages/knowledge/src/attack/read-stix.ts';

const INPUT = new URL('../../shared/knowledge/attack/', import.meta.url);
const OUTPUT = new URL('../packages/knowledge/src/data/', import.meta.url);
const BUNDLE = 'enterprise-attack-18.1.stix.json';
const CHANGES = 'v19-changes.json';

/** The parts of v19-changes.json that are applied. Technique ids, and short names of tactics. */
interface Changes {
  readonly tactics: {
    readonly retired: Readonly<Record<string, string>>;
    readonly added: Readonly<Record<string, string>>;
  };
  readonly defense_impairment: readonly string[];
  readonly no_longer_defense_evasion: readonly string[];
  readonly revoked_by: Readonly<Record<string, string>>;
  readonly renamed: Readonly<Record<string, string>>;
  readonly added: Readonly<Record<string, readonly [name: string, tactics: readonly string[]]>>;
}

const RETIRED = 'defense-evasion';
const HEIR = 'stealth';
const IMPAIRMENT = 'defense-impairment';

const release18: AttackRelease = {
  ...readStixBundle(readJson(BUNDLE)),
  version: '18.1',
  source: 'MITRE ATT&CK for enterprises 18.1, its STIX bundle',
};
const release19 = derive(release18, readJson(CHANGES) as Changes);

const stale = [release18, release19].filter((release) => !settle(release));
if (stale.length > 0) {
  for (const { version } of stale) console.error(`attack-${version}.json is not what this script makes.`);
  process.exitCode = 1;
}

/** Writes a release's file, or says with `--check` whether it is as it would be written. */
function settle(release: AttackRelease): boolean {
  const file = new URL(`attack-${release.version}.json`, OUTPUT);
  const text = print(release);
  if (process.argv.includes('--check')) return readFileSync(file, 'utf8') === text;
  writeFileSync(file, text);
  console.log(
    `attack-${release.version}.json: ${release.tactics.length} tactics, ${release.techniques.length} techniques`,
  );
  return true;
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, INPUT), 'utf8'));
}

/** Version 19.1, from 18.1 and the changes. Throws where a change names what is not there to be changed. */
function derive(base: AttackRelease, changes: Changes): AttackRelease {
  const tactics = deriveTactics(base.tactics, changes);
  const order = tactics.map((tactic) => tactic.shortname);
  const rows = new Map(base.techniques.map((technique) => [technique.id, technique]));
  for (const [id, [name, shortnames]] of Object.entries(changes.added)) {
    if (rows.has(id)) throw new Error(`${id} is added, but was there before.`);
    rows.set(id, withParent({ id, name, tactics: shortnames }));
  }
  const named = [
    ...changes.defense_impairment,
    ...changes.no_longer_defense_evasion,
    ...Object.keys(changes.renamed),
    ...Object.entries(changes.revoked_by).flat(),
  ];
  for (const id of named) if (!rows.has(id)) throw new Error(`${id} is changed, but is not there.`);
  const impairing = new Set(changes.defense_impairment);
  const leaving = new Set(changes.no_longer_defense_evasion);
  const techniques = [...rows.values()].map((before): AttackTechnique => {
    const { id, parent, name } = before;
    const successor = changes.revoked_by[id] ?? before.revokedBy;
    if (successor !== undefined) return replaced(before, successor);
    const became = impairing.has(id) ? [IMPAIRMENT] : leaving.has(id) ? [] : [HEIR];
    const now = new Set(before.tactics.flatMap((tactic) => (tactic === RETIRED ? became : [tactic])));
    for (const tactic of now) if (!order.includes(tactic)) throw new Error(`${id} has no tactic ${tactic}.`);
    return {
      ...row(id, changes.renamed[id] ?? name, parent),
      tactics: order.filter((tactic) => now.has(tactic)),
      ...(before.status === undefined ? {} : { status: before.status }),
    };
  });
  return {
    version: '19.1',
    derived: true,
    source: 'MITRE ATT&CK for enterprises 18.1 and the changes that were published with version 19',
    tactics,
    techniques: techniques.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** The tactics that took the place of a retired one stand where it stood, its id's heir first. */
function deriveTactics(before: readonly AttackTactic[], { tactics }: Changes): readonly AttackTactic[] {
  const added = Object.entries(tactics.added).map(([shortname, id]) => ({
    id,
    shortname,
    name: titleCase(shortname),
    replaces: Object.keys(tactics.retired),
  }));
  const retired = before.filter(({ shortname, id }) => tactics.retired[shortname] === id);
  if (retired.length !== 1 || retired[0]?.shortname !== RETIRED || added[0]?.shortname !== HEIR) {
    throw new Error('The changes of tactics are not those that this script knows how to apply.');
  }
  return before.flatMap((tactic) => (tactic.shortname === RETIRED ? added : [tactic]));
}

function replaced({ id, name, parent }: AttackTechnique, revokedBy: string): AttackTechnique {
  return { ...row(id, name, parent), tactics: [], status: 'revoked', revokedBy };
}

function withParent(technique: AttackTechnique): AttackTechnique {
  const [parent, sub] = technique.id.split('.');
  return {
    ...row(technique.id, technique.name, sub === undefined ? undefined : parent),
    tactics: technique.tactics,
  };
}

function row(id: string, name: string, parent: string | undefined): Omit<AttackTechnique, 'tactics'> {
  return parent === undefined ? { id, name } : { id, name, parent };
}

function titleCase(shortname: string): string {
  return shortname.replace(
    /(^|-)([a-z])/g,
    (_, gap: string, letter: string) => (gap && ' ') + letter.toUpperCase(),
  );
}

/** JSON with one row a line, so that a person can read, search and edit it, and see what an edit changed. */
function print({ version, derived, source, tactics, techniques }: AttackRelease): string {
  return [
    '{',
    `  "version": ${JSON.stringify(version)},`,
    `  "derived": ${derived},`,
    `  "source": ${JSON.stringify(source)},`,
    `  "tactics": [`,
    tactics.map((tactic) => `    ${printRow(tactic)}`).join(',\n'),
    '  ],',
    `  "techniques": [`,
    techniques.map((technique) => `    ${printRow(technique)}`).join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function printRow(value: AttackTactic | AttackTechnique): string {
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${printValue(member)}`,
  );
  return `{ ${members.join(', ')} }`;
}

function printValue(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
    : JSON.stringify(value);
}
