import { expect, test } from 'vitest';
import { allDiagnosticCodes } from '../src/commands/help.ts';
import { makeWorld } from './world.ts';

const COMMANDS = ['build', 'serve', 'explain', 'search', 'overlap', 'show', 'stats', 'help'];

test('help names every command and the exit codes', async () => {
  const { code, stdout, stderr } = await makeWorld().run(['help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  expect(stdout).toContain('Exit codes:');
  expect((await makeWorld().run(['--help'])).stdout).toBe(stdout);
});

test.each(COMMANDS)('%s teaches by examples', async (command) => {
  const { code, stdout } = await makeWorld().run(['help', command]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: rulescope ${command} `));
  expect(stdout).toMatch(/Examples:\n {2}# /);
  expect(stdout).toContain('--verbose');
  expect((await makeWorld().run([command, '--help'])).stdout).toBe(stdout);
});

test('every diagnostic has its paragraph, and codes are unique', async () => {
  const codes = allDiagnosticCodes();
  expect(new Set(codes.map((row) => row.code)).size).toBe(codes.length);
  const list = await makeWorld().run(['help', 'codes']);
  for (const row of codes) {
    expect(list.stdout).toContain(row.code);
    expect(row.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(row.help.length).toBeGreaterThan(60);
  }
  expect(JSON.parse((await makeWorld().run(['help', 'codes', '--json'])).stdout)).toEqual(codes);
});

test('help CODE prints its paragraph, broken between words', async () => {
  const { code, stdout } = await makeWorld().run(['help', 'text-too-large'], { columns: 50 });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^The text is too large to be a rule {2}text-too-large {2}error\n\nA text of more than/,
  );
  expect(
    Math.max(
      ...stdout
        .split('\n')
        .slice(1)
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(50);
  const unknown = await makeWorld().run(['help', 'no-such-code']);
  expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no-such-code') });
  expect(unknown.stderr).not.toContain('Did you mean');
  for (const [misspelt, meant] of [
    ['text-to-large', 'text-too-large'],
    ['explian', 'explain'],
  ] as const) {
    const { code: failed, stderr } = await makeWorld().run(['help', misspelt]);
    expect(failed).toBe(1);
    expect(stderr).toMatch(new RegExp(` Did you mean ${meant}\\?\\n$`));
  }
});

test('no command at all is wrong usage, with the help on stderr', async () => {
  const { code, stdout, stderr } = await makeWorld().run([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage: rulescope');
});

test('--version prints the version', async () => {
  expect(await makeWorld().run(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test('colour is for terminals that want it', async () => {
  const colour = '\x1b[1m';
  expect((await makeWorld().run(['help', 'empty-text'], { terminal: true })).stdout).toContain(colour);
  expect((await makeWorld().run(['help', 'empty-text'])).stdout).not.toContain(colour);
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
    expect((await makeWorld().run(['help', 'empty-text'], { terminal: true, env })).stdout).not.toContain(
      colour,
    );
    expect((await makeWorld().run(['help', 'build'], { terminal: true, env })).stdout).not.toContain(colour);
  }
});

test('help words is a glossary, and help WORD says what one of them means', async () => {
  const words = await makeWorld().run(['help', 'words']);
  expect(words.code).toBe(0);
  expect(words.stdout).toMatch(/^blind {2}event coverage\nThe rule can never fire: /m);
  const one = await makeWorld().run(['help', 'counted', 'as']);
  expect(one.stdout).toMatch(/^counted as {2}indicators\nThe canonical field/);
  expect(JSON.parse((await makeWorld().run(['help', 'Blind', '--json'])).stdout)).toMatchObject({
    word: 'blind',
    where: 'event coverage',
  });
});
