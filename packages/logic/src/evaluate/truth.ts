/** What can be said of a test: true, false, or null where it cannot be known (Kleene's three values). */
export type Truth = boolean | null;

/** True where one is true, false where all are false. Asks no further than it must. */
export function anyOf<T>(items: readonly T[], ask: (item: T) => Truth): Truth {
  let answer: Truth = false;
  for (const item of items) {
    const truth = ask(item);
    if (truth === true) return true;
    if (truth === null) answer = null;
  }
  return answer;
}

/** False where one is false, true where all are true. */
export function allOf<T>(items: readonly T[], ask: (item: T) => Truth): Truth {
  return negate(anyOf(items, (item) => negate(ask(item))));
}

export function negate(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
