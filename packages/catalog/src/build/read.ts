import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type Diagnostic, diagnostic, LIMITS, lineStarts, SHARED_CODES } from '@rulescope/logic';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import { reasonOf } from '../errors.ts';
import type { ReadFile, RuleReader } from '../readers/reader.ts';
import { type Decoded, decode } from './decode.ts';

/** The bytes of a file, or why there are none. */
export type FileBytes = { readonly bytes: Buffer } | { readonly diagnostic: Diagnostic };

/** No text within `LIMITS.textLength` has more bytes, whatever its encoding. */
const MAX_BYTES = LIMITS.textLength * 4;

/** Reads a file, unless it is too large or no ordinary file: a pipe would be waited for without end. */
export function readBytes(location: Buffer): FileBytes {
  try {
    const file = openSync(location, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) return unreadable('it is not an ordinary file');
      return stats.size > MAX_BYTES ? tooLarge(stats.size) : { bytes: readFileSync(file) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unreadable(reasonOf(error));
  }
}

function unreadable(reason: string): FileBytes {
  return { diagnostic: fileDiagnostic(catalogCode('file-unreadable'), `Cannot read it: ${reason}.`) };
}

function tooLarge(size: number): FileBytes {
  const message = `The file has ${size} bytes; no rule file has more than ${MAX_BYTES}.`;
  return { diagnostic: fileDiagnostic(TEXT_TOO_LARGE, message) };
}

const [TEXT_TOO_LARGE] = SHARED_CODES;

/** What a reader makes of bytes. A reader must not throw; where one does, that is said and the build goes on. */
export function readRules(reader: RuleReader, bytes: Uint8Array): ReadFile {
  const decoded = decode(bytes);
  return guarded(() => finishRead(reader.read(decoded.text), decoded));
}

/** What a reader makes of several files together, each as `readRules` gives it. */
export function readLinkedRules(reader: RuleReader, files: readonly Uint8Array[]): readonly ReadFile[] {
  const decoded = files.map((bytes) => decode(bytes));
  const read = reader.readLinked(decoded.map(({ text }) => text));
  return read.map((file, i) => finishRead(file, decoded[i] ?? { text: '', invalidAt: null }));
}

function guarded(read: () => ReadFile): ReadFile {
  try {
    return read();
  } catch (error) {
    const message = `Rulescope failed on this file: ${reasonOf(error)}.`;
    return { rules: [], diagnostics: [fileDiagnostic(catalogCode('reader-failed'), message)] };
  }
}

function finishRead(file: ReadFile, decoded: Decoded): ReadFile {
  const marked = decoded.invalidAt === null ? file : markInvalid(file, decoded.text, decoded.invalidAt);
  if (marked.rules.length > 0 || marked.diagnostics.length > 0) return marked;
  return {
    ...marked,
    diagnostics: [fileDiagnostic(catalogCode('no-rule'), 'Nothing in the file is a rule.')],
  };
}

/** Bytes that are no UTF-8 are the business of the rule that they are in. */
function markInvalid(file: ReadFile, text: string, at: number): ReadFile {
  const message = 'The bytes here are not UTF-8.';
  const found = diagnostic(catalogCode('not-utf-8'), message, [at, at + 1], lineStarts(text));
  const owner = file.rules.find(
    ({ query, text: own }) => query.offset <= at && at < query.offset + own.length,
  );
  if (owner === undefined) return { ...file, diagnostics: [...file.diagnostics, found] };
  const query = { ...owner.query, diagnostics: [...owner.query.diagnostics, found] };
  return { ...file, rules: file.rules.map((rule) => (rule === owner ? { ...rule, query } : rule)) };
}
