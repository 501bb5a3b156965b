import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { ALL, build, catalogOf, folderWith, open, simpleRule, source, temporaryFolder } from './folder.ts';

const isWindows = process.platform === 'win32';

/** The paths of the rules of a folder, and its problems as `path code`. */
async function foundIn(folder: string): Promise<{ rules: readonly string[]; problems: readonly string[] }> {
  const { output, problems } = await build([source('own', folder)]);
  return {
    rules: open(output)
      .rules({}, ALL)
      .rules.map(({ path }) => path)
      .toSorted(),
    problems: problems.map(({ path, diagnostics }) => `${path} ${diagnostics.map(({ code }) => code)}`),
  };
}

describe('the files of a source', () => {
  test('are those named *.yml and *.yaml, in folders too; other names, .git and rulescope.yml are passed over', async () => {
    const folder = folderWith({
      'a.yml': simpleRule('a'),
      'deep/er/b.YAML': simpleRule('b'),
      '.hidden.yml': simpleRule('h'),
      yml: simpleRule('c'),
      'README.md': '# Rules',
      'rulescope.yml': 'sources: []',
      '.git/d.yml': simpleRule('d'),
      '.github/workflows/test.yml': 'on: push',
    });
    expect(await foundIn(folder)).toEqual({
      rules: ['.hidden.yml', 'a.yml', 'deep/er/b.YAML'],
      problems: [],
    });
  });

  test('may be one file, whatever its name', async () => {
    const folder = folderWith({ 'rule.txt': simpleRule('a'), 'other.yml': simpleRule('b') });
    expect(await foundIn(join(folder, 'rule.txt'))).toEqual({ rules: ['rule.txt'], problems: [] });
  });

  test('that are not there make the build fail, since an empty catalog would replace a good one', async () => {
    await expect(build([source('own', join(temporaryFolder(), 'no'))])).rejects.toMatchObject({
      code: 'source-unreadable',
    });
  });

  test.skipIf(isWindows)('may have odd names', async () => {
    const names = [
      'a\nb.yml',
      "it's.yml",
      '<script>alert(1)</script>.yml',
      '%2e%2e.yml',
      'a\\b.yml',
      ' .yml',
      '規則.yml',
      '#1?.yml',
    ];
    const folder = folderWith(Object.fromEntries(names.map((name, i) => [name, simpleRule(`r${i}`)])));
    expect(await foundIn(folder)).toEqual({ rules: names.toSorted(), problems: [] });
  });

  test.skipIf(isWindows)(
    'may have names that are not UTF-8: the bytes are shown, and both files are read',
    async () => {
      const folder = folderWith({ 'z.yml': simpleRule('z') });
      for (const byte of [0xff, 0xfe]) {
        const name = Buffer.concat([Buffer.from(`${folder}/r`), Buffer.from([byte]), Buffer.from('.yml')]);
        try {
          writeFileSync(name, simpleRule(null));
        } catch {
          return; // A file system that allows only UTF-8, as macOS has.
        }
      }
      const { output } = await build([source('own', folder)]);
      expect(
        open(output)
          .rules({}, ALL)
          .rules.map(({ id }) => id)
          .toSorted(),
      ).toEqual(['sigma/own/r\\xfe.yml#0', 'sigma/own/r\\xff.yml#0', 'sigma/z']);
    },
  );

  test.skipIf(isWindows)('are each read once, whatever links and loops there are', async () => {
    const folder = folderWith({ 'real/a.yml': simpleRule('a'), 'real/sub/b.yml': simpleRule('b') });
    const outside = folderWith({ 'c.yml': simpleRule('c'), 'd.txt': simpleRule('d') });
    symlinkSync(folder, join(folder, 'real/sub/loop'));
    symlinkSync(join(folder, 'real'), join(folder, 'again'));
    symlinkSync(join(folder, 'real/a.yml'), join(folder, 'a-again.yml'));
    symlinkSync(outside, join(folder, 'outside'));
    symlinkSync(outside, join(folder, 'outside-again'));
    symlinkSync(join(outside, 'd.txt'), join(folder, 'd.yml'));
    symlinkSync(folder, join(outside, 'back'));
    expect(await foundIn(folder)).toEqual({
      rules: ['d.yml', 'outside/c.yml', 'real/a.yml', 'real/sub/b.yml'],
      problems: [],
    });
  });

  test.skipIf(isWindows)('that share their content on disk are still several files', async () => {
    const folder = folderWith({ 'a.yml': simpleRule(null) });
    linkSync(join(folder, 'a.yml'), join(folder, 'b.yml'));
    expect((await foundIn(folder)).rules).toEqual(['a.yml', 'b.yml']);
  });

  test.skipIf(isWindows)('that cannot be read are problems', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('a') });
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.yml'));
    symlinkSync('loop.yml', join(folder, 'loop.yml'));
    symlinkSync('/dev/zero', join(folder, 'device.yml'));
    symlinkSync('/dev/zero', join(folder, 'device.txt'));
    execFileSync('mkfifo', [join(folder, 'pipe.yml')]);
    mkdirSync(join(folder, 'folder.yml'));
    expect(await foundIn(folder)).toEqual({
      rules: ['a.yml'],
      problems: ['dangling', 'device', 'loop', 'pipe'].map((name) => `${name}.yml file-unreadable`),
    });
  });

  test.skipIf(isWindows || process.getuid?.() === 0)('that one may not read are problems', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('a'), 'b.yml': '', 'closed/c.yml': '' });
    chmodSync(join(folder, 'b.yml'), 0);
    chmodSync(join(folder, 'closed'), 0);
    const found = await foundIn(folder);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(found).toEqual({
      rules: ['a.yml'],
      problems: ['b.yml file-unreadable', 'closed file-unreadable'],
    });
  });
});

describe('the content of a file', () => {
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${simpleRule('a', 'naïve')}`)],
    ['UTF-16, as Windows PowerShell writes it', Buffer.from(`\ufeff${simpleRule('a', 'naïve')}`, 'utf16le')],
    [
      'UTF-16 with the bytes the other way round',
      Buffer.from(`\ufeff${simpleRule('a', 'naïve')}`, 'utf16le').swap16(),
    ],
  ])('may be %s', async (_, bytes) => {
    const catalog = await catalogOf({ 'a.yml': bytes });
    expect(catalog.problems()).toEqual([]);
    const rule = catalog.rule('sigma/a');
    expect(rule?.text.startsWith('title: Rule a')).toBe(true);
    expect(rule?.result.indicators.map(({ values }) => values)).toEqual([['naïve']]);
    expect(rule?.result.diagnostics).toEqual([]);
  });

  test('may have bytes that are not UTF-8: the rule is read, and told where they are', async () => {
    const bytes = Buffer.from(simpleRule('a', 'a\ufffdx~b'));
    bytes[bytes.indexOf('~')] = 0xff;
    const catalog = await catalogOf({ 'a.yml': bytes });
    expect(catalog.problems()).toEqual([]);
    expect(catalog.rule('sigma/a')?.result).toMatchObject({
      understood: 'full',
      indicators: [{ values: ['a\ufffdx\ufffdb'] }],
      // The sixth line is `        CommandLine|contains: 'a�x�b'`: the first U+FFFD is really in the file.
      diagnostics: [{ code: 'not-utf-8', severity: 'warning', line: 6, column: 35 }],
    });
    expect(catalog.stats().diagnostics).toEqual([{ code: 'not-utf-8', count: 1 }]);
  });

  test('that is too large is not even read', async () => {
    const folder = folderWith({ 'a.yml': simpleRule('a'), 'huge.yml': '' });
    truncateSync(join(folder, 'huge.yml'), LIMITS.textLength * 4 + 1);
    expect(await foundIn(folder)).toEqual({ rules: ['a.yml'], problems: ['huge.yml text-too-large'] });
  });

  test('that is no rule is a problem with a reason, and nothing stops the build', async () => {
    const { output, problems, rules, files } = await build([
      source(
        'own',
        folderWith({
          'a.yml': simpleRule('a'),
          'binary.yml': Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * 7919) % 256)),
          'config.yml': 'line-length: 120\nignore: [a, b]\n',
          'empty.yml': '',
          'invalid.yml': 'title: [\n  - "',
          'list.yml': '- a\n- b\n',
          'nul.yml': Buffer.alloc(100),
          'ten-megabytes.yml': `title: ${'x'.repeat(10_000_000)}\n`,
          'text.yml': 'just words',
          'bomb.yml': `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefghij', (name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}\ndetection: *j\n`,
        }),
      ),
    ]);
    expect(files).toBe(10);
    const named = problems.map(({ path }) => path);
    for (const path of [
      'binary.yml',
      'config.yml',
      'empty.yml',
      'list.yml',
      'nul.yml',
      'ten-megabytes.yml',
      'text.yml',
    ]) {
      expect(named).toContain(path);
    }
    expect(problems.every(({ diagnostics }) => diagnostics.every(({ message }) => message !== ''))).toBe(
      true,
    );
    const catalog = open(output);
    expect(catalog.rule('sigma/a')?.understood).toBe('full');
    expect(catalog.problems()).toEqual(problems);
    expect(catalog.stats()).toMatchObject({ files, rules, problems: problems.length });
    // Whatever was made of the other two, it is either a rule or a problem.
    for (const path of ['invalid.yml', 'bomb.yml']) {
      const listed = catalog.rules({}, ALL).rules.some((rule) => rule.path === path);
      expect(listed || named.includes(path)).toBe(true);
    }
  });

  test('is kept as it is, whatever it holds', async () => {
    const script = '<script>alert(1)</script>';
    const text = [
      `title: ${script}`,
      `id: "${script}/../\\uD800\\0x"`,
      `status: ${script}`,
      `level: ${script}`,
      `author: ${script}`,
      `description: ${script}`,
      `license: ${script}`,
      `references: ['javascript:alert(1)']`,
      `tags: ["${script}"]`,
      `logsource: { product: "${script}" }`,
      'detection:',
      `  "${script}": { "${script}|contains": ["${script}", "\\uD800", "\\uD801", "a\\0b"] }`,
      `  condition: "1 of them"`,
    ].join('\n');
    const catalog = await catalogOf({ 'a.yml': text });
    const [summary] = catalog.rules({}, ALL).rules;
    expect(summary).toMatchObject({ title: script, status: script, severity: script, author: script });
    const rule = catalog.rule(summary?.id ?? '');
    expect(rule).toMatchObject({
      text,
      metadata: { licence: script, references: ['javascript:alert(1)'], tags: [script] },
    });
    expect(
      catalog.indicatorCounts(summary?.id ?? '').map(({ field, value }) => [field, value]),
    ).toContainEqual([script, script]);
    expect(catalog.search('<script>alert(1)</script>', ALL).total).toBe(1);
  });

  test('of several documents gives several rules, each with its own text and offsets', async () => {
    const text = `${simpleRule('a', 'one')}---\n${simpleRule('b', 'two')}`;
    const catalog = await catalogOf({ 'ab.yml': text });
    const rule = catalog.rule('sigma/b');
    expect(rule).toMatchObject({ ordinal: 1, path: 'ab.yml' });
    expect(rule?.text.trim()).toBe(simpleRule('b', 'two').trim());
    for (const { span, values } of rule?.result.indicators ?? []) {
      expect(rule?.text.slice(...span)).toContain(values[0]);
    }
    const shown = rule?.result.stages.map(({ name, spans }) => [
      name,
      spans.map((span) => rule.text.slice(...span)),
    ]);
    expect(shown).toEqual([
      ['condition', ['detection:', 'condition: selection']],
      ['selection', ["selection:\n        CommandLine|contains: 'two'"]],
    ]);
  });
});
