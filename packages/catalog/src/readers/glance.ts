/** What a look at a file shows, without parsing it. */
export interface Glance {
  readonly path: string;
  readonly text: string;
  /** The keys at the top of a YAML text, in any of its documents; of another text whatever looks like one. */
  readonly keys: ReadonlySet<string>;
}

/** A key at the beginning of a line, where YAML has those of its outermost map. */
const TOP_KEY = /^\ufeff?(?:--- +)?(["']?)([A-Za-z_][\w-]*)\1[ \t]*:(?=[ \t\r\n]|$)/gm;

/** More keys than any rule has: what comes behind tells nothing. */
const MOST_KEYS = 1000;

export function glanceAt(path: string, text: string): Glance {
  const keys = new Set<string>();
  for (const match of text.matchAll(TOP_KEY)) {
    if (match[2] !== undefined) keys.add(match[2]);
    if (keys.size > MOST_KEYS) break;
  }
  return { path, text, keys };
}

/** Whether a file is named as YAML is. */
export function isYamlPath(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Whether all of some keys are at the top of a text. */
export function hasKeys({ keys }: Glance, ...wanted: readonly string[]): boolean {
  return wanted.every((key) => keys.has(key));
}
