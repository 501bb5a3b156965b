import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ATTACK_VERSIONS, type AttackRelease, attackRelease } from '@rulescope/knowledge';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

const TECHNIQUE_ID = '^T\\d{4}(\\.\\d{3})?$';
const SHORTNAME = '^[a-z]+(-[a-z]+)*$';
const shortnames = { type: 'array', items: { type: 'string', pattern: SHORTNAME }, uniqueItems: true };
const name = { type: 'string', minLength: 2, maxLength: 80, pattern: '^\\S(.*\\S)?$' };

/** The schema of `src/data/attack-*.json`. */
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'derived', 'source', 'tactics', 'techniques'],
  properties: {
    version: { type: 'string', pattern: '^\\d+\\.\\d+$' },
    derived: { type: 'boolean' },
    source: { type: 'string', minLength: 10 },
    tactics: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'shortname', 'name'],
        properties: {
          id: { type: 'string', pattern: '^TA\\d{4}$' },
          shortname: { type: 'string', pattern: SHORTNAME },
          name,
          replaces: { ...shortnames, minItems: 1 },
        },
      },
    },
    techniques: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name', 'tactics'],
        properties: {
          id: { type: 'string', pattern: TECHNIQUE_ID },
          name,
          parent: { type: 'string', pattern: '^T\\d{4}$' },
          tactics: shortnames,
          status: { enum: ['deprecated', 'revoked'] },
          revokedBy: { type: 'string', pattern: TECHNIQUE_ID },
        },
      },
    },
  },
};

const tacticsOf = (release: AttackRelease, id: string): readonly string[] | undefined =>
  release.techniques.find((technique) => technique.id === id)?.tactics;

describe.each(ATTACK_VERSIONS.map((version) => [version, attackRelease(version)] as const))(
  'the table of ATT&CK %s',
  (version, release) => {
    const byId = new Map(release.techniques.map((technique) => [technique.id, technique]));

    it('has the schema', () => {
      const validate = new Ajv().compile(SCHEMA);
      expect(validate(release), JSON.stringify(validate.errors)).toBe(true);
      expect(release.version).toBe(version);
    });

    it('has each tactic once, each technique once and by id', () => {
      expect(new Set(release.tactics.map((tactic) => tactic.id)).size).toBe(release.tactics.length);
      expect(new Set(release.tactics.map((tactic) => tactic.shortname)).size).toBe(release.tactics.length);
      expect([...byId.keys()]).toEqual(release.techniques.map((technique) => technique.id).sort());
    });

    it('names its tactics in the order of the matrix', () => {
      const order = release.tactics.map((tactic) => tactic.shortname);
      for (const { id, tactics } of release.techniques) {
        expect(tactics, id).toEqual(order.filter((shortname) => tactics.includes(shortname)));
      }
    });

    it('has the parent of each sub-technique, and a parent for nothing else', () => {
      for (const { id, parent } of release.techniques) {
        expect(parent, id).toBe(id.includes('.') ? id.split('.')[0] : undefined);
        if (parent !== undefined) expect(byId.get(parent)?.parent, id).toBeUndefined();
        if (parent !== undefined) expect(byId.has(parent), id).toBe(true);
      }
    });

    it('says what replaced each revoked technique, and gives every other one a tactic', () => {
      for (const { id, status, revokedBy, tactics } of release.techniques) {
        expect(revokedBy !== undefined, id).toBe(status === 'revoked');
        expect(tactics.length > 0, id).toBe(status !== 'revoked');
        if (revokedBy !== undefined) expect(byId.has(revokedBy), id).toBe(true);
      }
    });
  },
);

describe('ATT&CK 18.1', () => {
  const release = attackRelease('18.1');

  it('is as MITRE published it', () => {
    expect(release.derived).toBe(false);
    // attack.mitre.org, Enterprise Matrix, version 18: the columns from left to right.
    expect(release.tactics.map((tactic) => tactic.name)).toEqual([
      'Reconnaissance',
      'Resource Development',
      'Initial Access',
      'Execution',
      'Persistence',
      'Privilege Escalation',
      'Defense Evasion',
      'Credential Access',
      'Discovery',
      'Lateral Movement',
      'Collection',
      'Command and Control',
      'Exfiltration',
      'Impact',
    ]);
  });

  it.each([
    ['T1218.007', ['defense-evasion']],
    ['T1562.001', ['defense-evasion']],
    ['T1548.002', ['privilege-escalation', 'defense-evasion']],
    ['T1078', ['initial-access', 'persistence', 'privilege-escalation', 'defense-evasion']],
  ])('puts %s under %j', (id, tactics) => {
    expect(tacticsOf(release, id)).toEqual(tactics);
  });
});

describe('ATT&CK 19.1', () => {
  const release = attackRelease('19.1');

  it('says that it is derived, and from what', () => {
    expect(release.derived).toBe(true);
    expect(release.source).toMatch(/18\.1.*changes/);
  });

  it('has Stealth and Defense Impairment where Defense Evasion was', () => {
    const names = release.tactics.map((tactic) => tactic.name);
    expect(names).toHaveLength(15);
    expect(names.slice(5, 9)).toEqual([
      'Privilege Escalation',
      'Stealth',
      'Defense Impairment',
      'Credential Access',
    ]);
    expect(release.tactics.slice(6, 8).map((tactic) => tactic.id)).toEqual(['TA0005', 'TA0112']);
    expect(release.techniques.filter(({ tactics }) => tactics.includes('defense-evasion'))).toEqual([]);
  });

  it.each([
    // What was Defense Evasion is Stealth ...
    ['T1218.007', ['stealth']],
    ['T1078', ['initial-access', 'persistence', 'privilege-escalation', 'stealth']],
    // ... save what impairs defences ...
    ['T1112', ['persistence', 'defense-impairment']],
    ['T1553.004', ['defense-impairment']],
    ['T1484', ['privilege-escalation', 'defense-impairment']],
    ['T1556.001', ['persistence', 'defense-impairment', 'credential-access']],
    // ... and what only keeps its other tactics.
    ['T1548.002', ['privilege-escalation']],
    ['T1550.002', ['lateral-movement']],
    ['T1610', ['execution']],
    // What was never Defense Evasion stays.
    ['T1059.001', ['execution']],
    // New.
    ['T1685.005', ['defense-impairment']],
    ['T1027.018', ['stealth']],
    ['T1682', ['reconnaissance']],
  ])('puts %s under %j', (id, tactics) => {
    expect(tacticsOf(release, id)).toEqual(tactics);
  });

  it.each([
    ['T1211', 'Exploitation for Stealth'],
    ['T1222.001', 'Windows Permissions'],
    ['T1557.001', 'Name Resolution Poisoning and SMB Relay'],
    ['T1686.003', 'Windows Host Firewall'],
  ])('calls %s %s', (id, expected) => {
    expect(release.techniques.find((technique) => technique.id === id)?.name).toBe(expected);
  });
});

const source = new URL('../../../../shared/knowledge/attack/', import.meta.url);
const script = fileURLToPath(new URL('../../../scripts/make-attack-data.ts', import.meta.url));

describe.skipIf(!existsSync(source))('what the tables are made from (skipped without ../shared)', () => {
  it('makes the tables that are here', () => {
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});
