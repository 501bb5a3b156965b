import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printExpression } from '@rulescope/logic';
import { corpusFolder } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { readSigma } from '../src/index.ts';

const corpora = corpusFolder('sigma');
const page = corpora === null ? null : join(corpora, '..', '..', 'seeds', 'sigma-rule-page.txt');

/** The rule that the page shows, from its first key to its last. */
function ruleOf(text: string): string {
  const start = text.indexOf('title: ');
  return text.slice(start, text.indexOf('Stages and Predicates', start)).trimEnd();
}

describe.skipIf(page === null)('the rule of the seed page (skipped without ../shared/seeds)', () => {
  const [rule] = page === null ? [] : readSigma(ruleOf(readFileSync(page, 'utf8'))).rules;

  it('has the stages of the page, the condition first and the filters as one', () => {
    expect(rule?.understood).toBe('full');
    expect(rule?.stages.map(({ name }) => name)).toEqual([
      'condition',
      'selection_img',
      'selection_cli',
      'selection_quiet',
      'not filter_*',
    ]);
    expect(rule?.stages[0]?.text).toBe('all of selection_* and not 1 of filter_*');
    expect(rule?.stages[3]?.text).toBe("selection_quiet:\n    CommandLine|contains|windash: '-q'");
    expect(rule?.stages[4]?.spans).toHaveLength(3);
  });

  it('has its indicators, one test a field and operator, the values as written', () => {
    const rows = rule?.indicators.map(({ field, op, values, transforms }) => [field, op, values, transforms]);
    expect(rows).toEqual([
      ['Image', 'ends_with', ['\\msiexec.exe'], []],
      ['OriginalFileName', 'eq', ['msiexec.exe'], []],
      ['CommandLine', 'contains', ['-i', '-package', '-a', '-j'], ['windash']],
      ['CommandLine', 'contains', ['-q'], ['windash']],
    ]);
  });

  it('has its exclusions, and more than the page says: which tests belong together', () => {
    expect(rule?.exclusions.map(({ where }) => printExpression(where))).toEqual([
      'ParentImage starts_with "C:\\Users\\" and ParentImage contains "\\AppData\\Local\\Temp\\"',
      'ParentImage starts_with "C:\\Windows\\Temp\\"',
      'ParentImage = "C:\\Windows\\CCM\\Ccm32BitLauncher.exe" and IntegrityLevel = any of ("System", "S-1-16-16384")',
    ]);
  });

  it('is on Windows process creation', () => {
    expect(rule?.sources).toEqual([{ kind: 'logsource', value: 'windows/process_creation/' }]);
  });
});
