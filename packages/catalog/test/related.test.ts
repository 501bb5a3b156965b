import type { Catalog } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { build, catalogOf, folderWith, open, sigmaRule, source } from './folder.ts';

const DETECTION = 's:\n    Image: x\ncondition: s';

function naming(id: string, related: string, more = ''): string {
  return sigmaRule(id, DETECTION, `related: [${related}]${more}`);
}

/** The related rules of a rule in short: `→type id` or `←type id`, and the id of the rule that was found. */
function short(catalog: Catalog, id: string): readonly string[] | undefined {
  return catalog
    .rule(id)
    ?.related.map(({ direction, type, id: written, rule }) =>
      [`${direction === 'names' ? '→' : '←'}${type}`, written, rule?.id ?? 'none'].join(' '),
    );
}

describe('related rules', () => {
  test('are those that a rule names, in its order, then those that name it, by title', async () => {
    const catalog = await catalogOf({
      'a.yml': naming('a', '{ id: c, type: similar }, { id: b, type: derived }, { id: gone, type: renamed }'),
      'b.yml': sigmaRule('b', DETECTION),
      'c.yml': naming('c', '{ id: b, type: obsolete }'),
    });
    expect(short(catalog, 'sigma/a')).toEqual([
      '→similar c sigma/c',
      '→derived b sigma/b',
      '→renamed gone none',
    ]);
    expect(short(catalog, 'sigma/b')).toEqual(['←derived b sigma/a', '←obsolete b sigma/c']);
    expect(short(catalog, 'sigma/c')).toEqual(['→obsolete b sigma/b', '←similar c sigma/a']);
    expect(catalog.rule('sigma/b')?.related[0]?.rule).toMatchObject({ title: 'Rule a', path: 'a.yml' });
  });

  test('may be out of force', async () => {
    const catalog = await catalogOf({
      'old.yml': naming('old', '{ id: new, type: derived }', '\nstatus: deprecated'),
      'new.yml': naming('new', '{ id: old, type: obsolete }'),
    });
    expect(short(catalog, 'sigma/new')).toEqual(['→obsolete old sigma/old', '←derived new sigma/old']);
  });

  test('are found within one platform only, and by the first rule that has the id', async () => {
    const one = folderWith({ 'a.yml': naming('a', '{ id: b, type: similar }') });
    const two = folderWith({ 'b.yml': sigmaRule('b', DETECTION), 'c.yml': sigmaRule('b', DETECTION) });
    const { output } = await build([
      source('one', one),
      source('two', two, { platform: 'splunk' }),
      source('three', one, { platform: 'splunk' }),
    ]);
    const catalog = open(output);
    expect(short(catalog, 'sigma/a')).toEqual(['→similar b none']);
    expect(short(catalog, 'splunk/a')).toEqual(['→similar b splunk/b']);
    expect(short(catalog, 'splunk/b')).toEqual(['←similar b splunk/a']);
    expect(short(catalog, 'splunk/two/c.yml#0')).toEqual([]);
  });
});
