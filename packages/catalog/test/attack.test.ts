import { join } from 'node:path';
import { type AttackRelease, CatalogError, readAttackRelease } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { build, catalogOf, folderWith, open, sigmaRule, source } from './folder.ts';

const DETECTION = 's:\n    Image: x\ncondition: s';

/** A small bundle of our own, as ATT&CK's are made: one tactic, one technique, another that it replaced. */
const BUNDLE = {
  type: 'bundle',
  objects: [
    { type: 'x-mitre-collection', id: 'x-mitre-collection--1', name: 'Ours', x_mitre_version: '77.1' },
    {
      type: 'x-mitre-tactic',
      id: 'x-mitre-tactic--1',
      name: 'Hiding',
      x_mitre_shortname: 'hiding',
      external_references: [{ source_name: 'mitre-attack', external_id: 'TA0005' }],
    },
    {
      type: 'attack-pattern',
      id: 'attack-pattern--1',
      name: 'New Way',
      kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'hiding' }],
      external_references: [{ source_name: 'mitre-attack', external_id: 'T7001' }],
    },
    {
      type: 'attack-pattern',
      id: 'attack-pattern--2',
      name: 'Old Way',
      revoked: true,
      external_references: [{ source_name: 'mitre-attack', external_id: 'T7000' }],
    },
    {
      type: 'relationship',
      id: 'relationship--1',
      relationship_type: 'revoked-by',
      source_ref: 'attack-pattern--2',
      target_ref: 'attack-pattern--1',
    },
  ],
};

/** What a rule with some tags is listed under. */
async function facetsOf(tags: string, attack?: AttackRelease) {
  const folder = folderWith({ 'a.yml': sigmaRule('a', DETECTION, `tags: [${tags}]`) });
  const { output } = await build([source('own', folder)], attack === undefined ? {} : { attack });
  const catalog = open(output);
  const values = (name: 'tactic' | 'technique') =>
    catalog.facets({}, [name], 10).flatMap((facet) => facet.values.map(({ label }) => label));
  return {
    version: catalog.attack.version,
    tactics: values('tactic'),
    techniques: values('technique'),
    rule: catalog.rule('sigma/a')?.attack,
  };
}

describe('the release of ATT&CK', () => {
  // Version 19 split Defense Evasion into Stealth and Defense Impairment, and made T1685 of T1562.001.
  const TAGS = 'attack.defense-evasion, attack.t1562.001';

  test('is 19.1 unless another is asked for: old ids are carried forward', async () => {
    const { version, tactics, techniques, rule } = await facetsOf(TAGS);
    expect([version, tactics, techniques]).toEqual([
      '19.1',
      ['Defense Impairment'],
      ['T1685 Disable or Modify Tools'],
    ]);
    expect(rule).toMatchObject({
      techniques: [{ id: 'T1685', asTagged: 'T1562.001', via: ['T1562.001'] }],
      tactics: [{ own: { name: 'Defense Evasion' }, tactics: [{ name: 'Defense Impairment' }] }],
      unresolved: [],
    });
  });

  test('may be 18.1', async () => {
    const { version, tactics, techniques } = await facetsOf(TAGS, readAttackRelease('18.1'));
    expect([version, tactics, techniques]).toEqual([
      '18.1',
      ['Defense Evasion'],
      ['T1562 Impair Defenses', 'T1562.001 Disable or Modify Tools'],
    ]);
  });

  test('may be a bundle, which the catalog keeps', async () => {
    const folder = folderWith({ 'bundle.json': JSON.stringify(BUNDLE) });
    const release = readAttackRelease('bundle.json', folder);
    const { version, tactics, techniques, rule } = await facetsOf('attack.t7000, attack.t1218', release);
    expect([version, tactics, techniques]).toEqual(['77.1', ['Hiding'], ['T7001 New Way']]);
    expect(rule?.unresolved).toMatchObject([{ tag: 'attack.t1218', code: 'other-release' }]);
  });

  test('is part of the catalog whole', async () => {
    const release = readAttackRelease('v19.1');
    expect((await catalogOf({ 'a.yml': sigmaRule('a', DETECTION) })).attack).toEqual(release);
  });
});

describe('a build', () => {
  const builtWith = async (rules: Readonly<Record<string, string>>, version: string) => {
    const files = Object.entries(rules).map(([id, tags]) => [
      `${id}.yml`,
      sigmaRule(id, DETECTION, `tags: [${tags}]`),
    ]);
    const sources = [source('own', folderWith(Object.fromEntries(files)))];
    return (await build(sources, { attack: readAttackRelease(version) })).notes;
  };

  test('says which tags its release has nothing for, and in how many rules', async () => {
    // T1685 came with version 19.
    const rules = {
      a: 'attack.t1685, attack.nothing',
      b: 'attack.t1685, attack.t1218',
      c: 'car.2013-01-001',
    };
    expect(await builtWith(rules, '18.1')).toEqual([
      'ATT&CK 18.1 has nothing for these tags (rules): attack.t1685 (2), attack.nothing (1).',
    ]);
    expect(await builtWith({ a: 'attack.t1685' }, '19.1')).toEqual([]);
  });

  test('names the most frequent of them', async () => {
    const tags = Array.from({ length: 25 }, (_, i) => `attack.t90${String(i).padStart(2, '0')}`);
    const [note = ''] = await builtWith({ a: tags.join(', '), b: 'attack.t9024' }, '19.1');
    expect(note).toContain('(rules): attack.t9024 (2), attack.t9000 (1), ');
    expect(note).toMatch(/attack\.t9018 \(1\) and 5 more\.$/);
  });
});

describe('a file that is no release', () => {
  function messageOf(named: string, files: Readonly<Record<string, string>>): string {
    const folder = folderWith(files);
    try {
      readAttackRelease(named, folder);
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      expect(error.code).toBe('attack-unreadable');
      expect(error.message).toContain(join(folder, named));
      return error.message.replace(folder, '');
    }
    return '';
  }

  test.each([
    [
      '17.1',
      /^There is no file .*: name one of the releases 18\.1 and 19\.1 that come with Rulescope, or a STIX bundle\.$/,
    ],
    ['folder', /^Cannot read .*: it is not an ordinary file\.$/],
    ['text.json', /no release of ATT&CK\. It is not JSON: /],
    ['other.json', /no release of ATT&CK\. The file is no STIX bundle: /],
    ['empty.json', /no release of ATT&CK\. The STIX bundle has no techniques /],
  ])('%s: %s', (named, message) => {
    const files = {
      'folder/file': '',
      'text.json': 'no JSON',
      'other.json': '{"objects": []}',
      'empty.json': '{"type": "bundle", "objects": []}',
    };
    expect(messageOf(named, files)).toMatch(message);
  });
});
