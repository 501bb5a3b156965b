import type { Readable, Writable } from 'node:stream';

/** A stream to write to; `isTTY` and `columns` where a terminal is behind it. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** A stream to read bytes from. */
export type Input = Readable & { readonly isTTY?: boolean };

/** The world that a command runs in: what a process gives, or a test. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from, absolute. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Resolves when the user or the system asks the command to stop. */
  readonly untilStopped: () => Promise<void>;
}

/** The world of this process. */
export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    now: () => performance.now(),
    untilStopped,
  };
}

/** The handlers stay, so that a second Ctrl-C does not cut a clean end short. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}
