/**
 * The name that a misspelt one most likely means: at most two letters away (one, for names of up to four),
 * ignoring case, the first of equals. Null where none is near. Long names are not compared.
 */
export function nearest(misspelt: string, names: readonly string[]): string | null {
  if (misspelt.length > LONGEST) return null;
  const wanted = misspelt.toLowerCase();
  let best: string | null = null;
  let least = wanted.length <= 4 ? 1 : 2;
  for (const name of names.slice(0, MOST)) {
    if (Math.abs(name.length - wanted.length) > least) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < least || (distance === least && best === null)) {
      best = name;
      least = distance;
    }
  }
  return best;
}

const LONGEST = 100;
const MOST = 1000;

/** How many letters must be put in, left out, changed, or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charAt(i - 1) === b.charAt(j - 1);
      const swapped =
        i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
