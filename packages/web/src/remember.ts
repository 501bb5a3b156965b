/** A function that does its work when it is first called, and then keeps the answer: a catalog never changes. */
export function once<T>(work: () => T): () => T {
  let known: { readonly answer: T } | null = null;
  return () => {
    known ??= { answer: work() };
    return known.answer;
  };
}
