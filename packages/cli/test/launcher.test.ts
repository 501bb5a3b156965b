import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FIRST, ruleText } from './world.ts';

const LAUNCHER = fileURLToPath(new URL('../bin/rulescope.js', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Makes a Node say that it is an older one, as long as it is not started again by another. */
const PRETEND_OLD = [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.11.0'}})`,
];

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function end(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (part) => (texts.stdout += String(part)));
  child.stderr?.on('data', (part) => (texts.stderr += String(part)));
  const [code, signal] = await once(child, 'close');
  return { code, signal, ...texts };
}

/** What a command prints first; where it ends without, why. */
function firstOutput(child: ChildProcess, ended: Promise<Ended>): Promise<string> {
  return Promise.race([
    new Promise<string>((resolve) => child.stdout?.once('data', (part) => resolve(String(part)))),
    ended.then((end) => Promise.reject(new Error(`It ended: ${JSON.stringify(end)}`))),
  ]);
}

function launch(
  launcher: string,
  argv: readonly string[],
  flags: readonly string[] = [],
  env = {},
): ChildProcess {
  const child = spawn(process.execPath, [...flags, launcher, ...argv], {
    env: { PATH: process.env.PATH, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs a line of the shell; `$1` and on are its arguments. */
function shell(line: string, ...args: readonly string[]): ChildProcess {
  return spawn('sh', ['-c', line, 'sh', ...args], { env: { PATH: process.env.PATH } });
}

/** A copy of the launcher as it is installed, with a runtime that is a shell script. */
function install(runtime: string | null): string {
  const root = mkdtempSync(join(tmpdir(), 'rulescope-launcher-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const bin = join(root, 'node_modules', '@rulescope', 'cli', 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, '..', 'package.json'), '{"type":"module"}');
  copyFileSync(LAUNCHER, join(bin, 'rulescope.js'));
  if (runtime !== null) {
    const folder = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'node'), `#!/bin/sh\n${runtime}\n`);
    chmodSync(join(folder, 'node'), 0o755);
  }
  mkdirSync(join(root, 'node_modules', '.bin'));
  const link = join(root, 'node_modules', '.bin', 'rulescope');
  symlinkSync('../@rulescope/cli/bin/rulescope.js', link);
  return link;
}

describe.skipIf(process.platform === 'win32')('on a Node that is too old', () => {
  test('it runs itself with the runtime that npm installed, and keeps its exit code', async () => {
    const link = install('shift; echo "$@"; exit 7');
    const ended = await end(launch(link, ['explain', 'a b', '--json'], PRETEND_OLD));
    expect(ended).toEqual({ code: 7, signal: null, stdout: 'explain a b --json\n', stderr: '' });
  });

  test('it keeps the signal that ended the runtime', async () => {
    const ended = await end(launch(install('kill -KILL $$'), [], PRETEND_OLD));
    expect(ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('it forwards %s', async (signal) => {
    const name = signal.slice(3);
    const child = launch(
      install(`trap 'exit 9' ${name}; echo ready; while :; do sleep 0.05; done`),
      [],
      PRETEND_OLD,
    );
    const ended = end(child);
    await firstOutput(child, ended);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 9, signal: null });
  });

  test.each([
    ['there is no runtime', null, {}],
    ['the runtime is too old as well', 'exit 7', { RULESCOPE_RESPAWNED: '1' }],
  ])('it says which Node it needs where %s', async (_name, runtime, env) => {
    const ended = await end(launch(install(runtime), [], PRETEND_OLD, env));
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(
      /^rulescope: Rulescope needs Node 22\.18 or newer, and this is Node 20\.11\.0\./,
    );
    expect(ended.stderr).toContain('npm install');
  });
});

test('it says what to do where nothing is built', async () => {
  const ended = await end(launch(install(null), []));
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toBe('rulescope: Rulescope is not built yet: run `npm run build` in its folder.\n');
});

describe.skipIf(!existsSync(MAIN))('the built command (skipped where packages/cli/dist is missing)', () => {
  const request = `${JSON.stringify({ id: 'x', language: 'sigma', query: ruleText('T', FIRST) })}\n`;

  test.each([
    ['this Node', []],
    ['an older one', PRETEND_OLD],
  ])('explains as a stream, started by %s', async (_name, flags) => {
    const child = launch(LAUNCHER, ['explain', '--jsonl'], flags);
    child.stdin?.end(request + request);
    const { code, stdout, stderr } = await end(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).understood),
    ).toEqual(['full', 'full']);
  });

  test.skipIf(process.platform === 'win32')('says so where the current folder is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rulescope-gone-'));
    const { code, stdout, stderr } = await end(
      shell('cd "$3" && rmdir "$3" && "$1" "$2" stats', process.execPath, LAUNCHER, folder),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'rulescope: The current folder cannot be used: there is no such file or folder. Change to another one.\n',
    );
  });

  test.skipIf(!existsSync('/dev/full'))('says so where its output cannot be written', async () => {
    const { code, stderr } = await end(
      shell('"$1" "$2" help codes --json > /dev/full', process.execPath, LAUNCHER),
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'rulescope: Cannot write the output: the disk is full.\n',
    });
  });

  test('is silent where its reader has seen enough', async () => {
    const child = launch(LAUNCHER, ['explain', '--jsonl']);
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(request.repeat(5000));
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, stderr } = await end(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, then ends cleanly', async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'rulescope-serve-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'rule.yml'), ruleText('Served', FIRST));
    const child = launch(LAUNCHER, ['--quiet', 'serve', '--build', folder, '--port', '0'], [], {
      XDG_CACHE_HOME: folder,
    });
    const ended = end(child);
    const [url = ''] = /http:\S+/.exec(await firstOutput(child, ended)) ?? [];
    expect(await (await fetch(url)).text()).toContain('Served');
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  });
});
