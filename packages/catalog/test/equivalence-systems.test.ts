import { test as build } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { testedOf } from '../src/analyse/indicators.ts';
import { parserOf } from '../src/languages.ts';
import { cim, eql, esql, indicatorsOf, kql, type Rule, sigma } from './equivalence-rows/rules.ts';

describe('the separator before a name of a file', () => {
  test.each<readonly [string, Rule]>([
    // Equivalence rules, 43: no ending of a program, and nothing tells the system.
    ['TargetFilename ends_with \\ntds.dit', cim('Endpoint.Filesystem', 'Filesystem.file_name="ntds.dit"')],
    ['TargetFilename ends_with \\ntds.dit', eql('file where file.name : "ntds.dit"')],
    ['TargetFilename ends_with \\tunnel.json', eql('file where file.name : "tunnel.json"')],
    [
      'TargetFilename ends_with /tunnel.json',
      eql('file where host.os.type == "linux" and file.name : "tunnel.json"'),
    ],
    ['TargetFilename ends_with /evil.so', eql('file where file.name : "evil.so"')],
    ['TargetFilename ends_with /authorized_keys', eql('file where file.name : "authorized_keys"')],
    // 14: a program without an ending is none of Windows, unless the query wants events of Windows alone.
    ['Image ends_with /nano', eql('process where process.name : "nano"')],
    [
      'Image ends_with /nano',
      esql('FROM winlogbeat-*, auditbeat-*, logs-endpoint.events.* | WHERE process.name == "nano"'),
    ],
    ['Image ends_with \\nano', esql('FROM winlogbeat-*, logs-windows.* | WHERE process.name == "nano"')],
    ['Image ends_with \\nano', eql('process where host.os.type == "windows" and process.name : "nano"')],
    [
      'Image ends_with /nano',
      eql('process where (host.os.type == "windows" and process.name : "x.exe") or process.name : "nano"'),
    ],
    [
      'Image ends_with \\nano',
      eql(
        'process where (host.os.type == "windows" or host.os.family == "windows") and process.name : "nano"',
      ),
    ],
    [
      'Image ends_with /nano',
      eql('process where host.os.type in ("linux", "windows") and process.name : "nano"'),
    ],
    ['Image ends_with /python3.9', kql('DeviceProcessEvents | where FileName == "python3.9"')],
    [
      'Image ends_with /python3.9',
      eql('process where host.os.type == "linux" and process.name == "python3.9"'),
    ],
  ])('%s: %s', (key, rule) => {
    expect(indicatorsOf(rule).own).toContain(key);
  });
});

// Microsoft Learn, ASIM schema references.
test.each<readonly [string, Rule]>([
  ['Image ends_with \\x.exe', kql('imProcessCreate | where TargetProcessName endswith @"\\x.exe"')],
  ['CommandLine contains -x', kql('_Im_ProcessCreate | where TargetProcessCommandLine contains "-x"')],
  ['CommandLine contains -x', kql('ASimProcessEventLogs | where TargetProcessCommandLine contains "-x"')],
  [
    'TargetObject ends_with \\k\\v',
    kql('_Im_RegistryEvent | where RegistryKey endswith @"\\k" and RegistryValue =~ "v"'),
  ],
  ['QueryName eq a.example', kql('_Im_Dns | where DnsQuery =~ "a.example"')],
  ['TargetFilename ends_with \\x.log', kql('imFileEvent | where TargetFilePath endswith @"\\x.log"')],
])('ASIM: %s: %s', (key, rule) => {
  expect(indicatorsOf(rule).own).toContain(key);
});

const registry = (keys: number, names: number, tests = 1) => {
  const list = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => `"${name}${i}"`).join();
  const key = `RegistryKey in~ (${list('HKLM\\\\k', keys)})`;
  return kql(
    `DeviceRegistryEvents | where ${Array(tests).fill(key).join(' and ')} and RegistryValueName in~ (${list('v', names)})`,
  );
};

describe('registry keys and the names of values beside them', () => {
  test('are counted as the paths that they make', () => {
    const { own } = indicatorsOf(registry(20, 50));
    expect(own.filter((it) => it.startsWith('TargetObject eq hklm\\k'))).toHaveLength(1000);
    expect(own).toContain('TargetObject eq hklm\\k0\\v49');
  });

  test.each([
    [50, 21, 1],
    [50, 3000, 3],
  ])('stand as they are where these are too many (%i, %i, %i)', (keys, names, tests) => {
    const { own, near } = indicatorsOf(registry(keys, names, tests));
    expect(own).toHaveLength(keys + names);
    expect(own).toContain('TargetObject (value name) eq v0');
    expect(near).toContain('related TargetObject ends_with \\v0');
  });
});

test('a rule has a bounded number of indicators, and says that there are more', () => {
  const [language, text] = sigma('category: process_creation', "Image: 'x'");
  const [query] = parserOf(language)?.(text).queries ?? [];
  const asking = (count: number) => ({
    language,
    sources: [],
    stages: (query?.stages ?? []).map((stage) => ({
      ...stage,
      where: build({ field: 'Image', op: 'eq', values: numbered(count), caseSensitive: false, span: [0, 0] }),
    })),
  });
  const { values, isWhole } = testedOf(asking(200_001));
  expect([values.length, isWhole]).toEqual([200_000, false]);
  expect(testedOf(asking(200_000)).isWhole).toBe(true);
});

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `x${i}`);
}
