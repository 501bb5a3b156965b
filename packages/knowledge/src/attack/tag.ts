import { ownReleases } from './lookup.ts';

/** What of ATT&CK an identifier names, by the letters that it starts with. */
const KINDS = {
  t: 'technique',
  g: 'group',
  s: 'software',
  ds: 'data-source',
  m: 'mitigation',
  a: 'asset',
} as const satisfies Readonly<Record<string, string>>;

type Prefix = keyof typeof KINDS;
export type AttackObjectKind = (typeof KINDS)[Prefix];

/** What a Sigma tag of the namespace `attack` refers to. Ids are written as ATT&CK does: `T1218.007`, `G0016`. */
export type AttackTag =
  | { readonly kind: AttackObjectKind; readonly id: string }
  | { readonly kind: 'tactic'; readonly name: string };

/**
 * The tactics of every release that comes with Rulescope. The Sigma Tags Appendix leaves out reconnaissance and
 * resource-development, and predates stealth and defense-impairment; rules carry them all the same.
 */
const tactics = new Set(
  ownReleases().flatMap((release) => release.tactics.map(({ shortname }) => shortname)),
);

/**
 * Reads a Sigma tag of the namespace `attack` (Sigma Tags Appendix 2.1.0, "Namespace: attack"), such as
 * `attack.t1218.007` or `attack.stealth`. Older rules write tactics with underscores and ids in upper case: both
 * are read. Null for tags of other namespaces and for what ATT&CK has no such thing for. Whether a technique of
 * that id exists is not checked: `resolveTechnique` does.
 */
export function attackTag(tag: string): AttackTag | null {
  const name = /^attack\.(.+)$/i.exec(tag)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  const [, prefix, number, sub] = /^(t|g|s|ds|m|a)(\d{4})(\.\d{3})?$/.exec(name) ?? [];
  if (prefix !== undefined && isPrefix(prefix) && (sub === undefined || prefix === 't')) {
    return { kind: KINDS[prefix], id: `${prefix.toUpperCase()}${number}${sub ?? ''}` };
  }
  const tactic = name.replaceAll('_', '-');
  return tactics.has(tactic) ? { kind: 'tactic', name: tactic } : null;
}

function isPrefix(text: string): text is Prefix {
  return Object.hasOwn(KINDS, text);
}
