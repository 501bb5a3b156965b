import type { Catalog, FacetName, RuleFilter } from '@rulescope/catalog';
import { FACETS } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { authorsOf } from '../src/facets/authors.ts';
import { packNumbers, unpackNumbers } from '../src/store/numbers.ts';
import { ALL, build, catalogOf, folderWith, open, sigmaRule, source } from './folder.ts';

const ANY = 's:\n    CommandLine|contains: x\ncondition: s';

/** A facet in short: `value: rules` of each of its values, and the total where it is another. */
function short(
  catalog: Catalog,
  name: FacetName,
  filter: RuleFilter = {},
  most = 100,
): readonly (string | number)[] {
  const [facet] = catalog.facets(filter, [name], most);
  const values = facet?.values.map(({ value, rules }) => `${value}: ${rules}`) ?? [];
  return facet === undefined || facet.total === values.length ? values : [...values, facet.total];
}

function labels(catalog: Catalog, name: FacetName): readonly string[] {
  return catalog.facets({}, [name], 100).flatMap((facet) => facet.values.map(({ label }) => label));
}

function ids(catalog: Catalog, filter: RuleFilter): readonly string[] {
  return catalog.rules(filter, ALL).rules.map(({ id }) => id);
}

/** Rules by their ids, each with further lines such as `status: test`. */
function rulesWith(lines: Readonly<Record<string, string>>): Promise<Catalog> {
  const files = Object.entries(lines).map(([id, more]) => [`${id}.yml`, sigmaRule(id, ANY, more)]);
  return catalogOf(Object.fromEntries(files));
}

describe('facets', () => {
  test('count the rules of each value, most rules first, then by label', async () => {
    const catalog = await rulesWith({
      a: 'status: test\nlevel: high',
      b: 'status: test\nlevel: low',
      c: 'status: stable\nlevel: high',
      d: 'status: experimental',
    });
    expect(short(catalog, 'status')).toEqual(['test: 2', 'experimental: 1', 'stable: 1']);
    expect(short(catalog, 'severity')).toEqual(['high: 2', 'low: 1']);
    expect(short(catalog, 'kind')).toEqual(['rule: 4']);
    expect(short(catalog, 'understood')).toEqual(['full: 4']);
  });

  test('keep to a filter, and leave their own value out of it', async () => {
    const catalog = await rulesWith({
      a: 'status: test\nlevel: high',
      b: 'status: test\nlevel: low',
      c: 'status: stable\nlevel: high',
    });
    const filter = { status: 'test' };
    expect(short(catalog, 'severity', filter)).toEqual(['high: 1', 'low: 1']);
    expect(short(catalog, 'status', filter)).toEqual(['test: 2', 'stable: 1']);
    expect(short(catalog, 'status', { ...filter, severity: 'high' })).toEqual(['stable: 1', 'test: 1']);
    expect(short(catalog, 'severity', { status: 'none' })).toEqual([]);
  });

  test('come in the order asked for, and no longer than asked for', async () => {
    const catalog = await rulesWith({ a: 'author: A, B, C', b: 'author: C' });
    const [authors, statuses] = catalog.facets({}, ['author', 'status'], 2);
    expect(authors).toEqual({
      name: 'author',
      total: 3,
      values: [
        { value: 'C', label: 'C', rules: 2 },
        { value: 'A', label: 'A', rules: 1 },
      ],
    });
    expect(statuses).toEqual({ name: 'status', total: 0, values: [] });
    expect(short(catalog, 'author', {}, 0)).toEqual([3]);
    expect(short(catalog, 'author', {}, -1)).toEqual([3]);
  });

  test('always have the chosen value', async () => {
    const catalog = await rulesWith({ a: 'author: A, B, C', b: 'author: C' });
    expect(short(catalog, 'author', { author: 'b' }, 2)).toEqual(['C: 2', 'B: 1', 3]);
    expect(short(catalog, 'author', { author: 'nobody' }, 2)).toEqual(['C: 2', 'A: 1', 3]);
  });

  test('take values without regard to case, save those of sources and platforms', async () => {
    const catalog = await rulesWith({ a: 'status: Test\nauthor: ADA', b: 'status: test\nauthor: Ada' });
    expect(short(catalog, 'status')).toEqual(['Test: 2']);
    expect(ids(catalog, { status: 'TEST', author: 'ada' })).toEqual(['sigma/a', 'sigma/b']);
    const folder = folderWith({ 'a.yml': sigmaRule('a', ANY) });
    const { output } = await build([source('One', folder), source('one', folder, { platform: 'Sigma' })]);
    const both = open(output);
    expect(short(both, 'source')).toEqual(['One: 1', 'one: 1']);
    expect(ids(both, { source: 'one' })).toEqual(['Sigma/a']);
    expect(ids(both, { platform: 'sigma' })).toEqual(['sigma/a']);
    expect(ids(both, { platform: 'SIGMA' })).toEqual([]);
  });

  test('are what rules are listed by', async () => {
    const catalog = await rulesWith({
      a: 'status: test\nlevel: high\nauthor: Ada (Somewhere, Ltd), Bob\ntags: [attack.t1218.007]',
      b: 'status: test',
    });
    for (const name of FACETS) {
      for (const { value, rules } of catalog.facets({}, [name], 100).flatMap((facet) => facet.values)) {
        expect([name, value, ids(catalog, { [name]: value }).length]).toEqual([name, value, rules]);
      }
    }
    expect(ids(catalog, { author: 'Ada (Somewhere, Ltd)', technique: 'T1218' })).toEqual(['sigma/a']);
    expect(ids(catalog, { status: 'nothing' })).toEqual([]);
  });

  test('narrow a search', async () => {
    const catalog = await rulesWith({ a: 'status: test', b: 'status: stable', c: 'status: test' });
    const found = (filter: RuleFilter, limit = 10, offset = 0) => {
      const { total, rules } = catalog.search('rule', { limit, offset }, filter);
      return [total, ...rules.map(({ id }) => id)];
    };
    expect(found({})).toEqual([3, 'sigma/a', 'sigma/b', 'sigma/c']);
    expect(found({ status: 'test' })).toEqual([2, 'sigma/a', 'sigma/c']);
    expect(found({ status: 'test' }, 1, 1)).toEqual([2, 'sigma/c']);
    expect(found({ status: 'none' })).toEqual([0]);
  });
});

describe('the facet', () => {
  test('author is each of the authors', async () => {
    const catalog = await rulesWith({
      a: "author: 'E.M. Anhaus (originally from Atomic Blue Detections, Endgame), oscd.community'",
      b: 'author: oscd.community',
    });
    expect(short(catalog, 'author')).toEqual([
      'oscd.community: 2',
      'E.M. Anhaus (originally from Atomic Blue Detections, Endgame): 1',
    ]);
  });

  test('product and logsource come from the log source', async () => {
    const logsource = (id: string, parts: string) =>
      sigmaRule(id, ANY).replace(/^logsource: .*$/m, `logsource: { ${parts} }`);
    const catalog = await catalogOf({
      'a.yml': logsource('a', 'product: windows, category: process_creation'),
      'b.yml': logsource('b', 'product: windows, service: security, definition: Audit it.'),
      'c.yml': logsource('c', 'category: proxy'),
      'd.yml': logsource('d', 'product: windows, service: security'),
    });
    expect(short(catalog, 'product')).toEqual(['windows: 3']);
    expect(short(catalog, 'logsource')).toEqual([
      'windows//security: 2',
      '/proxy/: 1',
      'windows/process_creation/: 1',
    ]);
    expect(labels(catalog, 'logsource')).toEqual([
      'windows · security',
      'proxy',
      'windows · process_creation',
    ]);
  });

  test('field is every field that is tested, wanted or not, and none that is not', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', 's:\n    Image: x\nf:\n    own: y\nu:\n    Unused: z\ncondition: s and not f'),
      'b.yml': sigmaRule('b', "s:\n    image: [x, y]\nkeywords: ['z']\ncondition: s or keywords"),
    });
    expect(short(catalog, 'field')).toEqual(['Image: 2', 'own: 1']);
    expect(ids(catalog, { field: 'IMAGE' })).toEqual(['sigma/a', 'sigma/b']);
  });

  test('technique has the parents of sub-techniques, once a rule', async () => {
    const catalog = await rulesWith({
      a: 'tags: [attack.t1218.007]',
      b: 'tags: [attack.T1218, attack.t1218.007, attack.t1218.010]',
      c: 'tags: [attack.t1059, attack.t9999]',
    });
    expect(short(catalog, 'technique')).toEqual(['T1218: 2', 'T1218.007: 2', 'T1059: 1', 'T1218.010: 1']);
    expect(labels(catalog, 'technique')).toEqual([
      'T1218 System Binary Proxy Execution',
      'T1218.007 Msiexec',
      'T1059 Command and Scripting Interpreter',
      'T1218.010 Regsvr32',
    ]);
    expect(ids(catalog, { technique: 't1218' })).toEqual(['sigma/a', 'sigma/b']);
  });

  test('tactic is that of the techniques, narrowed by what the rule says itself', async () => {
    // T1053.005 Scheduled Task: Execution, Persistence, Privilege Escalation. T1218: Stealth, as of version 19.
    const catalog = await rulesWith({
      narrowed: 'tags: [attack.persistence, attack.t1053.005]',
      whole: 'tags: [attack.t1053.005]',
      elsewhere: 'tags: [attack.collection, attack.t1218.007]',
      own: 'tags: [attack.impact]',
      split: 'tags: [attack.defense_evasion, attack.t1218]',
    });
    const of = (tactic: string) => ids(catalog, { tactic }).map((id) => id.replace('sigma/', ''));
    expect(of('persistence')).toEqual(['narrowed', 'whole']);
    expect(of('execution')).toEqual(['whole']);
    expect(of('privilege-escalation')).toEqual(['whole']);
    expect(of('stealth')).toEqual(['elsewhere', 'split']);
    expect(of('impact')).toEqual(['own']);
    for (const none of ['collection', 'defense-evasion', 'defense-impairment']) expect(of(none)).toEqual([]);
    expect(labels(catalog, 'tactic')).toContain('Privilege Escalation');
  });

  test('event is where the rule can fire, versions merged; not where it is blind', async () => {
    const catalog = await catalogOf({
      'both.yml': sigmaRule('both', 's:\n    Image: x\ncondition: s'),
      // Security 4688 has no OriginalFileName in any version.
      'sysmon.yml': sigmaRule('sysmon', 's:\n    OriginalFileName: x\ncondition: s'),
      'partial.yml': sigmaRule('partial', 's:\n    - OriginalFileName: x\n    - Image: x\ncondition: s'),
    });
    expect(short(catalog, 'event')).toEqual([
      'Microsoft-Windows-Sysmon/1: 3',
      'Microsoft-Windows-Security-Auditing/4688: 2',
    ]);
    expect(labels(catalog, 'event')).toEqual([
      'Sysmon 1 Process creation',
      'Security 4688 A new process has been created',
    ]);
    expect(ids(catalog, { event: 'Microsoft-Windows-Security-Auditing/4688' })).toEqual([
      'sigma/both',
      'sigma/partial',
    ]);
  });
});

describe('the values that most rules look for in a field', () => {
  test('are counted once a rule, most rules first; exclusions are not looked for', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', "s:\n    Image: ['x', 'X', 'y']\ncondition: s"),
      'b.yml': sigmaRule('b', 's:\n    image: y\nf:\n    Image: z\ncondition: s and not f'),
      'c.yml': sigmaRule(
        'c',
        's:\n    Image|endswith: y\n    CommandLine: y\ncondition: s',
        'status: deprecated',
      ),
    });
    const key = { field: 'Image', encoding: '', op: 'eq' };
    expect(catalog.fieldIndicators('IMAGE', ALL)).toEqual({
      total: 2,
      indicators: [
        { ...key, value: 'y', rules: 2 },
        { ...key, value: 'x', rules: 1 },
      ],
    });
    expect(catalog.fieldIndicators('Image', { limit: 1, offset: 1 })).toEqual({
      total: 2,
      indicators: [{ ...key, value: 'x', rules: 1 }],
    });
    for (const field of ['CommandLine', 'None', '']) {
      expect(catalog.fieldIndicators(field, ALL)).toEqual({ total: 0, indicators: [] });
    }
  });
});

describe('authors', () => {
  test.each<[string | null, readonly string[]]>([
    [null, []],
    ['', []],
    [' , ,', []],
    ['Ada', ['Ada']],
    ['Ada,Bob ,  Cy  Dee', ['Ada', 'Bob', 'Cy Dee']],
    [
      'MSTI (query, idea), Florian Roth (Nextron Systems)',
      ['MSTI (query, idea)', 'Florian Roth (Nextron Systems)'],
    ],
    ['a (b (c, d), e), f', ['a (b (c, d), e)', 'f']],
    ['a (b, c', ['a (b', 'c']],
    ['a ), b', ['a )', 'b']],
    ['a (x), b (y, c', ['a (x)', 'b (y', 'c']],
  ])('%j are %j', (text, authors) => {
    expect(authorsOf(text)).toEqual(authors);
  });

  test('are a hundred at most, however hostile the text', () => {
    expect(authorsOf('a,'.repeat(500_000))).toHaveLength(100);
    expect(authorsOf('('.repeat(500_000))).toEqual(['('.repeat(500_000)]);
  });
});

test('numbers are kept little end first, and come back', () => {
  expect([...packNumbers([1, 258, 0xffff_ffff])]).toEqual([1, 0, 0, 0, 2, 1, 0, 0, 255, 255, 255, 255]);
  const shifted = new Uint8Array([9, ...packNumbers([7, 70_000])]).subarray(1);
  expect([...unpackNumbers(shifted)]).toEqual([7, 70_000]);
});
