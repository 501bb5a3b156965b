import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LIMITS } from '@rulescope/logic';
import { reasonOf } from '../errors.ts';
import type { Io } from '../io.ts';

/** The name that stands for standard input. */
export const STDIN = '-';

/** A text that was read, with whether its bytes were valid, or why it was not. */
export type ReadText =
  | { readonly kind: 'text'; readonly text: string; readonly valid: boolean }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Bytes of one text, at most: each UTF-16 unit takes up to three in UTF-8. */
const MOST_BYTES = LIMITS.textLength * 3;

/** Reads a file, or standard input for `-`. Never more is read than a text may have. */
export async function readText(name: string, io: Io): Promise<ReadText> {
  try {
    const bytes = name === STDIN ? await collect(io.stdin) : await readFile(resolve(io.cwd, name));
    return bytes === null ? { kind: 'too-large' } : { kind: 'text', ...decode(bytes) };
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}

/** The bytes of a file or of standard input, as they come. */
export function openBytes(name: string, io: Io): AsyncIterable<Uint8Array> {
  return name === STDIN ? io.stdin : createReadStream(resolve(io.cwd, name));
}

async function readFile(path: string): Promise<Uint8Array | null> {
  const file = await open(path);
  try {
    return await collect(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MOST_BYTES) return null;
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** UTF-8, or UTF-16 where a byte order mark says so (Windows PowerShell writes it). */
function decode(bytes: Uint8Array): { readonly text: string; readonly valid: boolean } {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  const text = new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
  return { text, valid: little || big || isUtf8(bytes) };
}
