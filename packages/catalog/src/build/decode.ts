import { isUtf8 } from 'node:buffer';

/** The text of a file, and where it is not what its bytes say. */
export interface Decoded {
  readonly text: string;
  /** The offset in the text of the first byte that is not UTF-8; null where all are. */
  readonly invalidAt: number | null;
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The text of a rule file: UTF-8, without its byte order mark, or UTF-16 where a mark says so (as Windows
 * PowerShell writes files). Every line and column is thus that of the text without the mark, as editors
 * show it. What is not valid is read as U+FFFD.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, 'utf-16be');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const content = bytes.subarray(start);
  const text = UTF8.decode(content);
  return { text, invalidAt: isUtf8(content) ? null : firstInvalid(content, text) };
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), invalidAt: null };
}

/** A file may also hold U+FFFD rightly, in its own three bytes: the first that does not come from those. */
function firstInvalid(bytes: Uint8Array, text: string): number {
  let offset = 0;
  let last = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    offset += Buffer.byteLength(text.slice(last, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return at;
    last = at;
  }
  return 0;
}
