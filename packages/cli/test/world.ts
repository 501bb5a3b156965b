import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Io } from '../src/index.ts';
import { run } from '../src/index.ts';

/** What a test says of the world that a command runs in. */
export interface WorldOptions {
  /** Files of the current folder, by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** How a command ended. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Without the line that names the catalog. */
  readonly stderr: string;
  /** The line on stderr that names the catalog; empty where there is none. */
  readonly named: string;
}

const NAMED = /^Catalog .*, built .*, of .*\n/m;

interface RunOptions {
  readonly stdin?: string | Uint8Array | readonly Uint8Array[];
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** Pretends that a terminal is behind every stream. */
  readonly terminal?: boolean;
  readonly now?: () => number;
  /** Called with what the command has printed so far; true stops a command that serves. */
  readonly stopWhen?: (stdout: string) => Promise<boolean> | boolean;
}

/** A folder of its own with files in it, an empty cache, and a way to run commands there. */
export interface World {
  readonly cwd: string;
  readonly cache: string;
  readonly run: (argv: readonly string[], options?: RunOptions) => Promise<Ended>;
  /** Runs a command with streams of the test's own. */
  readonly start: (argv: readonly string[], streams: Partial<Io>) => Promise<number>;
  readonly write: (path: string, content: string | Uint8Array) => string;
}

/** Makes a world for one test; its folder is removed afterwards. */
export function makeWorld({ files = {} }: WorldOptions = {}): World {
  const root = mkdtempSync(join(tmpdir(), 'rulescope-cli-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const cwd = join(root, 'here');
  const cache = join(root, 'cache');
  mkdirSync(cwd);
  const write = (path: string, content: string | Uint8Array): string => {
    const file = join(cwd, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    cwd,
    cache,
    write,
    run: (argv, options = {}) => runIn(cwd, cache, argv, options),
    start: (argv, streams) => run(argv, { ...quietIo(cwd, cache), ...streams }),
  };
}

/** The rest of the world: no input, and output that nobody reads. */
function quietIo(cwd: string, cache: string): Io {
  return {
    stdin: Readable.from([]),
    stdout: new PassThrough().resume(),
    stderr: new PassThrough().resume(),
    env: { XDG_CACHE_HOME: cache },
    cwd,
    platform: 'linux',
    now: () => 0,
    untilStopped: () => Promise.resolve(),
  };
}

async function runIn(
  cwd: string,
  cache: string,
  argv: readonly string[],
  options: RunOptions,
): Promise<Ended> {
  const stdout = collector(options);
  const stderr = collector(options);
  const chunks =
    typeof options.stdin === 'string' || options.stdin instanceof Uint8Array
      ? [options.stdin]
      : (options.stdin ?? []);
  const stdin = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const base = quietIo(cwd, cache);
  const io: Io = {
    ...base,
    stdin: options.terminal === true ? Object.assign(stdin, { isTTY: true }) : stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { ...base.env, ...options.env },
    now: options.now ?? base.now,
    untilStopped: async () => {
      while (!(await (options.stopWhen?.(stdout.text()) ?? true))) await new Promise(setImmediate);
    },
  };
  const code = await run(argv, io);
  const told = stderr.text();
  const [named = ''] = NAMED.exec(told) ?? [];
  return { code, stdout: stdout.text(), stderr: told.replace(NAMED, ''), named };
}

function collector({ terminal = false, columns }: RunOptions) {
  const parts: Buffer[] = [];
  const stream = Object.assign(new PassThrough(), {
    ...(terminal ? { isTTY: true } : {}),
    ...(columns === undefined ? {} : { columns }),
  });
  stream.on('data', (part: Buffer) => parts.push(part));
  return { stream, text: () => Buffer.concat(parts).toString('utf8') };
}

/** A small rule of our own. */
export function ruleText(title: string, id: string, extra = ''): string {
  return `title: ${title}
id: ${id}
status: test
level: medium
author: Rulescope
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\setup.exe'
        CommandLine|contains|windash: '-q'
    filter:
        ParentImage: 'C:\\Windows\\explorer.exe'
${extra}    condition: selection and not filter
`;
}

export const FIRST = '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6a01';
export const SECOND = '3f0b7f6e-2f0e-4a54-9a3b-0d1f4f4f6a02';
