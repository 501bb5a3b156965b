import {
  AttackBundleError,
  type AttackRelease,
  readStixBundle,
  resolveTechnique,
} from '@rulescope/knowledge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Stix = Readonly<Record<string, unknown>>;

const bundle = (...objects: readonly unknown[]) => ({ type: 'bundle', id: 'bundle--1', objects });
const reference = (id: string) => [
  { source_name: 'capec', external_id: 'CAPEC-1' },
  { source_name: 'mitre-attack', external_id: id, url: 'https://attack.mitre.org' },
];
const technique = (id: string, tactics: readonly string[], more: Stix = {}) => ({
  type: 'attack-pattern',
  id: `attack-pattern--${id}`,
  name: `Name of ${id}`,
  external_references: reference(id),
  kill_chain_phases: tactics.map((phase_name) => ({ kill_chain_name: 'mitre-attack', phase_name })),
  ...more,
});
const tactic = (id: string, shortname: string, more: Stix = {}) => ({
  type: 'x-mitre-tactic',
  id: `x-mitre-tactic--${id}`,
  name: `Name of ${id}`,
  external_references: reference(id),
  x_mitre_shortname: shortname,
  ...more,
});
const matrix = (...tactics: readonly string[]) => ({
  type: 'x-mitre-matrix',
  tactic_refs: tactics.map((id) => `x-mitre-tactic--${id}`),
});
const revokedBy = (from: string, to: string, more: Stix = {}) => ({
  type: 'relationship',
  relationship_type: 'revoked-by',
  source_ref: `attack-pattern--${from}`,
  target_ref: `attack-pattern--${to}`,
  ...more,
});

const IMPACT = tactic('TA0040', 'impact');
const DISCOVERY = tactic('TA0007', 'discovery');

const row = (release: AttackRelease, id: string) => release.techniques.find((one) => one.id === id);

function codeOf(json: unknown): string {
  try {
    readStixBundle(json);
  } catch (error) {
    if (error instanceof AttackBundleError) return error.code;
    throw error;
  }
  return 'read';
}

describe('readStixBundle', () => {
  it('reads tactics in the order of the matrix, techniques by id', () => {
    const release = readStixBundle(
      bundle(
        IMPACT,
        technique('T1529', ['impact']),
        technique('T1087.001', ['impact', 'discovery']),
        technique('T1087', ['discovery']),
        matrix('TA0007', 'TA0040'),
        DISCOVERY,
        { type: 'malware', name: 'Not read' },
        { type: 'x-mitre-collection', x_mitre_version: '20.1' },
      ),
    );
    expect(release).toEqual({
      version: '20.1',
      derived: false,
      source: 'the STIX bundle of ATT&CK 20.1',
      tactics: [
        { id: 'TA0007', shortname: 'discovery', name: 'Name of TA0007' },
        { id: 'TA0040', shortname: 'impact', name: 'Name of TA0040' },
      ],
      techniques: [
        { id: 'T1087', name: 'Name of T1087', tactics: ['discovery'] },
        { id: 'T1087.001', name: 'Name of T1087.001', parent: 'T1087', tactics: ['discovery', 'impact'] },
        { id: 'T1529', name: 'Name of T1529', tactics: ['impact'] },
      ],
    });
  });

  it('marks what is deprecated and revoked, and follows what replaced it', () => {
    const release = readStixBundle(
      bundle(
        IMPACT,
        technique('T0001', ['impact'], { revoked: true }),
        technique('T0002', ['impact'], { revoked: true, x_mitre_deprecated: true }),
        technique('T0003', ['impact']),
        technique('T0004', ['impact'], { x_mitre_deprecated: true }),
        technique('T0005', ['impact'], { revoked: true }),
        revokedBy('T0001', 'T0004', { revoked: true }),
        revokedBy('T0001', 'T7777'),
        revokedBy('T0001', 'T0002'),
        revokedBy('T0002', 'T0003'),
        // Of one in force: it says nothing.
        revokedBy('T0003', 'T0004'),
      ),
    );
    expect(row(release, 'T0001')).toMatchObject({ status: 'revoked', revokedBy: 'T0002', tactics: [] });
    expect(resolveTechnique('T0001', release)).toMatchObject({ id: 'T0003', via: ['T0001', 'T0002'] });
    expect(row(release, 'T0003')).not.toHaveProperty('revokedBy');
    expect(row(release, 'T0004')).toMatchObject({ status: 'deprecated', tactics: ['impact'] });
    expect(resolveTechnique('T0005', release)).toMatchObject({
      id: 'T0005',
      status: 'revoked',
      tactics: [{ id: 'TA0040' }],
    });
  });

  it('does not hang on replacements that go round in circles', () => {
    const gone = (id: string) => technique(id, [], { revoked: true });
    const release = readStixBundle(
      bundle(IMPACT, gone('T0001'), gone('T0002'), revokedBy('T0001', 'T0002'), revokedBy('T0002', 'T0001')),
    );
    expect(resolveTechnique('T0001', release)).toMatchObject({ resolved: false, code: 'circular' });
  });

  it('takes the technique in force where two share an id', () => {
    const release = readStixBundle(
      bundle(
        IMPACT,
        technique('T0001', ['impact'], { id: 'attack-pattern--old', revoked: true, name: 'Old' }),
        technique('T0001', ['impact'], { name: 'New' }),
        technique('T0001', ['impact'], { id: 'attack-pattern--older', x_mitre_deprecated: true }),
      ),
    );
    expect(release.techniques).toEqual([{ id: 'T0001', name: 'New', tactics: ['impact'] }]);
  });

  it('leaves out tactics that are no longer in force', () => {
    const release = readStixBundle(
      bundle(IMPACT, tactic('TA0001', 'old', { revoked: true }), technique('T0001', ['old', 'impact'])),
    );
    expect(release.tactics).toHaveLength(1);
    expect(release.techniques).toMatchObject([{ tactics: ['impact'] }]);
  });

  it('reads the bundles of the mobile and ICS matrices', () => {
    const phases = [{ kill_chain_name: 'mitre-ics-attack', phase_name: 'impact' }];
    const release = readStixBundle(bundle(IMPACT, technique('T0801', [], { kill_chain_phases: phases })));
    expect(release.techniques).toMatchObject([{ id: 'T0801', tactics: ['impact'] }]);
    expect(release.version).toBeNull();
  });
});

describe('readStixBundle on what is no bundle of ATT&CK', () => {
  it.each([
    [null],
    [undefined],
    ['bundle'],
    [42],
    [[]],
    [{}],
    [{ type: 'bundle' }],
    [{ type: 'bundle', objects: {} }],
    [{ type: 'Bundle', objects: [] }],
    // A layer of the ATT&CK Navigator, and one object out of a bundle.
    [{ name: 'layer', versions: { attack: '19' }, techniques: [{ techniqueID: 'T1059' }] }],
    [technique('T1059', ['execution'])],
  ])('says that %j is no bundle', (json) => {
    expect(codeOf(json)).toBe('not-a-bundle');
  });

  it.each([
    ['nothing', bundle()],
    ['no tactics', bundle(technique('T1059', ['execution']))],
    ['no techniques', bundle(IMPACT)],
    ['techniques without an id of ATT&CK', bundle(IMPACT, { type: 'attack-pattern', name: 'Somebody' })],
  ])('says that a bundle with %s is not ATT&CK', (_, json) => {
    expect(codeOf(json)).toBe('not-attack');
  });

  it('reads no more than a bound', () => {
    expect(codeOf(bundle(...Array(100).fill(null)))).toBe('not-attack');
    expect(codeOf({ type: 'bundle', objects: Array(500_001).fill(null) })).toBe('too-large');
    const ids = Array.from({ length: 20_001 }, (_, n) => {
      const number = String(n % 10_000).padStart(4, '0');
      return technique(`T${number}.${String(Math.floor(n / 10_000)).padStart(3, '0')}`, []);
    });
    expect(codeOf({ type: 'bundle', objects: [IMPACT, ...ids] })).toBe('too-large');
    const names = Array.from({ length: 201 }, (_, n) =>
      tactic('TA0001', `x-${[...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`),
    );
    expect(codeOf({ type: 'bundle', objects: names })).toBe('too-large');
  });

  it('cuts and cleans names', () => {
    const name = `\u0000 Clear\u202e\n logs ${'x'.repeat(100_000)}`;
    const release = readStixBundle(bundle(IMPACT, technique('T0001', ['impact'], { name })));
    expect(row(release, 'T0001')?.name).toMatch(/^Clear logs x{50,200}$/);
  });

  it('leaves out what is written as nothing in ATT&CK is', () => {
    const odd = JSON.parse('{"__proto__": {"type": "attack-pattern"}, "type": "attack-pattern"}');
    const release = readStixBundle(
      bundle(
        ...[odd, null, 7, 'text', [IMPACT], {}, { type: 'relationship', relationship_type: 'revoked-by' }],
        tactic('TA0001', '../../etc'),
        tactic('TA0002', '<b>'),
        tactic('TA1', 'short'),
        technique('T1', ['impact']),
        technique('T00011', ['impact']),
        technique('T0002', ['impact'], { name: ' ' }),
        technique('T0003', ['impact'], { name: {} }),
        technique('T0004', ['impact'], { external_references: { external_id: 'T0004' } }),
        technique('T0005', ['impact'], { external_references: [{ source_name: 'x', external_id: 'T0005' }] }),
        technique('T0006', ['constructor', '__proto__', 'impact'], {}),
        technique('T0007', [], { kill_chain_phases: [{ kill_chain_name: 'mine', phase_name: 'impact' }, 3] }),
        IMPACT,
      ),
    );
    expect(release.tactics.map(({ id }) => id)).toEqual(['TA0040']);
    expect(release.techniques.map(({ id, tactics }) => [id, tactics])).toEqual([
      ['T0006', ['impact']],
      ['T0007', []],
    ]);
  });

  it('reads or refuses any JSON, and never fails otherwise', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('mitre-attack', 'T1059', 'TA0040', 'impact', true),
    );
    const keys = ['type', 'id', 'name', 'external_references', 'kill_chain_phases', 'revoked', 'source_ref'];
    const types = [
      'attack-pattern',
      'x-mitre-tactic',
      'x-mitre-matrix',
      'relationship',
      'x-mitre-collection',
    ];
    const object = fc
      .tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...keys), value))
      .map(([type, rest]) => ({ ...rest, type }));
    fc.assert(
      fc.property(fc.array(fc.oneof(object, value)), (objects) => {
        codeOf({ type: 'bundle', objects });
        codeOf({ type: 'bundle', objects: [IMPACT, technique('T0001', ['impact']), ...objects] });
      }),
    );
  });
});
