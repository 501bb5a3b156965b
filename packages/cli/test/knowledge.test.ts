import { describe, expect, test } from 'vitest';
import { makeWorld, type World } from './world.ts';

const OLD = '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6b01';
const NEW = '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6b02';

function rule(title: string, id: string, more: string): string {
  return `title: ${title}
id: ${id}
author: Ada (Somewhere, Ltd), Bob
${more}
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        - Image|endswith: '\\setup.exe'
        - OriginalFileName: '${title === 'Old setup' ? 'old' : 'setup'}.exe'
    condition: selection
`;
}

const FILES = {
  'rules/old.yml': rule('Old setup', OLD, 'status: deprecated\nlevel: low'),
  'rules/new.yml': rule(
    'New setup',
    NEW,
    `status: test
level: high
related: [{ id: ${OLD}, type: obsolete }, { id: gone, type: derived }]
tags: [attack.defense-evasion, attack.t1562.001, attack.t1218.007, attack.g0016, attack.t9999]`,
  ),
};

async function built(...flags: readonly string[]): Promise<World> {
  const world = makeWorld({ files: FILES });
  expect(await world.run(['build', 'rules', '--quiet', ...flags])).toMatchObject({ code: 0, stderr: '' });
  return world;
}

async function output(world: World, ...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await world.run(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('show', () => {
  test('prints what each event shows of the rule', async () => {
    const text = await output(await built(), 'show', NEW);
    // Sysmon 1 has both fields, Security 4688 only one of them, under another name.
    expect(text).toMatch(/^Event coverage\n {2}full {5}Sysmon 1 Process creation\n {13}needs: /m);
    expect(text).toMatch(
      /^ {2}partial {2}Security 4688 A new process has been created \(version 2, .*alternative\)\n {13}no OriginalFileName\n {13}needs: .*Audit Process Creation/m,
    );
  });

  test('prints its place in ATT&CK: what was carried forward, what the rule itself says', async () => {
    const text = await output(await built(), 'show', NEW);
    const [, attack] = /^ATT&CK 19\.1 \(derived\)\n((?: {2}.*\n)+)/m.exec(text) ?? [];
    const name = 'System Binary Proxy Execution: Msiexec';
    expect(attack?.split('\n')).toEqual([
      `  T1685      ${'Disable or Modify Tools'.padEnd(name.length)}  Defense Impairment  tagged T1562.001`,
      `  T1218.007  ${name}  Stealth`,
      '  Own tactics: Defense Evasion (now Stealth, Defense Impairment)',
      '  Groups: G0016',
      '  Not resolved: attack.t9999. ATT&CK 19.1 has no technique T9999.',
      '',
    ]);
  });

  test('prints related rules, whichever names the other', async () => {
    const world = await built();
    expect(await output(world, 'show', NEW)).toContain(
      `Related rules\n  names  obsolete  sigma/${OLD}  Old setup\n  names  derived   gone`,
    );
    expect(await output(world, 'show', OLD)).toContain(
      `Related rules\n  named by  obsolete  sigma/${NEW}  New setup\n`,
    );
  });

  test('counts deprecated rules where it is asked to', async () => {
    const world = await built();
    expect(await output(world, 'show', NEW)).toContain('Image ends_with "\\setup.exe"  this rule only');
    expect(await output(world, 'show', NEW, '--retired')).toContain(
      'Image ends_with "\\setup.exe"  1 other rule (sigma 1)',
    );
    expect(await output(world, 'show', OLD)).toContain(
      'Image ends_with "\\setup.exe"  1 other rule (sigma 1)',
    );
  });

  test('--json has it all', async () => {
    const shown = JSON.parse(await output(await built(), 'show', NEW, '--json'));
    expect(shown).toMatchObject({
      retired: false,
      attack: { techniques: [{ id: 'T1685' }, { id: 'T1218.007' }] },
      related: [
        { type: 'obsolete', rule: { title: 'Old setup' } },
        { id: 'gone', rule: null },
      ],
    });
    expect(shown.events[0]).toMatchObject({ provider: 'Microsoft-Windows-Sysmon', id: 1, verdict: 'full' });
  });
});

describe('search', () => {
  test.each([
    [['--technique', 't1218'], 1],
    [['--tactic', 'defense-impairment'], 1],
    [['--event', 'Microsoft-Windows-Sysmon/1'], 1],
    [['--field', 'originalfilename'], 1],
    [['--product', 'windows'], 1],
    [['--platform', 'sigma'], 1],
    [['--severity', 'high'], 1],
    [['--author', 'Ada (Somewhere, Ltd)'], 1],
    [['--author', 'Ada'], 0],
    [['--status', 'test'], 1],
    [['--status', 'deprecated'], 1],
    [['setup'], 1],
    [['setup', '--retired'], 2],
    [['setup', '--retired', '--severity', 'low'], 1],
    [['setup', '--severity', 'low'], 0],
    [['--product', 'windows', '--retired'], 2],
  ])('%j finds %i', async (argv, total) => {
    const { code, stdout } = await (await built()).run(['search', '--json', ...argv]);
    expect(code).toBe(total === 0 ? 1 : 0);
    expect(JSON.parse(stdout).total).toBe(total);
  });

  test.each([[[]], [['--retired']]])('%j is not enough', async (argv) => {
    const { code, stderr } = await (await built()).run(['search', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^rulescope: Give words, or say which rules: /);
  });
});

describe('stats', () => {
  test('leaves out deprecated rules, and says so', async () => {
    const world = await built();
    const text = await output(world, 'stats');
    expect(text).toMatch(
      /^1 rule from 2 files, .*\n1 rule deprecated or unsupported, not counted \(--retired\)\.\n/,
    );
    expect(text).toMatch(/^ATT&CK 19\.1 \(derived\), from /m);
    expect(await output(world, 'stats', '--retired')).toMatch(
      /^2 rules from 2 files, .*\n1 rule deprecated or unsupported, counted\.\n/,
    );
    expect(JSON.parse(await output(world, 'stats', '--json'))).toMatchObject({
      rules: 1,
      retired: 1,
      attack: { version: '19.1', derived: true },
    });
  });

  test('--by counts rules by a facet', async () => {
    const world = await built();
    expect(await output(world, 'stats', '--by', 'technique')).toBe(
      [
        '1  T1218 System Binary Proxy Execution',
        '1  T1218.007 Msiexec',
        '1  T1685 Disable or Modify Tools',
        '',
      ].join('\n'),
    );
    expect(await output(world, 'stats', '--by', 'author', '--retired', '--limit', '1')).toBe(
      '2  Ada (Somewhere, Ltd)\nand 1 more: --limit\n',
    );
    expect(await output(world, 'stats', '--by', 'tactic', '--technique', 'T1218')).toBe(
      '1  defense-impairment  Defense Impairment\n1  stealth             Stealth\n',
    );
    expect(JSON.parse(await output(world, 'stats', '--by', 'severity', '--json'))).toMatchObject({
      filter: {},
      facets: [{ name: 'severity', total: 1, values: [{ value: 'high', rules: 1 }] }],
    });
  });

  test.each([
    [['--technique', 'T1218'], /--by technique/],
    [['--by', 'colour'], /colour/],
  ])('%j is wrong usage', async (argv, message) => {
    const { code, stderr } = await (await built()).run(['stats', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('build --attack', () => {
  test('18.1 resolves against that release', async () => {
    const world = await built('--attack', '18.1');
    expect(await output(world, 'stats')).toMatch(/^ATT&CK 18\.1, from /m);
    expect(await output(world, 'stats', '--by', 'tactic')).toBe('1  defense-evasion  Defense Evasion\n');
    expect(await output(world, 'show', NEW)).toContain('T1562.001');
  });

  test('takes a bundle from the current folder', async () => {
    const object = (type: string, name: string, id: string, more: object) => ({
      type,
      id: `${type}--1`,
      name,
      external_references: [{ source_name: 'mitre-attack', external_id: id }],
      ...more,
    });
    const world = makeWorld({
      files: {
        ...FILES,
        'mine.json': JSON.stringify({
          type: 'bundle',
          objects: [
            object('x-mitre-tactic', 'Own \u001b[31mTactic', 'TA0099', { x_mitre_shortname: 'own' }),
            object('attack-pattern', 'Own Technique', 'T1218.007', {
              kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'own' }],
            }),
          ],
        }),
      },
    });
    await world.run(['build', 'rules', '--attack', 'mine.json']);
    const text = await output(world, 'show', NEW);
    expect(text).toMatch(/^ATT&CK\n {2}T1218\.007 {2}Own Technique {2}Own .*Tactic$/m);
    expect(text).not.toContain('\u001b');
  });

  test.each([
    ['17.0', /^rulescope: There is no file .*17\.0: name one of the releases 18\.1 and 19\.1 /],
    ['rules/new.yml', /^rulescope: .*new\.yml is no release of ATT&CK\. It is not JSON: /],
  ])('%s fails, and no catalog is replaced', async (named, message) => {
    const world = await built();
    const { code, stderr } = await world.run(['build', 'rules', '--attack', named]);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(await output(world, 'stats')).toContain('ATT&CK 19.1');
  });
});

describe('explain', () => {
  test('prints what each event shows of a rule', async () => {
    const world = makeWorld({ files: FILES });
    expect(await output(world, 'explain', 'rules/new.yml')).toMatch(
      /^Event coverage\n {2}full {5}Sysmon 1 Process creation\n(.*\n)* {2}partial {2}Security 4688 /m,
    );
    const json = JSON.parse(await output(world, 'explain', '--json', 'rules/new.yml'));
    expect(json).not.toHaveProperty('events');
  });

  test('prints none where nobody knows the log source', async () => {
    const text = FILES['rules/new.yml'].replace('process_creation', 'ours').replace('windows', 'ours');
    const world = makeWorld({ files: { 'r.yml': text } });
    expect(await output(world, 'explain', 'r.yml')).not.toContain('Event coverage');
  });
});

describe('values of filters as pages show them', () => {
  const logons = (name: string, provider: string) =>
    `title: ${name}\nlogsource: { product: windows, service: ${provider} }\ndetection: { a: { EventID: 4688, NewProcessName: 'x' }, condition: a }\n`;

  async function of(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
    const world = makeWorld({ files: { ...FILES, ...files } });
    await world.run(['build', 'rules', '--quiet']);
    return world.run(['search', '--json', '--retired', ...argv]);
  }

  test.each([
    ['--tactic', 'Defense Impairment', 'defense-impairment'],
    ['--tactic', 'defense_impairment', 'defense-impairment'],
    ['--technique', 'system binary proxy execution', 'T1218'],
    ['--event', 'Sysmon/1', 'Microsoft-Windows-Sysmon/1'],
    ['--event', 'sysmon 1', 'Microsoft-Windows-Sysmon/1'],
    ['--event', '4688', 'Microsoft-Windows-Security-Auditing/4688'],
    ['--verdict', 'full sysmon/1', 'full Microsoft-Windows-Sysmon/1'],
  ])('%s %s means %s', async (flag, asked, value) => {
    const { code, stdout } = await of([flag, asked]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).filter).toEqual({ [flag.slice(2)]: value, retired: true });
  });

  test('a field is known by what a product calls it, and that is told', async () => {
    const kql = 'DeviceProcessEvents\n| where ProcessCommandLine contains "only-here"\n';
    const found = await of(['--field', 'ProcessCommandLine'], { 'rules/a.kql': kql });
    expect(JSON.parse(found.stdout)).toMatchObject({ total: 1, filter: { field: 'CommandLine' } });
    expect(found.stderr).toBe('rulescope: ProcessCommandLine is counted as CommandLine.\n');
  });

  test('of events with one number that is taken that almost all of the rules are for', async () => {
    const many = Array.from({ length: 10 }, (_, i) => [`rules/${i}.yml`, logons(`Rule ${i}`, 'security')]);
    const odd = { 'rules/odd.yml': logons('Odd', 'sysmon') };
    const { stdout, stderr } = await of(['--event', '4688'], { ...Object.fromEntries(many), ...odd });
    expect(JSON.parse(stdout).filter.event).toBe('Microsoft-Windows-Security-Auditing/4688');
    expect(stderr).toMatch(
      /^rulescope: 4688 is taken for \S+\/4688, not for Microsoft-Windows-Sysmon\/4688\.$/m,
    );
  });

  test('what may be several is an error that lists them', async () => {
    const several = await of(['--verdict', 'partial']);
    expect(several).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await of(['--verdict', 'full'], {
      'rules/a.yml': logons('A', 'security'),
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^rulescope: The verdict "full" may be 2: "full Microsoft-Windows-S.* \(full on S.*\), /,
    );
  });
});
