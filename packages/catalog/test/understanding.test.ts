import { diagnostic } from '@rulescope/logic';
import { expect, test } from 'vitest';
import { missingNames } from '../src/facets/missing.ts';
import { build, folderWith, open, sigmaRule, simpleRule, source } from './folder.ts';

test('what is understood is counted by source and language, with the fields that are known', async () => {
  const broken = simpleRule('b').replace('condition: selection', 'condition: elsewhere');
  const folder = folderWith({
    'a.yml': sigmaRule('a', 's:\n    CommandLine|contains: [x, y]\n    Madeup_Field: z\ncondition: s'),
    'b.yml': broken,
    'c.yml': simpleRule('c').replace("'whoami'", "'%accounts%'").replace('contains', 'expand'),
    'd.spl': '`my_macro` process_name=cmd.exe',
  });
  const { output } = await build([source('own', folder, { platform: null })]);
  const report = open(output).understanding();
  expect(
    report.rows.map(({ source: name, platform, language, rules }) => [name, platform, language, rules]),
  ).toEqual([
    ['own', 'sigma', 'sigma', 3],
    ['own', 'splunk', 'spl', 1],
  ]);
  const [sigma] = report.rows;
  expect(sigma?.understood.full).toBe(2);
  expect(sigma?.fields).toMatchObject({ canonical: 2, unknown: 1 });
  expect(report.unknownFields).toContainEqual({ field: 'Madeup_Field', platform: 'sigma', values: 1 });
  expect(report.missing.values).toContainEqual({
    value: 'macro my_macro',
    label: 'macro my_macro',
    rules: 1,
  });
  expect(report.missing.values).toContainEqual(
    expect.objectContaining({ value: 'placeholder %accounts%', rules: 1 }),
  );
  expect(report.diagnostics.values.map(({ value }) => value)).toContain('sigma-unknown-selection');
  const listed = open(output).rules({ missing: 'macro my_macro' }, { limit: 10, offset: 0 });
  expect(listed.rules.map(({ platform }) => platform)).toEqual(['splunk']);
});

test('names that nothing defines are those that a diagnostic says are not', () => {
  const said = (code: string, message: string) =>
    diagnostic({ code, severity: 'info' }, message, [0, 0], [0]);
  expect(
    missingNames([
      said('spl-unknown-macro', 'Nothing here defines the macro one.'),
      said('spl-unknown-macro', 'Nothing here defines the macro one.'),
      said('spl-unknown-function', 'Splunk has no evaluation function two.'),
      said(
        'kql-not-defined-here',
        '"Three" is a function of the workspace: what it reads is not known here.',
      ),
      said('spl-bad-regex', 'Nothing here defines the macro four.'),
    ]),
  ).toEqual([
    { kind: 'macro', name: 'one' },
    { kind: 'function', name: 'two' },
    { kind: 'name', name: 'Three' },
  ]);
});
