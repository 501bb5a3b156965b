import { LIMITS } from '@rulescope/logic';
import { hasWildcard, mapText, type Pattern, type Piece } from '@rulescope/logic/parsing';

// Both are part of every browser and of Node; the language packages use no API of either alone.
declare function btoa(binary: string): string;
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** One value on its way through the modifiers. */
export interface Variants {
  /** What the value stands for: any of these. */
  readonly patterns: readonly Pattern[];
  /** Whether the characters are bytes already, as after `wide`; base64 then takes them as they are. */
  readonly bytes: boolean;
}

/** Why a transform cannot be applied: a problem with the value, or too many literals. */
type TransformFailure = { readonly problem: string } | { readonly tooMany: true };

type Transform = (variants: Variants) => Variants | TransformFailure;

const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'] as const;
// A dash that starts a flag: no word character before it, one behind it.
const FLAG_DASH = /(?<![\p{L}\p{N}_])[-/\u2013\u2014\u2015](?=[\p{L}\p{N}_])/u;

/** Every way of writing the dashes that start a flag (Sigma Modifiers, "windash"), the first dash varying slowest. */
function windash({ patterns, bytes }: Variants): Variants | TransformFailure {
  const varied: Pattern[] = [];
  for (const pattern of patterns) {
    const alternatives = pattern.map((piece) => ('text' in piece ? dashAlternatives(piece.text) : null));
    const count = alternatives.reduce((product, list) => product * (list?.count ?? 1), 1);
    if (varied.length + count > LIMITS.expansions) return { tooMany: true };
    let combined: Piece[][] = [[]];
    pattern.forEach((piece, i) => {
      const texts = alternatives[i]?.texts();
      combined = combined.flatMap((head) =>
        texts === undefined ? [[...head, piece]] : texts.map((text) => [...head, { text }]),
      );
    });
    varied.push(...combined);
  }
  return { patterns: varied, bytes };
}

function dashAlternatives(text: string): { readonly count: number; readonly texts: () => readonly string[] } {
  const parts = text.split(new RegExp(FLAG_DASH, 'gu'));
  return {
    count: DASHES.length ** (parts.length - 1),
    texts: () =>
      parts
        .slice(1)
        .reduce<readonly string[]>(
          (heads, part) => heads.flatMap((head) => DASHES.map((dash) => head + dash + part)),
          [parts[0] ?? ''],
        ),
  };
}

/** Replaces each literal by what a function makes of its bytes; wildcards have no bytes. */
function encodeBytes(encode: (binary: string) => readonly string[]): Transform {
  return ({ patterns, bytes }) => {
    if (patterns.some(hasWildcard)) return { problem: 'a value with wildcards cannot be encoded' };
    const encoded = patterns.flatMap((pattern) => {
      const text = pattern.map((piece) => ('text' in piece ? piece.text : '')).join('');
      return encode(bytes ? text : utf8(text));
    });
    return { patterns: encoded.map((text) => [{ text }]), bytes: false };
  };
}

function utf8(text: string): string {
  return binary(new TextEncoder().encode(text));
}

function binary(bytes: Iterable<number>): string {
  let result = '';
  for (const byte of bytes) result += String.fromCharCode(byte);
  return result;
}

/** The three texts that a value can show inside Base64, by its position modulo three (Sigma Modifiers, "base64offset"). */
function base64offset(text: string): readonly string[] {
  const starts = [0, 2, 3];
  const ends = [undefined, -3, -2];
  return starts.map((start, shift) =>
    btoa(' '.repeat(shift) + text).slice(start, ends[(text.length + shift) % 3]),
  );
}

/** UTF-16 in bytes; each wildcard stays where it is. */
function utf16(littleEndian: boolean, byteOrderMark: string): Transform {
  return ({ patterns, bytes }) => {
    if (bytes) return { problem: 'the value is encoded already' };
    return {
      bytes: true,
      patterns: patterns.map((pattern) => {
        const [first, ...others] = mapText(pattern, (text) => utf16Bytes(text, littleEndian));
        if (byteOrderMark === '' || first === undefined) return first === undefined ? [] : [first, ...others];
        if ('text' in first) return [{ text: byteOrderMark + first.text }, ...others];
        return [{ text: byteOrderMark }, first, ...others];
      }),
    };
  };
}

function utf16Bytes(text: string, littleEndian: boolean): string {
  let result = '';
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const low = String.fromCharCode(unit & 0xff);
    const high = String.fromCharCode(unit >> 8);
    result += littleEndian ? low + high : high + low;
  }
  return result;
}

const wide = utf16(true, '');

/** The modifiers that turn values into other values, by name (Sigma Modifiers, "String Modifiers"). */
export const TRANSFORMS: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ['windash', windash],
  ['base64', encodeBytes((text) => [btoa(text)])],
  ['base64offset', encodeBytes(base64offset)],
  ['wide', wide],
  ['utf16le', wide],
  ['utf16be', utf16(false, '')],
  ['utf16', utf16(true, '\xff\xfe')],
]);
