import { expect, test } from 'vitest';
import { FIRST, makeWorld, ruleText, SECOND } from './world.ts';

const SEARCH = `name: Quiet Setup\nid: d1\nsearch: index=main process_name="setup.exe" process="*-q*"
data_source: [Sysmon EventID 1]\n`;

async function world(files: Readonly<Record<string, string>> = {}) {
  const made = makeWorld({
    files: {
      'rules/first.yml': ruleText('Quiet setup', FIRST),
      'rules/second.yml': ruleText('Second', SECOND).replace("'-q'", "'-second'"),
      'rules/search.yml': SEARCH,
      ...files,
    },
  });
  await made.run(['build', 'rules', '--quiet']);
  return made;
}

const NEW = `title: New
logsource: { product: windows, category: process_creation }
detection:
  selection:
    Image|endswith: '\\setup.exe'
    CommandLine|contains: [ '-q', 'only-here' ]
  condition: selection
`;

test('a new rule: who looks for the same, in any language, and what is its own', async () => {
  const { run } = await world({ 'new.yml': NEW });
  const { code, stdout, stderr } = await run(['overlap', 'new.yml']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^New\nsigma {2}understood in full\n3 indicators, 0 excluded values\.\n/);
  expect(stdout).toContain('Looked for by no other rule:\n  CommandLine contains "only-here"\n');
  expect(stdout).toMatch(/^ *\d+ % {2}Quiet Setup\n +splunk\/d1 {2}spl {2}2 of its 2 indicators$/m);
  expect(stdout).toMatch(/^ +Image ends_with "\\setup.exe" {2}3 other rules$/m);
  expect(stdout).toMatch(/^ +CommandLine contains "-q" {2}2 other rules$/m);
});

test.each([
  ['index=main process_name="setup.exe"', 'spl'],
  ['DeviceProcessEvents\n| where FileName =~ "setup.exe"', 'kql'],
  ['process where event.type == "start" and process.name : "setup.exe"', 'eql'],
])('standard input may be any language that its text tells: %s', async (stdin, language) => {
  const { run } = await world();
  const { code, stdout } = await run(['overlap', '-'], { stdin });
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^standard input\n${language}  understood in full\n1 indicator, `));
  expect(stdout).toContain('100 %');
});

test('a rule of the catalog is no part of its own answer, by its id or from its file', async () => {
  const { run } = await world();
  for (const name of [FIRST, 'rules/first.yml']) {
    const { code, stdout } = await run(['overlap', name]);
    expect(code).toBe(0);
    expect(stdout.split(FIRST)).toHaveLength(2);
    expect(stdout).toContain('both exclude ParentImage = "c:\\windows\\explorer.exe"  1 other rule');
    expect(stdout.includes('The catalog has this rule: it is left out.')).toBe(name !== FIRST);
  }
});

test('programs get all of it as JSON', async () => {
  const { run } = await world({ 'new.yml': NEW });
  const { stdout } = await run(['overlap', 'new.yml', '--json', '--limit', '1']);
  const { subjects } = JSON.parse(stdout);
  expect(subjects).toMatchObject([
    { id: null, title: 'New', language: 'sigma', known: false, indicators: 3, total: 3, rules: [{}] },
  ]);
  expect(subjects[0].asked[0]).toMatchObject({ value: 'only-here', rules: 0 });
});

test('a rule that nobody shares anything with', async () => {
  const { run } = await world();
  const { code, stdout } = await run(['overlap', '-l', 'SPL', '-'], { stdin: 'index=main x="nobody"' });
  expect(code).toBe(0);
  expect(stdout).toContain('Looked for by no other rule:\n  x = "nobody"\n\nNo rule looks for any of it.\n');
});

test('what is broken is told with the reason', async () => {
  const { run } = await world({
    'broken.yml': 'title: Broken\ndetection: [',
    'lost.toml': '[rule]\nname = "unfinished',
    'empty/notes.txt': 'none',
  });
  const broken = await run(['overlap', 'broken.yml']);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/^Broken\nsigma {2}not understood\n/);
  expect(broken.stdout).toMatch(/^broken\.yml:\d+:\d+: error: /m);
  for (const [argv, reason] of [
    [['none.yml'], /^rulescope: There is no file none\.yml, and no rule of that id in /],
    [['none'], /^rulescope: There is no rule none in /],
    [['-'], /^rulescope: Nothing tells the language of standard input: say it with --language\.$/m],
    [['empty'], /^rulescope: There is no rule in empty\.$/m],
    [['lost.toml'], /^rulescope: lost\.toml:2:\d+: /m],
  ] as const) {
    const { code, stdout, stderr } = await run(['overlap', ...argv], { stdin: 'a few words' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
  }
  expect((await run(['overlap', '-l', 'klingon', '-'])).code).toBe(2);
});

test('a part that takes no part in the comparison is named, where it stands in the file', async () => {
  const { run } = await world({
    'app/default/savedsearches.conf':
      '[A]\nsearch = index=main process_name="setup.exe" `elsewhere`\n\n[B]\nsearch = index=main `here`\n',
    'app/default/macros.conf': '[here]\ndefinition = process_name="setup.exe"\n',
  });
  const { stdout } = await run(['overlap', 'app/default/savedsearches.conf']);
  expect(stdout).toMatch(/^A\n.*understood in full, but for 1 name of your environment$/m);
  expect(stdout).toMatch(/savedsearches\.conf:2:\d+: info: .*elsewhere.* \[spl-unknown-macro\]$/m);
  expect(stdout).toMatch(/^B\n.*understood in full\n1 indicator, /m);
});

test('places are those of the file, whichever of its rules they are in', async () => {
  const { run } = await world({
    'savedsearches.conf': '[A]\nsearch = index=main x=1\n\n[B]\nsearch = index=main `elsewhere`\n',
  });
  const place = /savedsearches\.conf:5:\d+: /.exec(
    (await run(['explain', 'savedsearches.conf'])).stdout,
  )?.[0];
  expect(place).toBeDefined();
  expect((await run(['overlap', 'savedsearches.conf'])).stdout).toContain(`\n${place}`);
});

test('the rules of a folder are one line each, with the closest one', async () => {
  const alone = 'index=main x="nobody"';
  const { run } = await world({
    'new/a.yml': NEW,
    'new/b.spl': alone,
    'new/broken.yml': 'title: Broken\ndetection: [',
    'new/deep/first.yml': ruleText('Quiet setup', FIRST),
    'new/notes.md': '# Nothing of interest',
  });
  const { code, stdout } = await run(['overlap', 'new']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^ *\d+ % {2}new\/a\.yml {2}New {2}~ \S+ {2}.*\n {4}- {2}new\/b\.spl {2}b\n {4}\? {2}new\/broken\.yml {2}Broken {2}not understood\nknown {2}new\/deep\/first\.yml {2}Quiet setup {2}= sigma\/3f0b.*\n1 rule that the catalog has, 1 rule close to one of it, 1 rule with nothing in common, 1 rule not understood\.\n$/,
  );
  const { subjects } = JSON.parse((await run(['overlap', 'new', '--json', '--limit', '1'])).stdout);
  expect(subjects).toHaveLength(4);
  expect(subjects[0]).toMatchObject({ file: 'new/a.yml', title: 'New', rules: [{}] });
});
