import { join } from 'node:path';
import { contextOf, explainFile } from '@rulescope/catalog';
import { PROJECT_ROOT } from '@rulescope/testing';
import { describe, expect, test } from 'vitest';
import { ALL, build, folderWith, open, put, source, temporaryFolder } from './folder.ts';
import { PATH, stanza } from './stanza.ts';

const SPLUNK = { platform: null } as const;

/** What the search of a file looks for, as `field op value via`, with the other files of its source. */
function wantedOf(search: string, files: Readonly<Record<string, string>>) {
  const context = contextOf(folderWith(files));
  const result = explainFile(
    { name: 'savedsearches.conf', text: stanza([`search = ${search}`]), language: null },
    context,
  );
  return {
    wanted: (result?.indicators ?? []).map(({ field, op, values, via }) =>
      [field, op, values.join(), via].filter((part) => part !== null).join(' '),
    ),
    codes: (result?.diagnostics ?? []).map(({ code }) => code),
    caseSensitive: (result?.indicators ?? []).map((indicator) => indicator.caseSensitive),
  };
}

describe('macros.conf', () => {
  const MACROS = [
    '[shell]',
    'definition = (image="cmd.exe" \\',
    '  OR image="pwsh.exe")',
    '[from_host(2)]',
    'args = name, port',
    'definition = host="$name$" port=$port$',
    '[made]',
    'definition = "user=" . "x"',
    'iseval = 1',
    '[short(2)]',
    'args = one',
    'definition = x=1',
    '',
  ].join('\n');

  test('has macros, with arguments or none', () => {
    const { wanted } = wantedOf('`shell` `from_host(a, 22)`', { 'app/default/macros.conf': MACROS });
    expect(wanted).toEqual([
      'image eq cmd.exe macro:shell',
      'image eq pwsh.exe macro:shell',
      'host eq a macro:from_host',
      'port eq 22 macro:from_host',
    ]);
  });

  test.each([
    ['`made`', 'spl-evaluated-macro'],
    ['`short(a, b)`', 'spl-unknown-macro'],
  ])('has no text to put for %s, which is said', (call, code) => {
    const { codes } = wantedOf(`user=a ${call}`, { 'app/default/macros.conf': MACROS });
    expect(codes).toEqual([code]);
  });

  test('in local outranks that in default, setting by setting, and both outrank YAML', () => {
    const files = {
      'a/default/macros.conf': '[m]\ndefinition = x=default\n[n]\ndefinition = y=default\n',
      'a/local/macros.conf': '[m]\ndefinition = x=local\n[n]\ndescription = Ours.\n',
      'macros/m.yml': 'name: m\ndefinition: x=yaml\n',
      'macros/o.yml': 'name: o\ndefinition: z=yaml\n',
    };
    expect(wantedOf('`m` `n` `o`', files).wanted).toEqual([
      'x eq local macro:m',
      'y eq default macro:n',
      'z eq yaml macro:o',
    ]);
  });

  test('makes the rules of its source anew when it changes', async () => {
    const folder = folderWith({
      [PATH]: stanza(['search = `shell`']),
      'app/default/macros.conf': MACROS,
    });
    const cacheFolder = temporaryFolder();
    const wanted = async () => {
      const { output } = await build([source('own', folder, SPLUNK)], { cacheFolder });
      return open(output)
        .indicatorCounts('splunk/Quiet Installer')
        .map(({ value }) => value);
    };
    expect(await wanted()).toEqual(['cmd.exe', 'pwsh.exe']);
    put(folder, 'app/local/macros.conf', '[shell]\ndefinition = image="bash"\n');
    expect(await wanted()).toEqual(['bash']);
  });
});

describe('transforms.conf', () => {
  const TABLE = 'file_name,used\nfar*.exe,yes\nNear.exe,no\n';

  function lookedUp(transforms: string, used: string) {
    return wantedOf(`index=a | lookup tools file_name OUTPUT used | where used="${used}"`, {
      'app/lookups/tools.csv': TABLE,
      'app/default/transforms.conf': transforms,
    });
  }

  test('names a table, compared with regard to case unless it says otherwise', () => {
    expect(lookedUp('[tools]\nfilename = tools.csv\n', 'no')).toMatchObject({
      wanted: ['file_name eq Near.exe lookup:tools'],
      caseSensitive: [true],
    });
    expect(
      lookedUp('[tools]\nfilename = tools.csv\ncase_sensitive_match = false\n', 'no').caseSensitive,
    ).toEqual([false]);
  });

  test('says which columns have wildcards', () => {
    const { wanted } = lookedUp(
      '[tools]\nfilename = tools.csv\nmatch_type = WILDCARD(file_name), EXACT(used)\n',
      'yes',
    );
    expect(wanted).toEqual(['file_name wildcard far*.exe lookup:tools']);
  });

  test('with networks in a column gives no table', () => {
    const { wanted } = lookedUp('[tools]\nfilename = tools.csv\nmatch_type = CIDR(file_name)\n', 'yes');
    expect(wanted).toEqual(['used eq yes']);
  });
});

test('our own app is understood in full, its macros and its lookup known', async () => {
  const app = join(PROJECT_ROOT, 'examples', 'splunk', 'house_detections');
  const { output, problems } = await build([source('own', app, SPLUNK)]);
  expect(problems).toEqual([]);
  const catalog = open(output);
  const found = catalog.rules({}, ALL).rules.map(({ id }) => catalog.rule(id));
  expect(found.map((rule) => [rule?.metadata.status, rule?.result.understood])).toEqual([
    [null, 'full'],
    ['disabled', 'full'],
    [null, 'full'],
  ]);
  expect(found.flatMap((rule) => rule?.result.diagnostics ?? [])).toEqual([]);
});
