/** Why a catalog could not be built or opened, for programs; the message says it to a person. */
export type CatalogErrorCode =
  /** There is no file at that path. */
  | 'catalog-missing'
  /** The catalog was written by another version of Rulescope: build it again. */
  | 'catalog-version'
  /** The file is not a catalog, or it is damaged: build it again. */
  | 'catalog-damaged'
  /** A source's folder or file cannot be read. */
  | 'source-unreadable'
  /** The file of a release of ATT&CK cannot be read, or is none. */
  | 'attack-unreadable'
  /** The catalog cannot be written where it should be. */
  | 'output-unwritable'
  /** The file that the catalog would replace is something else. */
  | 'output-not-a-catalog';

/** What building and opening throw for what the caller can put right. */
export class CatalogError extends Error {
  readonly code: CatalogErrorCode;

  constructor(code: CatalogErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'CatalogError';
    this.code = code;
  }
}

/** One thing that is wrong in a configuration file. Line and column are one-based. */
export interface ConfigIssue {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Everything that is wrong in a configuration file, in one go; the message has one line for each. */
export class ConfigError extends Error {
  readonly file: string;
  readonly issues: readonly ConfigIssue[];

  constructor(file: string, issues: readonly ConfigIssue[]) {
    super(issues.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'));
    this.name = 'ConfigError';
    this.file = file;
    this.issues = issues;
  }
}

/** The code of a system error, such as `ENOENT`; empty for anything else. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What the system's codes mean, for people. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ELOOP: 'its links lead round in a circle',
};

/** What went wrong, in a few words: those of a system error's code, an error's message, or the value itself. */
export function reasonOf(error: unknown): string {
  return REASONS[systemCode(error)] ?? (error instanceof Error ? error.message : String(error));
}
