import type { IndicatorKey, RuleFilter } from '@rulescope/catalog';

/** An address longer than this is not linked: servers and browsers refuse it. */
const LONGEST_ADDRESS = 60_000;

/**
 * The address of a rule's page, or with `/api/rules` of its data. Every part of the id is percent-encoded.
 * Browsers resolve `.`, `..` and drop nothing else, so that an id with such a part goes into the query.
 */
export function ruleHref(id: string, base: '/rules' | '/api/rules' = '/rules'): string {
  const parts = id.toWellFormed().split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return `${base}/?${new URLSearchParams({ id })}`;
  }
  return `${base}/${parts.map(encodeURIComponent).join('/')}`;
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

/** The address of the list of rules with a filter and a page; the first page is not named. */
export function listHref(filter: RuleFilter, page = 1): string {
  return withQuery('/', filter, page);
}

export function searchHref(words: string, page = 1): string {
  return withQuery('/search', { q: words }, page);
}

/** The address of what a diagnostic code means. */
export function helpHref(code: string): string {
  return `/help/${encodeURIComponent(code.toWellFormed())}`;
}

/** A path with a query, and with the page unless it is the first. */
export function withQuery(path: string, query: object, page = 1): string {
  const parameters = new URLSearchParams(Object.entries(query));
  if (page > 1) parameters.set('page', String(page));
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

/** The address itself where a link to it is safe (`http:` and `https:`), else null. */
export function safeLink(address: string): string | null {
  const url = URL.parse(address.trim());
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
