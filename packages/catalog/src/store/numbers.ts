/** Numbers as unsigned 32-bit integers, little end first. */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  if (numbers.length === 0) return NO_BYTES;
  const bytes = new Uint8Array(numbers.length * 4);
  let at = 0;
  for (const number of numbers) {
    bytes[at] = number;
    bytes[at + 1] = number >>> 8;
    bytes[at + 2] = number >>> 16;
    bytes[at + 3] = number >>> 24;
    at += 4;
  }
  return bytes;
}

const NO_BYTES = new Uint8Array(0);

/** The numbers that `packNumbers` packed. */
export function unpackNumbers(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Uint32Array(Math.floor(bytes.byteLength / 4));
  for (let i = 0; i < numbers.length; i += 1) numbers[i] = view.getUint32(i * 4, true);
  return numbers;
}
