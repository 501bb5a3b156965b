import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { FIRST, makeWorld, ruleText, SECOND } from './world.ts';

const RULE = ruleText('Quiet setup', FIRST);

describe('explain for people', () => {
  test('shows stages, exclusions and indicators', async () => {
    const world = makeWorld({ files: { 'rule.yml': RULE } });
    const { code, stdout, stderr } = await world.run(['explain', 'rule.yml']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(`rule.yml  Quiet setup  ${FIRST}  sigma  understood in full`);
    expect(stdout).toMatch(/Stages\n {2}0 {2}condition\n.*\n {2}1 {2}selection\n/);
    expect(stdout).toMatch(/Exclusions\n {2}1 {2}ParentImage = "C:\\Windows\\explorer.exe"/);
    expect(stdout).toMatch(
      /Indicators\n {2}Image ends_with "\\setup.exe"\n {2}CommandLine contains "-q" \[windash\]/,
    );
  });

  test('tells problems with their place, as compilers do', async () => {
    const world = makeWorld({ files: { 'rule.yml': RULE.replace('and not filter', 'and not filterr') } });
    const { stdout } = await world.run(['explain', 'rule.yml']);
    expect(stdout).toMatch(/^rule\.yml:15:\d+: error: .*filterr.* \[sigma-[a-z-]+\]$/m);
  });

  test('reads standard input, with a byte order mark and CRLF too', async () => {
    const stdin = `\ufeff${RULE.replaceAll('\n', '\r\n')}`;
    const { code, stdout } = await makeWorld().run(['explain', '-'], { stdin });
    expect(code).toBe(0);
    expect(stdout).toContain(`standard input  Quiet setup  ${FIRST}  sigma  understood in full`);
    expect((await makeWorld().run(['explain'], { stdin })).stdout).toBe(stdout);
  });

  test('reads UTF-16 where a byte order mark says so', async () => {
    const world = makeWorld({ files: { 'rule.yml': Buffer.from(`\ufeff${RULE}`, 'utf16le') } });
    expect((await world.run(['explain', 'rule.yml'])).stdout).toContain('understood in full');
  });

  test('reads bytes that are not UTF-8, and says so', async () => {
    const bytes = Buffer.from(RULE.replace('-q', '-\xff'), 'latin1');
    const { code, stdout } = await makeWorld({ files: { 'rule.yml': bytes } }).run(['explain', 'rule.yml']);
    expect(code).toBe(0);
    expect(stdout).toContain('CommandLine contains "-\ufffd" [windash]');
    expect(stdout).toContain(
      'rule.yml:1:1: warning: Bytes that are not UTF-8 are read as U+FFFD. [not-utf-8]',
    );
  });

  test('lets no control character of a rule reach the terminal', async () => {
    const evil = ruleText('T', FIRST).replace("'-q'", String.raw`"\e]0;owned\a\u009b31m\u202e\r-q"`);
    const world = makeWorld({ files: { 'a\u001b[31m.yml': evil, 'b.yml': 'detection: \u001b[31m' } });
    for (const flags of [[], ['--json']]) {
      const { stdout, stderr } = await world.run([
        'explain',
        'a\u001b[31m.yml',
        'b.yml',
        'c\u001b[2J.yml',
        ...flags,
      ]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(stdout + stderr).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    }
  });

  test('exits with 1 where nothing was understood, or a file cannot be read, and goes on', async () => {
    const world = makeWorld({ files: { 'rule.yml': RULE, 'empty.yml': '', 'folder/x.yml': RULE } });
    const empty = await world.run(['explain', 'empty.yml', 'rule.yml']);
    expect(empty.code).toBe(1);
    expect(empty.stdout).toContain('rule.yml  Quiet setup  3f0b');
    const missing = await world.run(['explain', 'none.yml', 'folder', 'rule.yml']);
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain(
      'none.yml:1:1: error: Cannot read none.yml: there is no such file or folder.',
    );
    expect(missing.stdout).toContain('Cannot read folder: it is a folder.');
    expect(missing.stdout).toContain('rule.yml  Quiet setup  3f0b');
  });

  test('names the language that it cannot read', async () => {
    const world = makeWorld({ files: { 'words.abc': 'a few words', 'text.txt': 'a few words' } });
    const words = await world.run(['explain', 'words.abc']);
    expect(words.code).toBe(1);
    expect(words.stdout).toContain(
      'Nothing tells the language of this text. Languages that can be read: sigma,',
    );
    const asked = await world.run(['explain', '--jsonl'], { stdin: '{"language":"klingon","query":"x"}' });
    expect(JSON.parse(asked.stdout).diagnostics[0].message).toContain(
      'The language "klingon" cannot be read.',
    );
    expect((await world.run(['explain', 'text.txt'])).stdout).toContain('Nothing tells the language');
    expect((await world.run(['explain', '--language', 'klingon', 'text.txt'])).code).toBe(2);
  });

  test('reads searches: in files of their own, within files of rules, from standard input', async () => {
    const detection = 'name: Quiet Setup\nid: a\nsearch: |-\n  index=main\n  | frobnicate x\n';
    const world = makeWorld({ files: { 'a.spl': 'index=main foo', 'b.yml': detection } });
    const file = await world.run(['explain', 'a.spl']);
    expect(file.code).toBe(0);
    expect(file.stdout).toContain('any field has "foo"');
    const rule = await world.run(['explain', 'b.yml']);
    expect(rule.stdout).toContain('b.yml  Quiet Setup  a  spl');
    expect(rule.stdout).toMatch(/^b\.yml:5:\d+: /m);
    const result = JSON.parse((await world.run(['explain', '--json', 'b.yml'])).stdout);
    expect(result).toMatchObject({ schema: 1, id: 'a', language: 'spl' });
    const spans: [number, number][] = result.stages.flatMap(
      (stage: { spans: [number, number][] }) => stage.spans,
    );
    expect(spans.map(([start, end]) => detection.slice(start, end).trim())).toEqual([
      'index=main',
      '| frobnicate x',
    ]);
    for (const [stdin, argv] of [
      ['index=main foo', ['explain', '--language', 'spl', '-']],
      ['index=main foo', ['explain', '-']],
      [detection, ['explain', '-']],
    ] as const) {
      expect((await world.run(argv, { stdin })).stdout).toContain('spl');
    }
  });

  test('takes the events from what the rule says of its data, as show does', async () => {
    const search = ['name: A', 'id: d3', 'search: index=main process_name="setup.exe"', ''].join('\n');
    const explained = async (text: string) =>
      (await makeWorld({ files: { 'a.yml': text } }).run(['explain', 'a.yml'])).stdout;
    expect(await explained(search)).not.toContain('Event coverage');
    expect(await explained(`${search}data_source: [Sysmon EventID 1]\n`)).toMatch(
      /Event coverage\n +full +Sysmon 1 Process creation/,
    );
  });

  test('names the canonical field of an indicator, where the rule calls it otherwise', async () => {
    const stdin = 'DeviceProcessEvents\n| where FileName =~ "a.exe" and ProcessCommandLine contains "-q"';
    const { stdout } = await makeWorld().run(['explain', '-'], { stdin });
    expect(stdout).toMatch(/^ {2}FileName = "a.exe" {2}counted as Image$/m);
    expect(stdout).toMatch(/^ {2}ProcessCommandLine contains "-q" {2}counted as CommandLine$/m);
    const sigma = await makeWorld({ files: { 'rule.yml': RULE } }).run(['explain', 'rule.yml']);
    expect(sigma.stdout).not.toContain('counted as');
  });

  test('says where a search takes its events from', async () => {
    const stdin = 'index=main index=web sourcetype=access foo';
    const { stdout } = await makeWorld().run(['explain', '--language', 'spl', '-'], { stdin });
    expect(stdout).toContain('Looks in\n  index main, web\n  sourcetype access\n');
    const sigma = await makeWorld({ files: { 'rule.yml': RULE } }).run(['explain', 'rule.yml']);
    expect(sigma.stdout).toContain('Looks in\n  log source product windows, category process_creation\n');
  });

  test.each(['SPL', 'splunk', ' Spl'])('knows the language %s', async (name) => {
    const world = makeWorld();
    const stdin = 'index=main foo';
    const file = await world.run(['explain', '--language', name, '-'], { stdin });
    expect(file).toMatchObject({ code: 0, stdout: expect.stringContaining('spl  understood in full') });
    const line = JSON.stringify({ id: 'a', language: name, query: stdin });
    const { stdout } = await world.run(['explain', '--jsonl'], { stdin: line });
    expect(JSON.parse(stdout)).toMatchObject({ language: 'spl', understood: 'full' });
  });

  test('takes macros and lookups from the folder of --source', async () => {
    const world = makeWorld({
      files: {
        'content/macros/shell.yml': 'name: shell\ndefinition: Image="*\\sh"\n',
        'content/detections/a.yml': 'name: A\nsearch: index=main `shell`\n',
      },
    });
    const of = async (argv: readonly string[], stdin = '') =>
      (await world.run(['explain', ...argv], { stdin })).stdout;
    const detection = 'content/detections/a.yml';
    expect(await of([detection])).not.toContain('via macro:shell');
    expect(await of(['--source', 'content', detection])).toContain(
      'Image ends_with "\\sh" [via macro:shell]',
    );
    expect(await of(['--source', 'content', '--language', 'spl', '-'], '`shell`')).toContain(
      'via macro:shell',
    );
    const line = JSON.stringify({ id: 'a', language: 'spl', query: '`shell`' });
    expect(await of(['--source', 'content', '--jsonl'], line)).toContain('"via":"macro:shell"');
    expect(await world.run(['explain', '--source', 'nowhere', detection])).toMatchObject({ code: 1 });
  });

  test.each([
    ['app/default/savedsearches.conf', 'app/default', 'app/lookups'],
    ['savedsearches.conf', '.', 'lookups'],
  ])('reads what %s uses of its app without --source', async (file, conf, lookups) => {
    const search = 'index=main `shell` | lookup bad.csv Image OUTPUT level | search level=high';
    const world = makeWorld({
      files: {
        [file]: `[A]\nsearch = ${search}\n`,
        [`${conf}/macros.conf`]: '[shell]\ndefinition = Image="*\\\\sh"\n',
        [`${lookups}/bad.csv`]: 'Image,level\n/tmp/x,high\n/bin/y,low\n',
        'other/deep/macros.conf': '[shell]\ndefinition = Image="never"\n',
      },
    });
    const { stdout } = await world.run(['explain', file]);
    expect(stdout).toContain('Image ends_with "\\sh" [via macro:shell]');
    expect(stdout).toContain('Image = "/tmp/x" [via lookup:bad.csv]');
  });

  test('says of names that nothing here defines that they are missing, and of one name only once', async () => {
    const search = '[A]\nsearch = index=main `ours` x=1\n';
    const { stdout } = await makeWorld({ files: { 'savedsearches.conf': search } }).run([
      'explain',
      'savedsearches.conf',
    ]);
    expect(stdout.split('\n')[0]).toBe(
      'savedsearches.conf  A  spl  understood in full, but for 1 name of your environment',
    );
  });

  test('tells of the rules of a folder in a line each', async () => {
    const world = makeWorld({
      files: {
        'app/default/savedsearches.conf': '[A]\nsearch = `m` x=1\n\n[B]\nsearch = index=main y=(\n',
        'app/default/macros.conf': '[m]\ndefinition = index=main z=1\n',
        'app/rule.yml': RULE,
        'app/README.md': '# An app',
      },
    });
    const { code, stdout } = await world.run(['explain', 'app']);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('app/default/savedsearches.conf  A  spl  understood in full  2 indicators');
    expect(lines[1]).toMatch(/^app\/default\/savedsearches\.conf {2}B {2}spl {2}understood in part/);
    expect(lines[2]).toMatch(/^app\/default\/savedsearches\.conf:5:\d+: error: /);
    expect(lines.at(-2)).toBe(
      'app/rule.yml  Quiet setup  sigma  understood in full  2 indicators  1 exclusion',
    );
    const json = JSON.parse((await world.run(['explain', '--json', 'app'])).stdout);
    expect(json.map(({ file }: { file: string }) => file)).toEqual([
      'app/default/savedsearches.conf',
      'app/rule.yml',
    ]);
    expect(json[1].result).toMatchObject({ title: 'Quiet setup', understood: 'full' });
    expect((await world.run(['explain', 'app', 'app/rule.yml'])).stdout).toMatch(
      /: Cannot read app: it is a folder/,
    );
    world.write('broken/a.yml', 'title: A\ndetection: [');
    expect((await world.run(['explain', 'broken'])).code).toBe(1);
  });

  test('lists thresholds apart from indicators', async () => {
    const stdin = 'index=main x=1 | stats count by user | where count > 10';
    const { stdout } = await makeWorld().run(['explain', '-l', 'spl', '-'], { stdin });
    expect(stdout).toMatch(/^Indicators\n {2}x = .*\n\nThresholds\n {2}count > 10 \[derived\]\n/m);
  });

  test('says of a rule in a language that is not read which one that is', async () => {
    const rule = 'title: A\nlogic_format: snowflake\nlogic: select 1\n';
    const { code, stdout } = await makeWorld({ files: { 'a.yml': rule } }).run(['explain', 'a.yml']);
    expect(code).toBe(1);
    expect(stdout).toContain('a.yml:3:8: info: The rule is written in Snowflake SQL');
  });

  test('reads files whose names start with a dash behind --', async () => {
    const world = makeWorld({ files: { '-x.yml': RULE } });
    for (const flags of [[], ['-q'], ['--json']]) {
      expect((await world.run(['explain', ...flags, '--', '-x.yml'])).code).toBe(0);
    }
  });

  test('asks for a file where a person sits at the terminal', async () => {
    const { code, stderr } = await makeWorld().run(['explain'], { terminal: true });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^rulescope: Name a file/);
  });
});

describe('explain --json', () => {
  test('prints the result of one text', async () => {
    const world = makeWorld({ files: { 'rule.yml': RULE } });
    const { stdout } = await world.run(['explain', '--json', 'rule.yml']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      id: FIRST,
      language: 'sigma',
      understood: 'full',
      indicators: [{ field: 'Image' }, { field: 'CommandLine' }],
    });
  });

  test('prints a list for several, each at its place', async () => {
    const world = makeWorld({ files: { 'a.yml': RULE, 'b.yml': ruleText('Other', SECOND) } });
    const { code, stdout } = await world.run(['explain', '--json', 'a.yml', 'none.yml', 'b.yml']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: FIRST },
      { id: null, understood: 'none', diagnostics: [{ code: 'input-unreadable' }] },
      { id: SECOND },
    ]);
  });
});

describe('the published schema', () => {
  const file = fileURLToPath(new URL('../../logic/schema/result.schema.json', import.meta.url));
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')));

  test.each([
    ['a rule', RULE],
    ['two rules', `${RULE}---\n${ruleText('Other', SECOND)}`],
    ['nothing', ''],
    ['a broken rule', RULE.replace('condition:', 'condition: (')],
  ])('accepts what is printed for %s', async (_name, text) => {
    const { stdout } = await makeWorld().run(['explain', '--json', '-l', 'sigma', '-'], { stdin: text });
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('accepts the answer to a request that is wrong', async () => {
    const stdin = '{"id":"x","language":"spl","query":"index=main"}\n{"id":"x","language":"sigma"}\n';
    const { stdout } = await makeWorld().run(['explain', '--jsonl'], { stdin });
    for (const line of stdout.trimEnd().split('\n')) expect(validate(JSON.parse(line))).toBe(true);
  });
});
