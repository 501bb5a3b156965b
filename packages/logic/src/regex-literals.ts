import { LIMITS } from './limits.ts';

/** Longer patterns are not read: no rule that a person wrote has one. */
const MAX_PATTERN = 50_000;

/**
 * The literal texts that every text which a regex matches must contain, in the order in which they stand in
 * it and without overlaps; under the flag `i` in either case. They say where a pattern is looked for fast,
 * and to a person what it is about: `(?i)msiexec.*?\.\w{2,5}` gives `msiexec` and `.`.
 *
 * Reads what PCRE2 and RE2 have in common with their relatives (PCRE2's pcre2pattern(3); RE2's "Syntax"
 * page). It is careful rather than complete: an alternation, an optional part, a class, a look-around or a
 * back-reference ends a literal and gives none, and a pattern that is broken, or longer or deeper than any
 * sensible one, gives an empty list. Linear in the pattern; never throws. Of `flags` only `x` matters here.
 */
export function requiredLiterals(pattern: string, flags = ''): readonly string[] {
  if (pattern.length > MAX_PATTERN) return [];
  const top: Group = { start: 0, opaque: false, alternation: false, outerExtended: false };
  const reader: Reader = {
    pattern,
    position: 0,
    pieces: [],
    atom: NO_ATOM,
    groups: [top],
    extended: flags.includes('x'),
  };
  while (reader.position < pattern.length) {
    if (!readPart(reader)) return [];
  }
  return reader.groups.length > 1 || top.alternation ? [] : join(reader.pieces);
}

/** A literal character, or a break: any text, or none, may stand there. */
type Piece = string | null;

interface Group {
  /** The number of pieces before the group. */
  readonly start: number;
  /** True where what is inside says nothing of the text matched, such as a look-around. */
  readonly opaque: boolean;
  alternation: boolean;
  /** Whether white space was ignored (flag `x`) outside of the group. */
  readonly outerExtended: boolean;
}

interface Reader {
  readonly pattern: string;
  position: number;
  readonly pieces: Piece[];
  /** The index of the first piece of what a quantifier would repeat. */
  atom: number;
  readonly groups: Group[];
  extended: boolean;
}

const NO_ATOM = -1;

/** Reads one part of the pattern; false where nothing can be said of the pattern as a whole. */
function readPart(reader: Reader): boolean {
  const unit = reader.pattern.charAt(reader.position);
  switch (unit) {
    case '\\':
      return readEscape(reader);
    case '[':
      return readClass(reader);
    case '(':
      return openGroup(reader);
    case ')':
      return closeGroup(reader);
    case '|':
      return alternate(reader);
    case '*':
    case '+':
    case '?':
    case '{':
      return readQuantifier(reader, unit);
    case '.':
      return take(reader, 1, null);
    case '^':
    case '$':
      return takeEmpty(reader, 1);
    default:
      return reader.extended && /[\s#]/.test(unit) ? skipSpace(reader, unit) : takeCharacter(reader);
  }
}

function take(reader: Reader, length: number, piece: Piece): true {
  reader.position += length;
  reader.atom = reader.pieces.length;
  reader.pieces.push(piece);
  return true;
}

/** An anchor or a boundary: what is before and after it stays adjacent. */
function takeEmpty(reader: Reader, length: number): true {
  reader.position += length;
  reader.atom = reader.pieces.length;
  return true;
}

function takeCharacter(reader: Reader): true {
  const character = characterAt(reader.pattern, reader.position);
  return take(reader, character.length, character);
}

function skipSpace(reader: Reader, unit: string): true {
  const lineEnd = unit === '#' ? reader.pattern.indexOf('\n', reader.position) : reader.position;
  reader.position = lineEnd < 0 ? reader.pattern.length : lineEnd + 1;
  return true;
}

function readQuantifier(reader: Reader, unit: string): boolean {
  const braces = unit === '{' ? matchAt(/\{[\d, ]*\}/y, reader) : null;
  if (unit === '{' && (braces === null || !/\d/.test(braces[0]))) return takeCharacter(reader);
  if (reader.atom === NO_ATOM) return false;
  reader.position += braces === null ? 1 : braces[0].length;
  if (/[?+]/.test(reader.pattern.charAt(reader.position))) reader.position += 1; // lazy, possessive
  if (!isRequired(unit, braces?.[0] ?? '')) reader.pieces.length = reader.atom;
  reader.pieces.push(null);
  return true;
}

/** Whether a quantifier asks for its part at least once. What not all dialects read alike does not. */
function isRequired(unit: string, braces: string): boolean {
  if (unit !== '{') return unit === '+';
  const least = /^\{(\d+)(?:,\d*)?\}$/.exec(braces);
  return least !== null && Number(least[1]) > 0;
}

function alternate(reader: Reader): boolean {
  const group = reader.groups.at(-1);
  if (group === undefined) return false;
  group.alternation = true;
  reader.pieces.length = group.start;
  reader.position += 1;
  reader.atom = NO_ATOM;
  return true;
}

function openGroup(reader: Reader): boolean {
  if (reader.groups.length > LIMITS.depth) return false;
  const next = reader.pattern.charAt(reader.position + 1);
  if (next === '*') return false; // (*ACCEPT) and its like can end a match anywhere
  if (next !== '?') return enter(reader, 1, false);
  if (reader.pattern.startsWith('(?#', reader.position)) return skipPast(reader, ')');

  const flags = matchAt(/\(\?([imsxnadluUJL^-]*)([:)])/y, reader);
  if (flags !== null) {
    const scoped = flags[2] === ':';
    if (scoped) enter(reader, flags[0].length, false);
    else reader.position += flags[0].length;
    reader.extended = extendedAfter(flags[1] ?? '', reader.extended);
    if (!scoped) reader.atom = NO_ATOM;
    return true;
  }
  const plain = matchAt(/\(\?(?:[>|]|P?<[\p{L}\p{N}_-]+>|'[\p{L}\p{N}_-]+')/uy, reader);
  return plain === null ? enter(reader, 2, true) : enter(reader, plain[0].length, false);
}

function enter(reader: Reader, length: number, opaque: boolean): true {
  const start = reader.pieces.length;
  reader.groups.push({ start, opaque, alternation: false, outerExtended: reader.extended });
  reader.position += length;
  reader.atom = NO_ATOM;
  return true;
}

/** Whether white space is ignored after inline flags such as `i-x`. */
function extendedAfter(flags: string, before: boolean): boolean {
  const [on = '', off = ''] = flags.split('-', 2);
  if (off.includes('x')) return false;
  return on.includes('x') || (before && !on.includes('^'));
}

function closeGroup(reader: Reader): boolean {
  const group = reader.groups.pop();
  if (group === undefined || reader.groups.length === 0) return false;
  if (group.opaque || group.alternation) {
    reader.pieces.length = group.start;
    reader.pieces.push(null);
  }
  reader.position += 1;
  reader.atom = group.start;
  reader.extended = group.outerExtended;
  return true;
}

/** Escapes for one character, alike in all dialects. */
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['a', '\u0007'],
  ['e', '\u001b'],
]);

function readEscape(reader: Reader): boolean {
  const letter = characterAt(reader.pattern, reader.position + 1);
  const control = CONTROLS.get(letter);
  if (letter === '') return false;
  if (letter === 'Q') return readQuoted(reader);
  if (letter === 'E') return skip(reader, 2);
  if (letter === 'x' || letter === 'u') return readCodePoint(reader);
  if (control !== undefined) return take(reader, 2, control);
  if (/[bBAzZGK]/.test(letter)) return takeEmpty(reader, 2);
  if (/[0-9]/.test(letter)) return take(reader, matchAt(/\\\d+/y, reader)?.[0].length ?? 2, null);
  if (/[cgkpPNo]/.test(letter)) return readArgument(reader, letter);
  return take(reader, 1 + letter.length, /[A-Za-z]/.test(letter) ? null : letter);
}

/** `\Q..\E`: literal to the end of the pattern where `\E` is missing. */
function readQuoted(reader: Reader): true {
  const end = reader.pattern.indexOf('\\E', reader.position);
  const stop = end < 0 ? reader.pattern.length : end;
  reader.position += 2;
  while (reader.position < stop) takeCharacter(reader);
  reader.position = end < 0 ? stop : stop + 2;
  return true;
}

/** `\x41`, `\x{41}`, `\u0041`, `\u{41}`; `\x4`, which dialects read differently, is a break. */
function readCodePoint(reader: Reader): boolean {
  const found =
    matchAt(/\\(?:x|u)\{([0-9a-fA-F]{1,6})\}/y, reader) ??
    matchAt(/\\x([0-9a-fA-F]{2})/y, reader) ??
    matchAt(/\\u([0-9a-fA-F]{4})/y, reader);
  if (found !== null) {
    const code = Number.parseInt(found[1] ?? '', 16);
    return code <= 0x10ffff && take(reader, found[0].length, String.fromCodePoint(code));
  }
  const short = matchAt(/\\x[0-9a-fA-F]?(?!\{)/y, reader);
  return short !== null && take(reader, short[0].length, null);
}

/** Escapes with an argument: `\p{L}`, `\pL`, `\k<name>`, `\g-1`, `\cA`, `\N{U+41}`, `\o{101}`. */
function readArgument(reader: Reader, letter: string): boolean {
  const close = { '{': '}', '<': '>', "'": "'" }[reader.pattern.charAt(reader.position + 2)];
  if (close !== undefined && letter !== 'c') {
    reader.position += 3;
    return skipPast(reader, close) && take(reader, 0, null);
  }
  if (letter === 'g') return take(reader, matchAt(/\\g[-+]?\d*/y, reader)?.[0].length ?? 2, null);
  return take(reader, /[cpP]/.test(letter) ? 3 : 2, null);
}

/** A class is a break, save a class of one character, which some write in place of an escape: `[.]`. */
function readClass(reader: Reader): boolean {
  const { pattern } = reader;
  const negated = pattern.charAt(reader.position + 1) === '^';
  const first = reader.position + (negated ? 2 : 1);
  const members: Piece[] = [];
  reader.position = first;
  while (reader.position < pattern.length) {
    if (pattern.charAt(reader.position) === ']' && reader.position > first) {
      const [only] = members;
      return take(reader, 1, !negated && members.length === 1 && only !== undefined ? only : null);
    }
    const member = readMember(reader);
    if (member === undefined) return false;
    if (members.length < 2) members.push(member);
  }
  return false;
}

/** One member of a class: a character, null for several, undefined where the class has no end. */
function readMember(reader: Reader): Piece | undefined {
  const { pattern, position } = reader;
  const character = characterAt(pattern, position);
  const next = characterAt(pattern, position + 1);
  const posix = matchAt(/\[[:.=]\^?\w*[:.=]\]/y, reader);
  if (posix !== null) {
    reader.position += posix[0].length;
    return null;
  }
  if (character !== '\\') {
    reader.position += character.length;
    return character;
  }
  if (next === 'Q') return skipPast(reader, '\\E') ? null : undefined;
  reader.position += next === 'c' ? 3 : 1 + next.length;
  return /[A-Za-z0-9]/.test(next) ? null : next;
}

function skip(reader: Reader, length: number): true {
  reader.position += length;
  return true;
}

function skipPast(reader: Reader, end: string): boolean {
  const at = reader.pattern.indexOf(end, reader.position);
  reader.position = at + end.length;
  return at >= 0;
}

function matchAt(sticky: RegExp, reader: Reader): RegExpExecArray | null {
  sticky.lastIndex = reader.position;
  return sticky.exec(reader.pattern);
}

/** The character (one code point) at an offset; empty at the end. */
function characterAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function join(pieces: readonly Piece[]): readonly string[] {
  const literals: string[] = [];
  let literal = '';
  for (const piece of pieces) {
    if (piece !== null) literal += piece;
    else if (literal !== '') {
      literals.push(literal);
      literal = '';
    }
  }
  return literal === '' ? literals : [...literals, literal];
}
