import { explainFile } from '@rulescope/catalog';
import type { Span } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { detectionRule } from './elastic-rules.ts';
import { catalogOf, simpleRule } from './folder.ts';
import { detection } from './splunk-rules.ts';

const MARK = '\ufeff';
const SPLUNK = detection({ id: 'b', search: 'index=main process_name="msiexec.exe"' });
const ELASTIC = detectionRule({ rule_id: 'c' });
const ELASTIC_IN_FIRST_LINE = `rule = { rule_id = "c", type = "eql", query = 'process where process.name == "msiexec.exe"' }\n`;
const FILES = [
  ['Sigma', 'a.yml', 'sigma/a', simpleRule('a', 'msiexec'), "CommandLine|contains: 'msiexec'"],
  ['Splunk YAML', 'b.yml', 'splunk/b', SPLUNK, 'process_name="msiexec.exe"'],
  ['TOML', 'c.toml', 'elastic/c', ELASTIC, 'process.name == \\"msiexec.exe\\"'],
  ['TOML in one line', 'c.toml', 'elastic/c', ELASTIC_IN_FIRST_LINE, 'process.name == "msiexec.exe"'],
] as const;

const shown = (text: string, indicators: readonly { readonly span: Span }[] = []) =>
  indicators.map(({ span }) => text.slice(...span));

describe('behind a byte order mark', () => {
  test.each(FILES)('offsets are those of the text that is kept: %s', async (_, path, id, text, expected) => {
    for (const bytes of [MARK + text, Buffer.from(MARK + text, 'utf16le'), text]) {
      const catalog = await catalogOf({ [path]: bytes }, { platform: null });
      const rule = catalog.rule(id);
      expect(rule?.text.trim()).toBe(text.trim());
      expect(shown(rule?.text ?? '', rule?.result.indicators)).toEqual([expected]);
    }
  });

  // Sigma's own text is for the language to read.
  test.each(FILES.slice(1))(
    'a text that is given with it is known, and has its own offsets: %s',
    (_, name, __, text, expected) => {
      const given = MARK + text;
      const result = explainFile({ name, text: given, language: null }, null);
      expect(shown(given, result?.indicators)).toEqual([expected]);
    },
  );
});
