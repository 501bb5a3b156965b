import { describe, expect, test } from 'vitest';
import { analyseFile } from '../src/analyse/analyse.ts';
import type { BuiltFile } from '../src/build/analyse-files.ts';
import { linkFiles } from '../src/build/link.ts';
import { readRules } from '../src/build/read.ts';
import type { RuleFormat } from '../src/readers/reader.ts';
import { sigmaFormat } from '../src/readers/sigma.ts';
import { simpleRule } from './folder.ts';

/** A reader with a mistake in it. */
const broken: RuleFormat = {
  ...sigmaFormat,
  read: () => {
    throw new TypeError('x is undefined');
  },
  readLinked: () => {
    throw new TypeError('y is undefined');
  },
};

describe('a reader that fails', () => {
  test('costs the file, not the build', () => {
    const file = readRules(broken, { text: simpleRule('a'), invalidAt: null });
    expect(file).toMatchObject({ rules: [], diagnostics: [{ code: 'reader-failed', severity: 'error' }] });
    expect(file.diagnostics[0]?.message).toContain('x is undefined');
  });

  test('while it links costs the links only', () => {
    const content = { text: simpleRule('a'), invalidAt: null };
    const { rules, diagnostics } = analyseFile(readRules(sigmaFormat, content));
    const file: BuiltFile = {
      path: 'a.yml',
      location: Buffer.from('a.yml'),
      source: 0,
      format: broken,
      cached: false,
      content,
      analysis: { rules: rules.map((rule) => ({ ...rule, references: ['b'] })), diagnostics },
    };
    const [linked] = linkFiles([file]);
    expect(linked?.analysis.rules).toHaveLength(1);
    expect(linked?.analysis.diagnostics).toMatchObject([{ code: 'reader-failed' }]);
  });
});
