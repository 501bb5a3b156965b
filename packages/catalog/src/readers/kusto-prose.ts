import { attackTags } from './facts.ts';

/** An id of a technique, alone or as its page is addressed: `T1059.001`, `T1059/001`. */
const TECHNIQUE = /\bT(\d{4})(?:[./](\d{3}))?(?!\d)\b/g;

/** A row of a table that has the technique in one cell and the sub-technique in the next. */
const TECHNIQUE_CELLS = /\|[ \t]*(T\d{4})[ \t]*\|[ \t]*(\d{3})[ \t]*(?=\|)/g;

const TACTIC_ID = /\bTA\d{4}\b/g;

/** The techniques and tactics that a text names by their ids, in Sigma's form. */
export function attackIdsIn(text: string): readonly string[] {
  const whole = text.replaceAll(TECHNIQUE_CELLS, '| $1.$2 ');
  const techniques = Array.from(whole.matchAll(TECHNIQUE), ([, id, sub]) =>
    sub === undefined ? `T${id}` : `T${id}.${sub}`,
  );
  const precise = new Set(techniques.filter((id) => id.includes('.')).map((id) => id.slice(0, 5)));
  const kept = techniques.filter((id) => id.includes('.') || !precise.has(id));
  return attackTags([...(text.match(TACTIC_ID) ?? []), ...kept]);
}

/** Names of the tactics of ATT&CK for Enterprise, in all its releases, without blanks and in lower case. */
const TACTICS: ReadonlyMap<string, string> = new Map(
  [
    'Reconnaissance',
    'Resource Development',
    'Initial Access',
    'Execution',
    'Persistence',
    'Privilege Escalation',
    'Defense Evasion',
    'Stealth',
    'Defense Impairment',
    'Credential Access',
    'Discovery',
    'Lateral Movement',
    'Collection',
    'Command and Control',
    'Exfiltration',
    'Impact',
  ].map((name) => [foldedName(name), name]),
);

function foldedName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

/** The tactic of a name, however it is spelled, as ATT&CK spells it; null where it is none. */
export function tacticName(name: string): string | null {
  return TACTICS.get(foldedName(name)) ?? null;
}

/** Addresses of pages. Those of ATT&CK's techniques and tactics are said as tags. */
export function linksIn(text: string): readonly string[] {
  const found = (text.match(/\bhttps?:\/\/[^\s<>"'`|\]]+/g) ?? []).map(withoutPunctuation);
  return [...new Set(found.filter((link) => !/^https?:\/\/attack\.mitre\.org\b/i.test(link)))];
}

/** An address ends before the parenthesis that closes one around it, and before what ends a sentence. */
function withoutPunctuation(link: string): string {
  let depth = 0;
  let end = 0;
  for (; end < link.length && depth >= 0; end += 1) {
    const sign = link.charAt(end);
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
  }
  return link.slice(0, depth < 0 ? end - 1 : end).replace(/[.,;:!?*]{1,20}$/, '');
}
