import { explainFile, languages, withCanonicalFields } from '@rulescope/catalog';
import type { Diagnostic } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { catalogOf, sigmaRule } from './folder.ts';

const RULE = sigmaRule('a', "s:\n    ParentImag: 'C:\\x.exe'\ncondition: s").replace(
  'category: process_creation',
  'category: process_creatoin',
);

function short(diagnostics: readonly Diagnostic[] = []): readonly string[] {
  return diagnostics.map(({ severity, code, message, line }) => `${line} ${severity} ${code}: ${message}`);
}

function explained(language: string, text: string): readonly string[] {
  const parse = languages.find(({ id }) => id === language)?.parse;
  if (parse === undefined) throw new Error(`There is no language ${language}.`);
  return short(withCanonicalFields(parse(text), text).queries.flatMap(({ diagnostics }) => diagnostics));
}

describe('a misspelt name', () => {
  test('is told, and where it is written', () => {
    expect(explained('kql', 'DeviceProcesEvents\n| where FileNam == "a"')).toEqual([
      '1 warning unknown-table: No table DeviceProcesEvents is known. Did you mean DeviceProcessEvents?',
      '2 warning unknown-field: No field FileNam is known here. Did you mean FileName?',
    ]);
    expect(explained('spl', 'index=a\nsourcetype=XmlWinEvenLog x=1')).toEqual([
      '2 warning unknown-logsource: No sourcetype XmlWinEvenLog is known. Did you mean XmlWinEventLog?',
    ]);
  });

  test('is told once, and not where the query defines it', () => {
    const twice = 'DeviceProcessEvents | where FileNam == "a" or FileNam == "b"';
    expect(explained('kql', twice)).toHaveLength(1);
    const own = 'DeviceProcessEvents | extend FileNam = tolower(FileName) | where FileNam == "a"';
    expect(explained('kql', own)).toEqual([]);
  });

  test('is told alike by the catalog and of a text or a file, and lowers nothing', async () => {
    const catalog = await catalogOf({ 'a.yml': RULE });
    const kept = catalog.rule('sigma/a')?.result;
    expect(short(kept?.diagnostics)).toEqual([
      '3 warning unknown-logsource: No category process_creatoin is known. Did you mean process_creation?',
      '6 warning unknown-field: No field ParentImag is known here. Did you mean ParentImage?',
    ]);
    expect(kept?.understood).toBe('full');
    expect(explained('sigma', RULE)).toEqual(short(kept?.diagnostics));
    const page = '# Own\n\n```KQL\nDeviceProcesEvents\n| where FileNam == "a"\n```\n';
    const file = explainFile({ name: 'a.md', text: page, language: null }, null);
    expect(short(file?.diagnostics).map((line) => line.split(':', 1)[0])).toEqual([
      '4 warning unknown-table',
      '5 warning unknown-field',
    ]);
  });
});
