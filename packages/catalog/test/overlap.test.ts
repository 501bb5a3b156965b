import { type FileRule, type Overlap, overlapSubject, rulesOfFile } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { build, catalogOf, folderWith, open, sigmaRule, source } from './folder.ts';

/** The rules of an answer in short: `id: values that both look for / values that both exclude`. */
function short({ rules }: Overlap): readonly string[] {
  return rules.map(({ rule, shared, excluded }) => {
    const values = (list: typeof shared) =>
      list.map(({ value, rules: others }) => `${value} ${others}`).join(', ');
    return `${rule.id}: ${values(shared)}${excluded.length > 0 ? ` / ${values(excluded)}` : ''}`;
  });
}

/** A rule that looks for texts in a command line, and excludes others. */
function rule(id: string, wanted: readonly string[], excluded: readonly string[] = [], more = ''): string {
  const list = (values: readonly string[]) => `[${values.join(', ')}]`;
  const filter = excluded.length === 0 ? '' : `f:\n    CommandLine|contains: ${list(excluded)}\n`;
  const condition = excluded.length === 0 ? 's' : 's and not f';
  return sigmaRule(
    id,
    `s:\n    CommandLine|contains: ${list(wanted)}\n${filter}condition: ${condition}`,
    more,
  );
}

const NO_RULE: FileRule = {
  id: null,
  title: '',
  language: null,
  understood: 'none',
  diagnostics: [],
  indicators: [],
};

describe('the rules that look for the same', () => {
  test('are those that share the most and the rarest indicators; what is shared is named, the rarest first', async () => {
    const catalog = await catalogOf({
      'a.yml': rule('a', ['common', 'rare', 'own']),
      'b.yml': rule('b', ['common']),
      'c.yml': rule('c', ['common', 'other']),
      'd.yml': rule('d', ['rare', 'common']),
      'e.yml': rule('e', ['elsewhere']),
    });
    const overlap = catalog.overlap({ rule: 'sigma/a' });
    // `rare` is in one rule beside a, `common` in three.
    expect(short(overlap)).toEqual(['sigma/d: rare 1, common 3', 'sigma/b: common 3', 'sigma/c: common 3']);
    expect(overlap).toMatchObject({ indicators: 3, exclusions: 0, total: 3, tooCommon: [] });
    // ln(1 + 5/1) for rare and for what it has alone, ln(1 + 5/3) for common.
    expect(overlap.asked.map(({ value, rules: others }) => `${value} ${others}`)).toEqual([
      'own 0',
      'rare 1',
      'common 3',
    ]);
    const [first] = overlap.rules;
    const [one, three] = [Math.log(6), Math.log(1 + 5 / 3)];
    expect(first?.score).toBeCloseTo(one + three);
    expect(first?.share).toBeCloseTo((one + three) / (one + one + three));
    expect(short(catalog.overlap({ rule: 'sigma/a' }, { limit: 1 }))).toHaveLength(1);
  });

  test('are told apart from what both exclude, which weighs nothing', async () => {
    const catalog = await catalogOf({
      'a.yml': rule('a', ['x'], ['no']),
      'b.yml': rule('b', ['x']),
      'c.yml': rule('c', ['x'], ['no']),
      'd.yml': rule('d', ['no']),
      'e.yml': rule('e', ['y'], ['no']),
    });
    expect(short(catalog.overlap({ rule: 'sigma/a' }))).toEqual(['sigma/c: x 2 / no 2', 'sigma/b: x 2']);
  });

  test('have what is nearly the same at half its weight, and of those that share alike, the one that looks for least else comes first', async () => {
    const catalog = await catalogOf({
      'a.yml': rule('a', ["'urlcache '"]),
      'b.yml': rule('b', ['verifyctl', 'x1', 'x2']),
      'c.yml': rule('c', ['verifyctl']),
      'd.yml': rule('d', ['elsewhere']),
    });
    const [found] =
      rulesOfFile({
        name: null,
        text: 'DeviceProcessEvents | where ProcessCommandLine contains "urlcache" and ProcessCommandLine contains "verifyctl"',
        language: 'kql',
      })?.rules ?? [];
    const overlap = catalog.overlap({ indicators: found?.indicators ?? [] });
    expect(overlap.rules.map(({ rule: { id }, indicators }) => `${id} ${indicators}`)).toEqual([
      'sigma/c 1',
      'sigma/b 3',
      'sigma/a 1',
    ]);
    expect(overlap.asked.map(({ value, rules: others, near }) => [value, others, near])).toEqual([
      ['urlcache', 0, 1],
      ['verifyctl', 2, 0],
    ]);
    // Whatever holds `urlcache ` holds `urlcache`, too: the subject's asks for more. One rule of four has it.
    const last = overlap.rules.at(-1);
    expect(last?.near).toMatchObject([{ other: { value: 'urlcache ' }, relation: 'broader' }]);
    expect(last?.score).toBeCloseTo(0.5 * Math.log(1 + 4 / 1));
  });

  test('leave out the rule itself where it has no id, by its title and what it tests', async () => {
    const text = 'DeviceProcessEvents | where FileName =~ "certutil.exe"';
    const catalog = await catalogOf({
      'own.kql': text,
      'b.yml': sigmaRule('b', "s:\n    Image|endswith: '\\certutil.exe'\ncondition: s"),
    });
    const [found] = rulesOfFile({ name: 'elsewhere/own.kql', text, language: null })?.rules ?? [];
    const overlap = catalog.overlap(overlapSubject(found ?? NO_RULE, catalog));
    expect(overlap.itself).toMatchObject([{ path: 'own.kql' }]);
    expect(short(overlap)).toEqual(['sigma/b: \\certutil.exe 2']);
  });

  test('a value that stands for several literals counts once', async () => {
    const windash = (id: string) => sigmaRule(id, "s:\n    CommandLine|contains|windash: '-q'\ncondition: s");
    const catalog = await catalogOf({ 'a.yml': windash('a'), 'b.yml': windash('b') });
    const overlap = catalog.overlap({ rule: 'sigma/a' });
    expect(short(overlap)).toEqual(['sigma/b: -q 1']);
    expect(overlap).toMatchObject({ indicators: 1, rules: [{ share: 1, indicators: 1 }] });
  });

  test('are neither the rule itself nor its copies, and copies are listed once', async () => {
    const same = (id: string, more: string) => rule(id, ['x', 'y'], [], more);
    const catalog = await catalogOf({
      'a.yml': same('a', 'related: [{ id: old, type: obsolete }]'),
      'b.yml': same('old', 'status: deprecated'),
      'c.yml': rule('c', ['x']),
      'd.yml': rule('c', ['x']),
    });
    expect(short(catalog.overlap({ rule: 'sigma/a' }, { retired: true }))).toEqual(['sigma/c: x 1']);
    expect(catalog.rule('sigma/a')?.copies.map(({ id }) => id)).toEqual(['sigma/old']);
    expect(catalog.rule('sigma/c')?.copies.map(({ path }) => path)).toEqual(['d.yml']);
  });

  test('leave deprecated rules out unless they are asked for', async () => {
    const catalog = await catalogOf({
      'a.yml': rule('a', ['x']),
      'b.yml': rule('b', ['x', 'y'], [], 'status: deprecated'),
    });
    expect(short(catalog.overlap({ rule: 'sigma/a' }))).toEqual([]);
    expect(short(catalog.overlap({ rule: 'sigma/a' }, { retired: true }))).toEqual(['sigma/b: x 1']);
  });

  test('are found for a rule that no catalog has, in another language', async () => {
    const catalog = await catalogOf({
      'a.yml': sigmaRule('a', "s:\n    Image|endswith: '\\certutil.exe'\ncondition: s"),
    });
    const text = 'DeviceProcessEvents | where FileName =~ "certutil.exe"';
    const [found] = rulesOfFile({ name: null, text, language: 'kql' })?.rules ?? [];
    expect(short(catalog.overlap({ indicators: found?.indicators ?? [] }))).toEqual([
      'sigma/a: \\certutil.exe 1',
    ]);
    expect(rulesOfFile({ name: null, text, language: 'cobol' })).toBeNull();
  });

  test.each([
    ['DeviceProcessEvents | where FileName =~ "certutil.exe"', 'kql'],
    ['process where process.name : "certutil.exe"', 'eql'],
    ['from logs-endpoint* | where process.name == "certutil.exe"', 'esql'],
    ['index=win Image="*\\\\certutil.exe"', 'spl'],
    [sigmaRule('a', 's:\n    Image: x\ncondition: s'), 'sigma'],
  ])('are found for a text without a name: %s', (text, language) => {
    expect(rulesOfFile({ name: null, text, language: null })?.rules).toMatchObject([{ language }]);
  });

  test('a text that nothing tells is no rule; what a rule is told of is its own', () => {
    expect(rulesOfFile({ name: null, text: 'certutil.exe urlcache', language: null })).toBeNull();
    const [found] = rulesOfFile({ name: 'a.eql', text: 'process where x ==', language: null })?.rules ?? [];
    expect(found?.diagnostics).toMatchObject([{ severity: 'error', line: 1 }]);
  });

  test('are asked for with what a new rule looks for, without what only picks events', async () => {
    const catalog = await catalogOf({ 'a.yml': rule('a', ['x']) });
    const text = rule('A', ['y']).replace('CommandLine|contains: [y]', 'EventID: 1\n        CommandLine: y');
    const [found] = rulesOfFile({ name: 'b.yml', text, language: null })?.rules ?? [];
    expect(found === undefined ? null : overlapSubject(found, catalog)).toMatchObject({
      rule: 'sigma/a',
      indicators: [{ field: 'CommandLine', op: 'eq', value: 'y' }],
    });
  });

  test('name what so many rules share that it was left out, in bounded time', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 700 }, (_, i) => [
        `${i}.yml`,
        rule(`r${i}`, Array.from({ length: 100 }, (_x, n) => `common${n}`).concat(`own${i}`)),
      ]),
    );
    const catalog = await catalogOf(many);
    const { tooCommon, total } = catalog.overlap({ rule: 'sigma/r0' });
    // 60,000 places in lists of 700 rules: 85 of the 100 are gone through.
    expect([total, tooCommon.length]).toEqual([699, 15]);
  });
});

describe('rules that are the same one', () => {
  test('count once, on their platform', async () => {
    const of = (id: string, title: string) =>
      rule(id, ['x', 'y']).replace(`title: Rule ${id}`, `title: ${title}`);
    const sigma = folderWith({
      'a.yml': of('a', 'One'),
      'b.yml': of('b', 'one'),
      'c.yml': of('c', 'Another'),
      'd.yml': rule('d', ['x']),
    });
    const { output } = await build([source('s', sigma), source('t', sigma, { platform: 'splunk' })]);
    const counts = open(output).indicatorCounts('sigma/d');
    // a and b have one title and test the same; c has another.
    expect(counts.map(({ others }) => others)).toEqual([{ total: 5, byPlatform: { sigma: 2, splunk: 3 } }]);
    const [first] = open(output).indicatorCounts('sigma/b');
    expect(first?.others).toEqual({ total: 5, byPlatform: { sigma: 2, splunk: 3 } });
  });

  test('are not those that only share a title, or only what they test', async () => {
    const catalog = await catalogOf({
      'a.yml': rule('a', ['x']),
      'b.yml': rule('b', ['y']).replace('Rule b', 'Rule a'),
      'c.yml': rule('c', ['x']),
    });
    for (const id of ['a', 'b', 'c']) expect(catalog.rule(`sigma/${id}`)?.copies).toEqual([]);
  });
});
