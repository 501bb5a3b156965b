import {
  type Diagnostic,
  diagnostic,
  LIMITS,
  type LineStarts,
  lineStarts,
  SHARED_CODES,
  type Span,
} from '@rulescope/logic';
import { type Document, isAlias, isMap, isScalar, parseAllDocuments } from 'yaml';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import { type Fields, fieldsOf } from './fields.ts';
import type { EmbeddedText } from './offsets.ts';
import { embeddedScalar } from './yaml-offsets.ts';

/** One document of a YAML text, a map. */
export interface YamlRecord {
  /** Where the document lies. */
  readonly span: Span;
  /** Its values as plain data: every scalar is a text, as it is written. */
  readonly fields: Fields;
  /** The text under a key at the top, with its place in the file; null where there is none. */
  readonly embedded: (key: string) => EmbeddedText | null;
  /** What is wrong with its YAML, so that a part of it may be missing. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface YamlFile {
  readonly records: readonly YamlRecord[];
  /** What is wrong where there is no record. */
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: LineStarts;
}

/** A file that people keep holds far fewer. */
const MOST_DOCUMENTS = 1000;

/** More uses of aliases than that make a small text large. */
const MOST_ALIASES = 100;

const [TEXT_TOO_LARGE, NESTING_TOO_DEEP] = SHARED_CODES;

/**
 * Reads the documents of a YAML text that are maps, all scalars as texts (YAML 1.2.2, 10.1, the failsafe schema).
 * Never throws: what is wrong is in the diagnostics, of a document where that can still be used.
 */
export function readYamlFile(text: string): YamlFile {
  const lines = lineStarts(text);
  const markers = text.match(/^---/gm)?.length ?? 0;
  if (text.length > LIMITS.textLength || markers > MOST_DOCUMENTS) {
    return unread(fileDiagnostic(TEXT_TOO_LARGE, 'The file is too large for a rule file.'), lines);
  }
  let documents: readonly Document[];
  try {
    documents = documentsOf(text);
  } catch (error) {
    return unread(tooDeep(error), lines);
  }
  const records: YamlRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const found = errorsOf(document, text, lines);
    try {
      const record = recordOf(document, text, found);
      if (record === null) diagnostics.push(...found);
      else records.push(record);
    } catch (error) {
      diagnostics.push(...found, tooDeep(error));
    }
  }
  return { records, diagnostics, lines };
}

function unread(found: Diagnostic, lines: LineStarts): YamlFile {
  return { records: [], diagnostics: [found], lines };
}

function documentsOf(text: string): readonly Document[] {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
    // Its own check compares each pair of keys.
    uniqueKeys: false,
  });
  return Array.isArray(documents) ? documents : [];
}

function recordOf(document: Document, text: string, diagnostics: readonly Diagnostic[]): YamlRecord | null {
  const { contents } = document;
  if (!isMap(contents)) return null;
  const [start, end] = [document.range?.[0] ?? 0, document.range?.[2] ?? text.length];
  const marker = /^---[ \t]*(?:\r?\n)?/.exec(text.slice(start, start + 100))?.[0].length ?? 0;
  return {
    span: [start + marker, end],
    fields: fieldsOf(document.toJS({ maxAliasCount: MOST_ALIASES })),
    embedded: (key) => {
      const written = contents.get(key, true);
      const node = isAlias(written) ? written.resolve(document) : written;
      return isScalar(node) ? embeddedScalar(node, text) : null;
    },
    diagnostics,
  };
}

function errorsOf(document: Document, text: string, lines: LineStarts): readonly Diagnostic[] {
  return document.errors.slice(0, 1).map(({ message, pos }) => {
    const start = Math.min(pos[0], text.length);
    const end = Math.max(start, Math.min(pos[1], text.length));
    return diagnostic(catalogCode('yaml-invalid'), sentence(message), [start, end], lines);
  });
}

/** Some messages of the yaml package go on with a place, which the diagnostic has already. */
function sentence(message: string): string {
  const first = (message.split('\n', 1)[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** The package overflows the stack on some deep texts, and refuses aliases that grow without end. */
function tooDeep(error: unknown): Diagnostic {
  if (error instanceof RangeError)
    return fileDiagnostic(NESTING_TOO_DEEP, 'The YAML is nested too deeply to be read.');
  const reason = error instanceof Error ? error.message : String(error);
  return fileDiagnostic(catalogCode('yaml-invalid'), sentence(reason));
}
