import { nearest } from '@rulescope/logic';

/** Names of less than this are like too many others. */
const SHORTEST = 5;
/** From this length on two letters may be wrong. */
const LONG = 10;

/** Which names are too like to be anything but misspelt. */
export interface Likeness {
  /** Whether a name that differs in case only is misspelt; it is where names of another case are other names' own. */
  readonly byCase: boolean;
  /** Whether the plural of a name is misspelt, and not another name. */
  readonly byPlural: boolean;
}

/**
 * The name that an unknown one most likely means: one that differs in one letter that is put in, left out, changed, or
 * swapped with its neighbour, or in two where it is long. Of names with dots one part alone may differ. Names that
 * differ in digits, blanks or underscores, in an ending, or in a part that is short are others on purpose. Null where
 * none is near.
 */
export function nearName(unknown: string, names: Iterable<string>, likeness: Likeness): string | null {
  const parts = unknown.split('.');
  const close = [...names].filter(
    (name) => Math.abs(name.length - unknown.length) <= 2 && isNear(parts, name.split('.'), likeness),
  );
  return close.length === 0 ? null : nearest(unknown, close);
}

function isNear(parts: readonly string[], others: readonly string[], likeness: Likeness): boolean {
  if (parts.length !== others.length) return false;
  const at = parts.findIndex((part, place) => part !== others[place]);
  if (at < 0 || !parts.every((part, place) => place <= at || part === others[place])) return false;
  return isMisspelt(parts[at] ?? '', others[at] ?? '', likeness);
}

function isMisspelt(part: string, other: string, { byCase, byPlural }: Likeness): boolean {
  const shorter = Math.min(part.length, other.length);
  if (shorter < SHORTEST) return false;
  const [written, name] = [part.toLowerCase(), other.toLowerCase()];
  if (written === name) return byCase;
  const [ours, theirs] = difference(written, name);
  if (/[\d_ -]/.test(ours + theirs) || hasEnding(written, name) || hasEnding(name, written)) return false;
  if (!byPlural && (isPlural(written, name) || isPlural(name, written))) return false;
  const isSwap = ours.length === 2 && theirs.length === 2 && ours === theirs.charAt(1) + theirs.charAt(0);
  if (isSwap || Math.max(ours.length, theirs.length) === 1) return true;
  return shorter >= LONG && nearest(written, [name]) !== null;
}

/** Whether a name is another one with two letters behind it, which say what kind it is: `PermissionId`. */
function hasEnding(long: string, short: string): boolean {
  return long.length > short.length + 1 && long.startsWith(short);
}

/** `proces` is no singular. */
function isPlural(long: string, short: string): boolean {
  return long === `${short}s` && !short.endsWith('s');
}

/** What is left of two texts without what both begin and end with. */
function difference(a: string, b: string): readonly [string, string] {
  const least = Math.min(a.length, b.length);
  let start = 0;
  while (start < least && a.charAt(start) === b.charAt(start)) start += 1;
  let end = 0;
  while (end < least - start && a.charAt(a.length - 1 - end) === b.charAt(b.length - 1 - end)) end += 1;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}
