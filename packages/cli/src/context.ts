import type { ExitCode } from './errors.ts';
import type { Io } from './io.ts';
import type { Paint } from './output/paint.ts';

/** The flags that every command has. */
export interface GlobalFlags {
  /** Say nothing but the answer. */
  readonly quiet: boolean;
  /** Say more, and show where unexpected errors come from. */
  readonly verbose: boolean;
}

/** What commands are given. */
export interface Context {
  readonly io: Io;
  /** Paint for stdout. */
  readonly paint: Paint;
  /** Sets how the command ended; 0 where it is never called. */
  readonly exit: (code: ExitCode) => void;
}
