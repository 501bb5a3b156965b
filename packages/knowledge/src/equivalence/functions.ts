import { FUNCTION_NAMES } from './tables.ts';

const byName = new Map(FUNCTION_NAMES.flatMap((row) => row.names.map((name) => [name, row] as const)));

/**
 * The functions that tell a test from one on the field itself, innermost first, by the names that all languages share
 * (`data/functions.json`); their other arguments stay, `replace("a", "b")`. What no row knows keeps its name.
 */
export function tellingFunctions(through: readonly string[]): readonly string[] {
  return through.flatMap((step) => {
    const [name, more] = splitStep(step);
    const known = byName.get(name);
    if (known === undefined) return [step];
    return known.as === null ? [] : [`${known.as}${more}`];
  });
}

/** Whether what is compared has one case, so that the comparison is of any. */
export function foldsCase(through: readonly string[]): boolean {
  return through.some((step) => byName.get(splitStep(step)[0])?.foldsCase === true);
}

/** `trim("x")` is `trim` and `("x")`. What is taken out of a result, `split[0]`, makes another function of it. */
function splitStep(step: string): readonly [name: string, more: string] {
  const at = step.indexOf('(');
  return at < 0 ? [step, ''] : [step.slice(0, at), step.slice(at)];
}
