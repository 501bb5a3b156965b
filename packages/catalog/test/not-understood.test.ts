import { expect, test } from 'vitest';
import { ALL, build, folderWith, open, simpleRule, source } from './folder.ts';

/** A rule whose condition names nothing that is there. */
const BROKEN = simpleRule('broken').replace('condition: selection', 'condition: elsewhere');

test('the rules that are not understood in full are named, each with its reason', async () => {
  const folder = folderWith({
    'a.yml': simpleRule('a'),
    'b.yml': BROKEN.replace('id: broken', 'id: first\nstatus: unsupported'),
    'c.yml': `${simpleRule('whole')}---\n${BROKEN}`,
  });
  const report = await build([source('own', folder)]);
  const line = BROKEN.split('\n').findIndex((text) => text.includes('elsewhere')) + 1;
  const lead = simpleRule('whole').split('\n').length;
  expect(report.notUnderstood).toMatchObject([
    { id: 'sigma/first', source: 'own', path: 'b.yml', diagnostic: { severity: 'error', line: line + 1 } },
    {
      id: 'sigma/broken',
      source: 'own',
      path: 'c.yml',
      diagnostic: { severity: 'error', line: line + lead },
    },
  ]);
  const found = report.notUnderstood[1];
  const text = `${simpleRule('whole')}---\n${BROKEN}`;
  expect(text.slice(...(found?.diagnostic?.span ?? [0, 0]))).toContain('elsewhere');

  const catalog = open(report.output);
  const { total, rules } = catalog.notUnderstood(ALL);
  expect(total).toBe(2);
  expect(rules.map(({ id, understood }) => [id, understood])).toEqual(
    report.notUnderstood.map(({ id, understood }) => [id, understood]),
  );
  const [, broken] = rules;
  expect(broken).toMatchObject({ title: 'Rule broken', platform: 'sigma', diagnostic: { line } });
  expect(catalog.rule('sigma/broken')?.text.slice(...(broken?.diagnostic?.span ?? [0, 0]))).toContain(
    'elsewhere',
  );
  expect(catalog.notUnderstood({ limit: 1, offset: 1 })).toEqual({ total: 2, rules: [broken] });
});

test('nothing is named where all is understood', async () => {
  const report = await build([source('own', folderWith({ 'a.yml': simpleRule('a') }))]);
  expect(report.notUnderstood).toEqual([]);
  expect(open(report.output).notUnderstood(ALL)).toEqual({ total: 0, rules: [] });
});
