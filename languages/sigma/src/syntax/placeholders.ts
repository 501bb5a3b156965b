// `%name%` with neither percent sign escaped (Sigma Rules Specification, "Placeholders").
const PLACEHOLDER = /(?<!\\)%[^%\\\s][^%\\]*%/;

/** Whether a value under the `expand` modifier holds a placeholder such as `%Administrators%`. */
export function hasPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

/** The value with `\%` written as the plain percent sign that it means. */
export function withoutEscapes(value: string): string {
  return value.replaceAll('\\%', '%');
}
