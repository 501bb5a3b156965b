/**
 * A field inside the functions of a test's `through`, as the rule's language would write it: `substring(0, 3)` around
 * `x` is `substring(x, 0, 3)`. Where the field is not the first of the arguments, `_` is its place.
 */
export function insideFunctions(field: string, through: readonly string[]): string {
  return through.reduce(insideStep, field);
}

function insideStep(field: string, step: string): string {
  const open = step.indexOf('(');
  if (open < 0) return `${step}(${field})`;
  const place = placeOfField(step, open + 1);
  if (place !== null) return `${step.slice(0, place)}${field}${step.slice(place + 1)}`;
  return `${step.slice(0, open + 1)}${field}, ${step.slice(open + 1)}`;
}

/** Where the `_` of a step stands that is no part of a text or a name; null where there is none. */
function placeOfField(step: string, start: number): number | null {
  const argument = /"(?:[^"\\]|\\.)*"|[^\s,()"]+/gsu;
  argument.lastIndex = start;
  for (const found of step.matchAll(argument)) if (found[0] === '_') return found.index;
  return null;
}
