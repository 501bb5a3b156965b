import { type Catalog, explainFile, languages, withCanonicalFields } from '@rulescope/catalog';
import { type Expression, type Result, type Test, toResult, visit } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { catalogOf, sigmaRule } from './folder.ts';

/** What `explain` says of a text of a language. */
function explained(language: string, text: string): Result {
  const parse = languages.find(({ id }) => id === language)?.parse;
  if (parse === undefined) throw new Error(`There is no language ${language}.`);
  return toResult(withCanonicalFields(parse(text), text), null);
}

/** The fields that a result tests, and their canonical names. */
function namesOf({ stages }: { readonly stages: Result['stages'] }): readonly string[] {
  const found: string[] = [];
  const add = (where: Expression) =>
    visit(
      where,
      (part) => {
        if ('test' in part) found.push(nameOf(part.test));
      },
      false,
    );
  for (const { where, queries } of stages) {
    if (where !== null) add(where);
    for (const query of queries) found.push(...namesOf(query));
  }
  return found;
}

function nameOf({ field, canonical = 'its own' }: Test): string {
  return `${field}: ${canonical}`;
}

/** One behaviour, in each language, and the names that the crosswalk and the equivalence rules give it. */
const QUERIES: readonly (readonly [language: string, text: string, names: readonly string[]])[] = [
  [
    'sigma',
    sigmaRule('a', "s:\n    Image|endswith: '\\x.exe'\n    Unheard: 1\ncondition: s"),
    ['Image: Image', 'Unheard: its own'],
  ],
  [
    'spl',
    '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=x.exe Processes.unheard=1',
    ['Processes.process_name: Image', 'Processes.unheard: its own'],
  ],
  [
    'kql',
    'DeviceProcessEvents | where FileName =~ "x.exe" and Unheard == 1',
    ['FileName: Image', 'Unheard: its own'],
  ],
  [
    'kql',
    'DeviceRegistryEvents | where RegistryKey endswith @"\\k" and RegistryValueName =~ "v"',
    ['RegistryKey: TargetObject (key)', 'RegistryValueName: TargetObject'],
  ],
  [
    'kql',
    'DeviceRegistryEvents | where RegistryValueName =~ "v"',
    ['RegistryValueName: TargetObject (value name)'],
  ],
  [
    'eql',
    'process where process.name : "x.exe" and unheard.of == 1',
    ['process.name: Image', 'unheard.of: its own'],
  ],
  [
    'kuery',
    'event.category: process and process.name: "x.exe"',
    ['event.category: its own', 'process.name: Image'],
  ],
  [
    'lucene',
    'event.category:process AND process.parent.name:"x.exe"',
    ['event.category: its own', 'process.parent.name: ParentImage'],
  ],
  ['esql', 'FROM logs-endpoint.events.process* | WHERE process.name == "x.exe"', ['process.name: Image']],
];

describe('the canonical name of a field', () => {
  test.each(QUERIES)('stands beside its own in what is explained: %s', (language, text, names) => {
    expect(namesOf(explained(language, text))).toEqual(names);
  });

  test('is that of the part of it which the test looks at, where its indicators are of the part', () => {
    const names = (text: string) => namesOf(explained('eql', text));
    expect(names('process where process.name : "x*"')).toEqual(['process.name: Image (file name)']);
    expect(names('process where process.name : ("x.exe", "y.exe")')).toEqual(['process.name: Image']);
    expect(names('registry where registry.value : "Run"')).toEqual([
      'registry.value: TargetObject (value name)',
    ]);
  });

  test('is that of the field inside the functions', () => {
    const result = explained(
      'esql',
      'FROM logs-endpoint.events.process* | WHERE LENGTH(process.command_line) > 9',
    );
    expect(result.indicators[0]).toMatchObject({ canonical: 'CommandLine', through: ['length'] });
  });

  test('is known by the query around the one that tests it', () => {
    const sequence =
      'sequence by host.id [process where process.name : "x.exe"] [file where file.name : "y.dll"]';
    expect(namesOf(explained('eql', sequence))).toEqual(['process.name: Image', 'file.name: TargetFilename']);
  });

  test('before a join is that of the table alone which stands there', () => {
    const join =
      'DeviceFileEvents | where FileName =~ "a.dll" | join (DeviceImageLoadEvents | where FileName =~ "b.dll") on DeviceId';
    expect(namesOf(explained('kql', join))).toEqual(['FileName: TargetFilename', 'FileName: ImageLoaded']);
    expect(explained('kql', join).where).toMatchObject({ test: { canonical: 'TargetFilename' } });
  });

  test('is EventID for what names an event, once its provider is known', () => {
    const sysmon = 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode=1';
    expect(namesOf(explained('spl', sysmon))).toEqual(['EventCode: EventID']);
    expect(namesOf(explained('spl', 'EventCode=1'))).toEqual(['EventCode: its own']);
  });

  test('is the same in what the catalog keeps and in what a file is explained as', async () => {
    const text = sigmaRule('a', "s:\n    ParentImage: 'C:\\x.exe'\ncondition: s");
    const kept = (catalog: Catalog) => catalog.rule('sigma/a')?.result;
    expect(namesOf(kept(await catalogOf({ 'a.yml': text })) ?? { stages: [] })).toEqual([
      'ParentImage: ParentImage',
    ]);
    const page = '# Certutil\n\n```KQL\nDeviceProcessEvents | where FileName =~ "x.exe"\n```\n';
    const file = explainFile({ name: 'a.md', text: page, language: null }, null);
    expect(namesOf(file ?? { stages: [] })).toEqual(['FileName: Image']);
    const catalog = await catalogOf({ 'a.md': page }, { platform: 'kusto' });
    expect(namesOf(catalog.rule('kusto/own/a.md#0')?.result ?? { stages: [] })).toEqual(['FileName: Image']);
  });
});
