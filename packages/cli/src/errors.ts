export { reasonOf, systemCode } from '@rulescope/catalog';

/** The exit codes of `rulescope`, for scripts. */
export const EXIT = {
  ok: 0,
  /** Something failed, was not found or could not be understood. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error that is the user's to put right: its message is one line that says how. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failed, cause?: unknown) {
    super(message, { cause });
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** The command line is wrong. */
export function usageError(message: string): CliError {
  return new CliError(message, EXIT.usage);
}
