import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * Texts are kept as zstd frames: about half of a rule's text and a fifth of its result as measured over the
 * Sigma rules, at 30 microseconds each. Deflate is no smaller and twice as slow; smaller chunks than zlib's
 * own save a quarter of the time, since most frames have less than 2 kB.
 */
const OPTIONS = { chunkSize: 8192, params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** No text or result that a build lets in is larger: a damaged catalog must not fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

export function pack(text: string): Uint8Array {
  // A copy: what zlib gives lies in a larger buffer that would be kept with it.
  return new Uint8Array(zstdCompressSync(text, OPTIONS));
}

export function unpack(packed: Uint8Array): string {
  return zstdDecompressSync(packed, { maxOutputLength: MAX_BYTES }).toString('utf8');
}

export function packJson(value: unknown): Uint8Array {
  return pack(JSON.stringify(value));
}

/** What was packed by `packJson`: the caller knows its type. */
export function unpackJson<T>(packed: Uint8Array): T {
  return JSON.parse(unpack(packed)) as T;
}
