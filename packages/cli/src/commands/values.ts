import { type Catalog, FACETS, type FacetName, type FacetValue, type RuleFilter } from '@rulescope/catalog';
import { CliError } from '../errors.ts';
import { plainLine } from '../output/plain.ts';
import { formatNumber } from '../output/words.ts';

/** Facets have fewer values than that. */
const EVERY = 1_000_000;

/** How many times the rules of all others the one event has that is plainly meant. */
const PLAINLY = 10;

/** Values that an error lists. */
const MOST_LISTED = 10;

/** A filter by the values of a catalog, and what there is to say of how they were found. */
interface Resolved {
  readonly filter: RuleFilter;
  readonly notes: readonly string[];
}

/**
 * The filter with its values as the catalog has them. What pages and lists show is taken, too: a tactic or a technique
 * by its name, an event by its number or short name, a field by what some product calls it. A value that no rule has
 * and that means none stays as it is. Throws a CliError where one means several, and none of them is an event that
 * almost all of the rules are for.
 */
export function resolveFilter(catalog: Catalog, filter: RuleFilter): Resolved {
  const notes: string[] = [];
  let resolved = filter;
  for (const name of FACETS) {
    const asked = filter[name];
    if (asked === undefined) continue;
    const { value, note } = name === 'field' ? fieldMeant(catalog, asked) : valueMeant(catalog, name, asked);
    resolved = { ...resolved, [name]: value };
    if (note !== null) notes.push(plainLine(note));
  }
  return { filter: resolved, notes };
}

interface Meant {
  readonly value: string;
  readonly note: string | null;
}

function valueMeant(catalog: Catalog, name: FacetName, asked: string): Meant {
  const same: Meant = { value: asked, note: null };
  if (hasRules(catalog, name, asked)) return same;
  const [facet] = catalog.facets({ retired: true }, [name], EVERY);
  const found = (facet?.values ?? []).filter((value) => isMeant(name, value, asked));
  const [only, ...others] = found;
  if (only === undefined) return same;
  if (others.length === 0) return { value: only.value, note: null };
  const rest = others.reduce((sum, { rules }) => sum + rules, 0);
  if (name === 'event' && only.rules >= rest * PLAINLY) {
    const left = others.slice(0, MOST_LISTED).map(({ value }) => value);
    return { value: only.value, note: `${asked} is taken for ${only.value}, not for ${left.join(', ')}.` };
  }
  const listed = found.slice(0, MOST_LISTED).map(({ value, label }) => `${JSON.stringify(value)} (${label})`);
  const more = found.length - listed.length;
  const end = more > 0 ? ` and ${formatNumber(more)} more` : '';
  throw new CliError(
    `The ${name} ${JSON.stringify(asked)} may be ${formatNumber(found.length)}: ${plainLine(listed.join(', '))}${end}.`,
  );
}

/** Whether a value is what somebody means who has seen its label. */
function isMeant(name: FacetName, { value, label }: FacetValue, asked: string): boolean {
  const wanted = folded(asked);
  if (folded(label) === wanted || folded(label) === folded(`${value} ${asked}`)) return true;
  switch (name) {
    case 'event':
      return isEvent(value, label, wanted);
    case 'verdict': {
      const [verdict = '', ...event] = wanted.split(' ');
      if (!value.startsWith(`${verdict} `)) return false;
      const [, own = ''] = /^\S+ (.*)$/.exec(value) ?? [];
      return event.length === 0 || isEvent(own, label.slice(`${verdict} on `.length), event.join(' '));
    }
    default:
      return false;
  }
}

/** An event by its number alone, or by the short name of its provider and the number: `Sysmon 1`, `Sysmon/1`. */
function isEvent(value: string, label: string, wanted: string): boolean {
  return (
    folded(value) === wanted ||
    folded(value.slice(value.lastIndexOf('/') + 1)) === wanted ||
    (/ \d+$/.test(wanted) && folded(label).startsWith(`${wanted} `))
  );
}

/** Blanks, hyphens, underscores and slashes are one, as is case. */
function folded(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_/-]+/g, ' ');
}

/** A field by the name that rules are counted under, else by one that they call it by. */
function fieldMeant(catalog: Catalog, asked: string): Meant {
  // What a function makes of a field is counted apart, and is nobody's name for it.
  const called = catalog
    .fieldsCalled(asked)
    .filter((field) => !/\w\(/.test(field) && folded(field) !== folded(asked));
  const [first] = called;
  const shown = called.slice(0, MOST_LISTED).join(', ');
  if (first === undefined) return { value: asked, note: null };
  if (hasRules(catalog, 'field', asked)) {
    return { value: asked, note: `in other rules ${asked} is counted as ${shown}.` };
  }
  const end = called.length === 1 ? '' : `, most often; else as ${shown.slice(shown.indexOf(', ') + 2)}`;
  return { value: first, note: `${asked} is counted as ${first}${end}.` };
}

function hasRules(catalog: Catalog, name: FacetName, value: string): boolean {
  return catalog.rules({ [name]: value, retired: true }, { limit: 1, offset: 0 }).total > 0;
}
