import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { FIRST, makeWorld, ruleText, SECOND } from './world.ts';

const FILES = {
  'rules/first.yml': ruleText('Quiet setup', FIRST),
  'rules/second.yml': ruleText('Second setup', SECOND),
};

describe('build', () => {
  test('says what it did and where the catalog is', async () => {
    const world = makeWorld({ files: { ...FILES, 'rules/broken.yml': 'title: [never closed\n' } });
    const { code, stdout, stderr } = await world.run(['build', 'rules']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^2 rules from 3 files, in /);
    expect(stdout).toContain('Understood in full: 2, in part: 0, not: 0.');
    expect(stdout).toContain('1 file could not be read whole:\n  rules/broken.yml:');
    const [, catalog = ''] = /^Catalog: (.*)$/m.exec(stdout) ?? [];
    expect(catalog.startsWith(join(world.cache, 'rulescope', 'catalog-'))).toBe(true);
  });

  test('--json prints the report, --quiet nothing', async () => {
    const world = makeWorld({ files: FILES });
    const { stdout } = await world.run(['build', 'rules', '--json', '--output', 'mine.sqlite']);
    expect(JSON.parse(stdout)).toMatchObject({ rules: 2, files: 2, output: join(world.cwd, 'mine.sqlite') });
    const absolute = join(world.cwd, 'absolute.sqlite');
    const other = await world.run(['build', 'rules', '--json', '--output', absolute]);
    expect(JSON.parse(other.stdout)).toMatchObject({ output: absolute });
    expect(await world.run(['--quiet', 'build', 'rules'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
      named: '',
    });
  });

  test('takes unchanged rules from the cache, unless told not to', async () => {
    const world = makeWorld({ files: FILES });
    await world.run(['build', 'rules']);
    expect((await world.run(['build', 'rules'])).stdout).toContain('2 of them unchanged');
    expect((await world.run(['build', 'rules', '--no-cache'])).stdout).not.toContain('unchanged');
  });

  test('reads ./rulescope.yml, and its flags override it', async () => {
    const config = 'sources:\n  - name: mine\n    path: rules\n    licence: MIT\n';
    const world = makeWorld({ files: { ...FILES, 'rulescope.yml': config } });
    await world.run(['build', '--link', 'https://example.org/{path}']);
    const { stdout } = await world.run(['show', FIRST, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      source: 'mine',
      metadata: { licence: 'MIT' },
      link: 'https://example.org/first.yml',
    });
    const other = await world.run(['build', '--config', 'rulescope.yml', '--licence', 'GPL-3.0-only']);
    expect(other.code).toBe(0);
    const shown = await world.run(['show', FIRST, '--json', '--config', 'rulescope.yml']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ metadata: { licence: 'GPL-3.0-only' } });
  });

  test('paths go before ./rulescope.yml', async () => {
    const config = 'sources:\n  - name: mine\n    path: rules\n';
    const world = makeWorld({
      files: { ...FILES, 'rulescope.yml': config, 'more/x.yml': ruleText('X', '') },
    });
    const { stdout } = await world.run(['build', 'more', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ rules: 1 });
  });

  test('builds the examples where nothing is named', async () => {
    const { code, stdout } = await makeWorld().run(['build', '--json']);
    const report = JSON.parse(stdout === '' ? '{}' : stdout);
    expect(code).toBe(0);
    expect(report.rules).toBeGreaterThanOrEqual(1);
  });

  test.each([
    [['build', 'nowhere'], 1, /^rulescope: Cannot read .*\/nowhere, .*: there is no such file or folder\. /],
    [['build', '--config', 'tab.yml'], 1, /tab\.yml:2:1: (?!.*line 2)/],
    [['build', 'empty'], 1, /There is no rule in .*empty/],
    [['build', 'rules', '--config', 'x.yml'], 2, /not both/],
    [['build', '--config', 'x.yml'], 1, /x\.yml/],
    [['build', '--config', 'bad.yml'], 1, /bad\.yml:1:1: /],
    [['build', '--nonsense'], 2, /unknown option '--nonsense'/],
    [['biuld'], 2, /unknown command 'biuld'\n\(Did you mean build\?\)/],
  ])('%j exits with %i and one clear line', async (argv, code, message) => {
    const world = makeWorld({
      files: {
        ...FILES,
        'empty/readme.txt': '',
        'bad.yml': 'no: sources\n',
        'tab.yml': 'sources:\n\t- name: x\n',
      },
    });
    const ended = await world.run(argv);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^rulescope: /);
    expect(ended.stderr).not.toContain('    at ');
  });

  test('that finds no rule leaves the old catalog, and names the files with their reasons', async () => {
    const world = makeWorld({ files: { 'rules/rule.yml': ruleText('Quiet setup', FIRST) } });
    await world.run(['build', 'rules']);
    const { catalog } = JSON.parse((await world.run(['stats', '--json'])).stdout);
    world.write('rules/rule.yml', 'title: [never closed\n');
    const { code, stdout, stderr } = await world.run(['build', 'rules']);
    expect(code).toBe(1);
    expect(stdout).toContain('rules/rule.yml:');
    expect(stdout).toContain(`Catalog: ${catalog} (left as it was: no rule was found)\n`);
    expect(stderr).toBe(
      `rulescope: There is no rule in ${join(world.cwd, 'rules')}: the catalog ${catalog} was left as it was.\n`,
    );
    const json = await world.run(['build', 'rules', '--json']);
    expect(json).toMatchObject({ code: 1, stderr });
    expect(JSON.parse(json.stdout)).toMatchObject({
      rules: 0,
      written: false,
      problems: [{ source: 'rules', path: 'rule.yml', diagnostics: [{ severity: 'error' }] }],
    });
    expect(await world.run(['serve', '--build', 'rules'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('rules/rule.yml:'),
    });
    expect((await world.run(['show', FIRST])).code).toBe(0);
  });

  test('names both files of an id that two rules have', async () => {
    const same = Array.from({ length: 11 }, (_, i) => [`rules/same-${i + 10}.yml`, ruleText('Same', FIRST)]);
    const world = makeWorld({ files: { ...FILES, ...Object.fromEntries(same) } });
    const { code, stdout } = await world.run(['build', 'rules']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `11 rules say an id that another rule has already:\n  rules/same-10.yml: sigma/${FIRST} is that of rules/first.yml\n`,
    );
    expect(stdout).toMatch(/ {2}rules\/same-19\.yml: .*\n {2}and 1 more: --verbose lists them all\n/);
    const { duplicates } = JSON.parse((await world.run(['build', 'rules', '--json'])).stdout);
    expect(duplicates[0]).toEqual({
      id: 'sigma/rules/same-10.yml#0',
      source: 'rules',
      path: 'same-10.yml',
      wanted: `sigma/${FIRST}`,
      keeper: { source: 'rules', path: 'first.yml' },
    });
  });

  test('names the rules that are not understood in full, at most 20 of them; so does stats', async () => {
    const broken = ruleText('Broken', '').replace('and not filter', 'and not elsewhere');
    const rules = Array.from({ length: 22 }, (_, i) => [`rules/${i + 10}.yml`, broken]);
    const world = makeWorld({ files: { ...FILES, ...Object.fromEntries(rules) } });
    for (const [command, line] of [
      [['build', 'rules'], /rules\/10\.yml:15:\d+: in part: sigma\/rules\/10\.yml#0: .*elsewhere.* \[/],
      [
        ['stats'],
        /rules\/10\.yml: in part: sigma\/rules\/10\.yml#0 \(15:\d+ of the rule\): .*elsewhere.* \[/,
      ],
    ] as const) {
      const { code, stdout } = await world.run(command);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^22 rules not understood in full:\\n {2}${line.source}`, 'm'));
      expect(stdout).toMatch(/rules\/29\.yml:.*\n {2}and 2 more: --verbose lists them all\n/);
      const all = await world.run([...command, '--verbose']);
      expect(all.stdout).toContain('rules/31.yml:');
      const json = JSON.parse((await world.run([...command, '--json'])).stdout);
      expect(json.notUnderstood).toHaveLength(22);
      expect(json.notUnderstood[21]).toMatchObject({ path: '31.yml', diagnostic: { line: 15 } });
    }
  });

  test('shows progress on a terminal when it takes long', async () => {
    const world = makeWorld({ files: FILES });
    let time = 0;
    const now = () => (time += 600);
    const shown = await world.run(['build', 'rules'], {
      terminal: true,
      columns: 30,
      now,
      env: { NO_COLOR: '1' },
    });
    expect(shown.stderr).toBe('\r\x1b[K2 of 2 files  second.yml\r\x1b[K');
    expect((await world.run(['build', 'rules'], { terminal: true })).stderr).toBe('');
    expect((await world.run(['build', 'rules', '--quiet'], { terminal: true, now })).stderr).toBe('');
    expect((await world.run(['build', 'rules'], { now })).stderr).toBe('');
  });
});

describe('questions about a catalog', () => {
  async function built(more: Readonly<Record<string, string>> = {}) {
    const world = makeWorld({ files: { ...FILES, ...more } });
    const { code } = await world.run(['build', 'rules', '--quiet']);
    expect(code).toBe(0);
    return world;
  }

  test('show says which macro an indicator came from', async () => {
    const world = await built({
      'rules/macros/shell.yml': 'name: shell\ndefinition: Image="*\\\\sh"\n',
      'rules/detections/a.yml': 'name: A\nid: d2\ntype: TTP\nsearch: index=main `shell` NOT `shell` x=1\n',
    });
    const { stdout } = await world.run(['show', 'd2']);
    expect(stdout).toContain('Indicators\n  Image ends_with "\\sh"  [via macro:shell]  this rule only\n');
    expect(stdout).toContain(
      'Excluded values\n  Image ends_with "\\sh"  [via macro:shell]  this rule only\n',
    );
  });

  test('show prints a rule with its corpus counts, by its short id too', async () => {
    const world = await built();
    const { code, stdout } = await world.run(['show', `sigma/${FIRST}`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Quiet setup\nsigma\/3f0b/);
    expect(stdout).toContain('Log source  product windows, category process_creation');
    expect(stdout).toContain('Image ends_with "\\setup.exe"  1 other rule (sigma 1)');
    expect(stdout).toContain(
      'Excluded values\n  ParentImage = "C:\\Windows\\explorer.exe"  1 other rule (sigma 1)',
    );
    expect((await world.run(['show', FIRST])).stdout).toBe(stdout);
    expect((await world.run(['show', FIRST.toUpperCase()])).stdout).toBe(stdout);
    expect((await world.run(['show', `SIGMA/${FIRST}`])).stdout).toBe(stdout);
    const json = JSON.parse((await world.run(['show', FIRST, '--json'])).stdout);
    expect(json.id).toBe(`sigma/${FIRST}`);
    expect(json.indicatorCounts[0]).toMatchObject({ value: '\\setup.exe', others: { total: 1 } });
    const missing = await world.run(['show', 'none']);
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^rulescope: There is no rule none in /),
    });
  });

  test('show counts no rules of what only picks the events', async () => {
    const search = 'name: Logons\nid: d2\nsearch: index=main EventCode=4768 user="only-here"\n';
    const world = await built({ 'rules/logons.yml': search });
    const { stdout } = await world.run(['show', 'd2']);
    expect(stdout).toMatch(/^ {2}EventCode = .*4768.* {2}picks the events$/m);
    expect(stdout).toMatch(/^ {2}user = "only-here" .* this rule only$/m);
  });

  test('show prints what only some platforms know of a rule', async () => {
    const detection = [
      'name: Quiet Setup',
      'id: d1',
      'type: TTP',
      'search: index=main process_name="setup.exe"',
      'data_source: [Sysmon EventID 1, Windows Event Log Security 4688]',
      'tags: { risk_score: 64 }',
      '',
    ].join('\n');
    const world = await built({ 'rules/detection.yml': detection });
    const { stdout } = await world.run(['show', 'd1']);
    expect(stdout).toMatch(/^Quiet Setup\nsplunk\/d1 {2}spl {2}understood in full\n/);
    expect(stdout).toMatch(/^Severity +high$/m);
    expect(stdout).toMatch(/^Risk score +64$/m);
    expect(stdout).toMatch(/^Data source +Sysmon EventID 1; Windows Event Log Security 4688$/m);
    const { platform, metadata } = JSON.parse((await world.run(['show', 'd1', '--json'])).stdout);
    expect(platform).toBe('splunk');
    expect(metadata.facts).toContainEqual({
      name: 'Data source',
      values: ['Sysmon EventID 1', 'Windows Event Log Security 4688'],
    });
  });

  test('stats prints figures', async () => {
    const world = await built({ 'rules/broken.yml': 'title: [never closed\n' });
    const { code, stdout } = await world.run(['stats']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 rules from 3 files, /);
    expect(stdout).toMatch(/^rules {3}sigma {9}2 {8}2 {8}0 {4}0$/m);
    expect(JSON.parse((await world.run(['stats', '--json'])).stdout)).toMatchObject({
      rules: 2,
      problems: 1,
    });
  });

  test('the last catalog that was built is read from any folder, --catalog overrides it', async () => {
    const world = await built();
    await world.run(['build', 'rules/second.yml', '--output', 'second.sqlite', '--quiet']);
    expect(JSON.parse((await world.run(['stats', '--json'])).stdout)).toMatchObject({ rules: 1 });
    await world.run(['build', 'rules', '--quiet']);
    expect(JSON.parse((await world.run(['stats', '--json'])).stdout)).toMatchObject({ rules: 2 });
    const named = await world.run(['stats', '--json', '--catalog', 'second.sqlite']);
    expect(JSON.parse(named.stdout)).toMatchObject({ rules: 1 });
  });

  test('the last catalog that was built in a folder is read there, whatever was built elsewhere', async () => {
    const world = await built();
    world.write('elsewhere/one.yml', ruleText('Elsewhere', SECOND));
    const elsewhere = { cwd: join(world.cwd, 'elsewhere') };
    expect(await world.start(['build', '.', '--quiet'], elsewhere)).toBe(0);
    expect(JSON.parse((await world.run(['stats', '--json'])).stdout)).toMatchObject({ rules: 2 });
    rmSync(join(world.cwd, 'elsewhere'), { recursive: true });
    const nowhere = { cwd: join(world.cwd, 'rules') };
    expect(await world.start(['stats'], nowhere)).toBe(0);
  });

  test.each([['stats'], ['search', 'setup'], ['show', FIRST], ['overlap', FIRST]])(
    '%s names the catalog and when it was built, beside the answer',
    async (...argv) => {
      const world = await built();
      const { stdout, named } = await world.run(argv);
      expect(named).toMatch(
        /^Catalog .*catalog-[0-9a-f]{16}\.sqlite, built \d{4}-\d\d-\d\dT.*Z, of rules\n$/,
      );
      expect(stdout).not.toContain('.sqlite');
      for (const flag of ['--quiet', '--json']) expect((await world.run([...argv, flag])).named).toBe('');
    },
  );

  test('says the command to run where there is no catalog, or none that it can read', async () => {
    const world = makeWorld({ files: FILES });
    for (const argv of [['stats'], ['search', 'x'], ['show', 'x'], ['serve']]) {
      const { code, stderr } = await world.run(argv);
      expect(code).toBe(1);
      expect(stderr).toBe('rulescope: There is no catalog yet: run `rulescope build` first.\n');
    }
    writeFileSync(join(world.cwd, 'not.sqlite'), 'not a catalog');
    for (const file of ['not.sqlite', 'none.sqlite']) {
      const { code, stderr } = await world.run(['stats', '--catalog', file]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^rulescope: .*sqlite.*\n$/);
    }
  });

  test('a catalog of another version is built again, unless --catalog names it', async () => {
    const world = await built();
    const { catalog } = JSON.parse((await world.run(['stats', '--json'])).stdout);
    const age = (version: number) => {
      const database = new DatabaseSync(catalog);
      database.exec(`PRAGMA user_version = ${version}`);
      database.close();
    };
    for (const argv of [['stats'], ['search', 'setup'], ['show', FIRST], ['serve', '--port', '0']]) {
      age(1);
      const named = await world.run([...argv, '--catalog', catalog]);
      expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining('`rulescope build`') });
      expect(await world.run(argv)).toMatchObject({
        code: 0,
        stderr: `rulescope: ${catalog} is of another version: it is built again.\n`,
      });
      expect(await world.run(argv)).toMatchObject({ code: 0, stderr: '' });
    }
    await world.run(['build', 'rules', '--attack', '18.1']);
    age(99);
    await world.run(['stats', '--quiet']);
    expect((await world.run(['stats'])).stdout).toContain('ATT&CK 18.1');
    age(99);
    expect(await world.run(['stats', '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    age(1);
    rmSync(join(world.cwd, 'rules'), { recursive: true });
    expect(await world.run(['stats'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is built again\.\nrulescope: Cannot read .*rules.*\n$/),
    });
  });

  test('keeps to the cache folder', async () => {
    const world = await built();
    expect(readdirSync(world.cwd)).toEqual(['rules']);
    expect(readdirSync(world.cache)).toEqual(['rulescope']);
  });
});
