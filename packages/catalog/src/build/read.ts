import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type Diagnostic, diagnostic, LIMITS, lineStarts, SHARED_CODES } from '@rulescope/logic';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import { reasonOf } from '../errors.ts';
import { glanceAt } from '../readers/glance.ts';
import type { ReadFile, RuleFormat, SourceFile } from '../readers/reader.ts';
import type { Decoded } from './decode.ts';

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

/** What a format makes of a text. Reading must not throw; where it does, that is said and the build goes on. */
export function readRules(
  format: Pick<RuleFormat, 'read'>,
  content: Decoded,
  context: readonly SourceFile[] = [],
): ReadFile {
  try {
    return finishRead(format.read(content.text, context), content);
  } catch (error) {
    return { rules: [], diagnostics: [readerFailure(error)] };
  }
}

/** What a format makes of several files together, each as `readRules` gives it. Throws where the format does. */
export function readLinkedRules(
  readLinked: NonNullable<RuleFormat['readLinked']>,
  contents: readonly Decoded[],
): readonly ReadFile[] {
  const read = readLinked(contents.map(({ text }) => text));
  return contents.map((content, i) => finishRead(read[i] ?? { rules: [], diagnostics: [] }, content));
}

/** What is said of a file that a reader failed on. */
export function readerFailure(error: unknown): Diagnostic {
  return fileDiagnostic(catalogCode('reader-failed'), `Rulescope failed on this file: ${reasonOf(error)}.`);
}

function finishRead(file: ReadFile, decoded: Decoded): ReadFile {
  const marked = decoded.invalidAt === null ? file : markInvalid(file, decoded.text, decoded.invalidAt);
  if (marked.rules.length > 0 || marked.diagnostics.length > 0) return marked;
  return { ...marked, diagnostics: [noRule(decoded.text)] };
}

/** What is said of a file that no format knows, or in which it finds nothing. */
export function noRule(text: string): Diagnostic {
  const { keys } = glanceAt('', text);
  return fileDiagnostic(catalogCode('no-rule'), `Nothing in the file is a rule.${whyNoRule(keys)}`);
}

/** What is wrong with the keys that a file begins with; empty where it has none. */
function whyNoRule(keys: ReadonlySet<string>): string {
  if (keys.has('query') && (keys.has('name') || keys.has('displayName'))) {
    return ' It has a name and a query, but nothing says in which language: a rule of Sentinel whose query is not plainly KQL has `tactics`, `queryFrequency` or `requiredDataConnectors` as well.';
  }
  if (keys.has('query') && keys.has('severity')) return ' It has a query, but no `name`.';
  const first = [...keys].slice(0, 5).join(', ');
  return first === '' ? '' : ` No format of rules has the keys that it begins with (${first}).`;
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
