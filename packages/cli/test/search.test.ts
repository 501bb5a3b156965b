import { describe, expect, test } from 'vitest';
import { FIRST, makeWorld, ruleText, SECOND } from './world.ts';

async function built(more: Readonly<Record<string, string>> = {}) {
  const files = {
    'rules/first.yml': ruleText('Quiet setup', FIRST),
    'rules/second.yml': ruleText('Second setup', SECOND),
  };
  const world = makeWorld({ files: { ...files, ...more } });
  const { code } = await world.run(['build', 'rules', '--quiet']);
  expect(code).toBe(0);
  return world;
}

describe('search', () => {
  test('finds rules; none is exit code 1', async () => {
    const world = await built();
    const { code, stdout } = await world.run(['search', 'setup']);
    expect(code).toBe(0);
    expect(stdout).toContain(`sigma/${FIRST}  medium  test  Quiet setup\n`);
    expect(stdout).toMatch(/2 rules found\.\n$/);
    expect(await world.run(['search', 'setup', '--limit', '1', '--offset', '1'])).toMatchObject({
      stdout: expect.stringMatching(/2 rules found, 2 to 2 shown/),
    });
    expect(await world.run(['search', 'nothing', 'like', 'it'])).toMatchObject({
      code: 1,
      stdout: 'No rule found.\n',
    });
    const json = await world.run(['search', '--json', 'Second']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      q: 'Second',
      total: 1,
      rules: [{ id: `sigma/${SECOND}` }],
    });
    expect((await world.run(['search', 'setup', '--limit', '0'])).code).toBe(2);
    expect((await world.run(['search'])).code).toBe(2);
  });

  test('takes words that start with a dash, wherever they stand', async () => {
    const world = await built({
      'rules/third.yml': ruleText('Third', '').replace("'-q'", "'-urlcache'"),
    });
    for (const words of [
      ['-urlcache'],
      ['Third', '-urlcache'],
      ['-urlcache', 'Third'],
      ['--', 'Third', '-urlcache'],
    ]) {
      const { code, stdout } = await world.run(['search', '--json', '--limit', '5', ...words]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ total: 1, limit: 5, rules: [{ title: 'Third' }] });
    }
    expect(await world.run(['search', '--nowhere'])).toMatchObject({
      code: 1,
      stdout: 'No rule found.\n',
      stderr: 'rulescope: --nowhere is no option: it is searched for as a word.\n',
    });
    expect(await world.run(['search', '--technqiue', 'T1218'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^rulescope: unknown option '--technqiue': did you mean --technique\?/),
    });
    expect((await world.run(['search', '--', '-quiet', '--status'])).stdout).toMatch(
      / {2}Quiet setup\n1 rule found\.\n$/,
    );
  });

  test('narrows by every facet, the source among them', async () => {
    const world = await built();
    const of = async (...argv: string[]) => (await world.run(['search', ...argv])).stdout;
    expect(await of('--source', 'rules')).toMatch(/2 rules found\.\n$/);
    expect(await of('--language', 'SIGMA')).toMatch(/2 rules found\.\n$/);
    expect(await world.run(['search', '--source', 'elsewhere', '--product', 'windows'])).toMatchObject({
      code: 1,
      stdout: 'No rule found.\n',
      stderr:
        'rulescope: no rule has the source "elsewhere": `rulescope stats --by source` lists what there is.\n',
    });
    expect(await of('setup', '--logsource', 'windows/process_creation/')).toMatch(/2 rules found\.\n$/);
    expect(await of('--understood', 'partial')).toBe('No rule found.\n');
  });
});
