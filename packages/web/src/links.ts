import { FACETS, type FacetName, type IndicatorKey, type RuleFilter } from '@rulescope/catalog';

/** An address longer than this is not linked: servers and browsers refuse it. */
const LONGEST_ADDRESS = 60_000;

/**
 * The address of a rule's page, or with `/api/rules` of its data. Every part of the id is percent-encoded.
 * Browsers resolve `.`, `..` and drop nothing else, so that an id with such a part goes into the query.
 */
export function ruleHref(id: string, base: '/rules' | '/api/rules' | '/overlap' = '/rules'): string {
  const parts = id.toWellFormed().split('/');
  return parts.some(isOdd)
    ? withQuery(`${base}/`, { id })
    : `${base}/${parts.map(encodeURIComponent).join('/')}`;
}

/** The address of the rules behind an indicator, or null where the value is too long for an address. */
export function indicatorHref(key: IndicatorKey, platform: string | null = null): string | null {
  const query = new URLSearchParams();
  if (key.field !== null) query.set('field', key.field);
  query.set('op', key.op);
  query.set('value', key.value);
  if (key.encoding !== '') query.set('encoding', key.encoding);
  if (platform !== null) query.set('platform', platform);
  const href = `/indicators?${query}`;
  return href.length > LONGEST_ADDRESS ? null : href;
}

/** A list of rules as an address names it: words that they hold, and what they have in common. */
export interface ListQuery {
  readonly words: string;
  readonly filter: RuleFilter;
}

/** The address of the list of rules with a filter and a page; the first page is not named. */
export function listHref(filter: RuleFilter, page = 1): string {
  return withQuery('/', ordered(filter), page);
}

/** A filter in the order of the facets: one list has one address, in whatever order it was narrowed. */
function ordered(filter: RuleFilter): object {
  const chosen = FACETS.filter((name) => filter[name] !== undefined).map((name) => [name, filter[name]]);
  return { ...Object.fromEntries(chosen), ...(filter.retired === true ? { retired: true } : {}) };
}

/** The address of a list, of those that hold some words where there are any. */
export function queryHref({ words, filter }: ListQuery, page = 1): string {
  return words === '' ? listHref(filter, page) : withQuery('/search', { q: words, ...ordered(filter) }, page);
}

/** The address of all values of a facet of a list. */
export function facetHref(name: FacetName, { words, filter }: ListQuery, page = 1): string {
  return withQuery(
    `/facets/${name}`,
    words === '' ? ordered(filter) : { q: words, ...ordered(filter) },
    page,
  );
}

/** The address of a tactic, by its short name. */
export function tacticHref(shortname: string): string {
  return pathOf('/tactics', shortname);
}

/** The address of a technique or a sub-technique, by its id. */
export function techniqueHref(id: string, page = 1): string {
  return withQuery(pathOf('/techniques', id), {}, page);
}

/** The address of a canonical field. */
export function fieldHref(field: string): string {
  return pathOf('/fields', field);
}

/** The address of what a diagnostic code means. */
export function helpHref(code: string): string {
  return pathOf('/help', code);
}

/** The address of what a word of the glossary means. */
export function wordHref(word: string): string {
  return `/help#${wordAnchor(word)}`;
}

/** Where the page of words has one. */
export function wordAnchor(word: string): string {
  return `word-${word.replaceAll(' ', '-')}`;
}

/** A path with a query, and with the page unless it is the first. */
export function withQuery(path: string, query: object, page = 1): string {
  const parameters = new URLSearchParams(Object.entries(query));
  if (page > 1) parameters.set('page', String(page));
  if (parameters.size === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${parameters}`;
}

/** A name as one part of a path; one that no path can hold goes into the query. */
function pathOf(base: string, name: string): string {
  const text = name.toWellFormed();
  return isOdd(text) ? withQuery(`${base}/`, { name: text }) : `${base}/${encodeURIComponent(text)}`;
}

/** Browsers resolve `.` and `..`, and an empty part leads elsewhere. */
function isOdd(part: string): boolean {
  return part === '' || part === '.' || part === '..';
}

/** The address itself where a link to it is safe (`http:` and `https:`), else null. */
export function safeLink(address: string): string | null {
  const url = URL.parse(address.trim());
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
