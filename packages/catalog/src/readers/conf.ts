import {
  type Diagnostic,
  diagnostic,
  LIMITS,
  type LineStarts,
  lineStarts,
  type Span,
} from '@rulescope/logic';
import { catalogCode } from '../diagnostic-codes.ts';
import { type EmbeddedText, type Escape, embeddedEscaped } from './offsets.ts';

/** A setting of a stanza: `name = value`. */
export interface ConfSetting {
  /** Case matters. */
  readonly name: string;
  /** Without the blanks around it; lines that a backslash continues have a line break between. */
  readonly value: string;
  /** Where the value stands, and its statement with the name. */
  readonly span: Span;
  readonly statement: Span;
  readonly block: ConfBlock;
}

/** A part of a file: a header, and what stands below it. */
export interface ConfBlock {
  readonly span: Span;
  /** What is wrong with it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Settings by their names. Of several with one name the last one counts. */
export type ConfSettings = ReadonlyMap<string, ConfSetting>;

/** A stanza, all parts of the file that have its name taken together. */
export interface ConfStanza {
  readonly name: string;
  /** Where the first of its headers stands. */
  readonly header: Span;
  /** Its own settings, those of `[default]` left out. */
  readonly settings: ConfSettings;
}

export interface ConfFile {
  readonly text: string;
  /** What stands above all stanzas and under `[default]`: every stanza has it that does not say otherwise. */
  readonly defaults: ConfSettings;
  /** In the order of their first headers. */
  readonly stanzas: readonly ConfStanza[];
  /** All parts, in their order; the first one is what stands above all headers. */
  readonly blocks: readonly ConfBlock[];
  readonly lines: LineStarts;
}

/**
 * Reads a configuration file of Splunk (Admin Manual, "Configuration file structure", and "Global settings" in the
 * reference of each file). A backslash at the very end of a line continues it, and a line break is then part of the
 * value; a line that begins with `#` is a comment. Lines that are neither a header nor a setting are passed over, as
 * Splunk does it, and a diagnostic says so (`conf-invalid`). Never throws; linear in the text.
 */
export function readConf(text: string): ConfFile {
  const reading: Reading = { text, lines: lineStarts(text), stanzas: new Map() };
  const top: OpenBlock = { stanza: null, settings: new Map(), span: [0, 0], diagnostics: [] };
  const blocks = [top];
  let block = top;
  for (const statement of statementsOf(text)) {
    const [start, end] = statement;
    if (text.charAt(start) === '#') continue;
    const name = text.charAt(start) === '[' ? headerName(text.slice(start, end)) : null;
    if (name === null) {
      addSetting(statement, block, reading);
    } else {
      block = blockOf(name, statement, top, reading);
      blocks.push(block);
    }
    block.span[1] = end;
  }
  const { lines, stanzas } = reading;
  return { text, defaults: top.settings, stanzas: [...stanzas.values()], blocks, lines };
}

/** The value of a setting as a text of its own, with where its characters stand in the file. */
export function embeddedConf({ text }: ConfFile, { value, span }: ConfSetting): EmbeddedText {
  return embeddedEscaped(text, span, value, continuationAt);
}

/** Whether a value says yes (Admin Manual, "Configuration file structure": booleans in any of their spellings). */
export function isOn(value: string | null | undefined): boolean {
  return /^(?:1|t|true|y|yes|on|enabled?)$/i.test(value?.trim() ?? '');
}

/** The name in a header; null where the line is none. A name may hold brackets itself. */
function headerName(line: string): string | null {
  return line.endsWith(']') ? line.slice(1, -1).trim() : null;
}

interface Reading {
  readonly text: string;
  readonly lines: LineStarts;
  readonly stanzas: Map<string, OpenStanza>;
}

interface OpenStanza extends ConfStanza {
  readonly settings: Map<string, ConfSetting>;
}

/** A part that is being read; settings that are read already share it. */
interface OpenBlock extends ConfBlock {
  /** Null where it is for all stanzas. */
  readonly stanza: OpenStanza | null;
  readonly settings: Map<string, ConfSetting>;
  readonly span: [number, number];
  readonly diagnostics: Diagnostic[];
}

function blockOf(name: string, header: Span, top: OpenBlock, { stanzas }: Reading): OpenBlock {
  const [start, end] = header;
  const opened: Pick<OpenBlock, 'span' | 'diagnostics'> = { span: [start, end], diagnostics: [] };
  if (name === 'default') return { ...opened, stanza: null, settings: top.settings };
  const stanza = stanzas.get(name) ?? { name, header, settings: new Map<string, ConfSetting>() };
  stanzas.set(name, stanza);
  return { ...opened, stanza, settings: stanza.settings };
}

/** What no name of a setting holds: white space, and signs that only the middle of a search has. */
const NO_NAME = /[\s|"'`()[\]]/;

const WIDEST_SHOWN = 40;

function addSetting(statement: Span, block: OpenBlock, { text, lines }: Reading): void {
  const [start, end] = statement;
  const report = (message: string, span: Span): void => {
    if (block.diagnostics.length >= LIMITS.diagnostics) return;
    block.diagnostics.push(diagnostic(catalogCode('conf-invalid'), message, span, lines));
  };
  const written = text.slice(start, end);
  const equals = written.indexOf('=');
  const name = written.slice(0, Math.max(equals, 0)).trimEnd();
  if (name === '' || NO_NAME.test(name)) {
    report(lostLine(written, block), statement);
    return;
  }
  const behind = start + equals + 1;
  const span: Span = [Math.min(behind + blanksAt(text, behind), end), end];
  const value = text.slice(...span).replaceAll(CONTINUATION, '\n');
  block.settings.set(name, { name, value, span, statement, block });
  if (!written.endsWith('\\') || end === text.length || isLineEnd(text, end)) return;
  report(`Blanks behind the backslash: the line is not continued, and ${name} ends here.`, [end - 1, end]);
}

function lostLine(written: string, { stanza }: OpenBlock): string {
  const [first = ''] = written.split('\n', 1);
  const shown = first.length > WIDEST_SHOWN ? `${first.slice(0, WIDEST_SHOWN)}…` : first.trimEnd();
  if (!written.startsWith('[')) {
    return `${JSON.stringify(shown)} is no setting: it is passed over. Was the line before it to end with a backslash?`;
  }
  const owner = stanza === null ? 'all stanzas' : JSON.stringify(stanza.name);
  return `The header ${JSON.stringify(shown)} is not closed: what stands below belongs to ${owner}.`;
}

/**
 * Lines with those that a backslash continues, without the blanks around them; empty ones are left out. Comments are
 * continued as settings are: a search of several lines is often commented out at its first one only.
 */
function* statementsOf(text: string): Generator<Span> {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const start = at;
    let end = lineEnd(text, at);
    while (end > start && text.charAt(end - 1) === '\\' && end < text.length) {
      end = lineEnd(text, behindLineEnd(text, end));
    }
    at = behindLineEnd(text, end);
    const written = text.slice(start, end);
    const from = start + written.length - written.trimStart().length;
    const to = start + written.trimEnd().length;
    if (from < to) yield [from, to];
  }
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  if (feed < 0) return text.length;
  return feed > from && text.charAt(feed - 1) === '\r' ? feed - 1 : feed;
}

function behindLineEnd(text: string, end: number): number {
  return end + (text.charAt(end) === '\r' ? 2 : 1);
}

function isLineEnd(text: string, at: number): boolean {
  return text.charAt(at) === '\n' || text.startsWith('\r\n', at);
}

function blanksAt(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at += 1;
  return at - from;
}

const CONTINUATION = /\\\r?\n/g;

function continuationAt(text: string, at: number): Escape | null {
  if (text.charAt(at) !== '\\' || !isLineEnd(text, at + 1)) return null;
  return { written: text.charAt(at + 1) === '\r' ? 3 : 2, meant: '\n' };
}
