import { FACETS, type FacetName, type IndicatorKey, type Page, type RuleFilter } from '@rulescope/catalog';
import { LANGUAGE_IDS, type LanguageId, OPERATORS } from '@rulescope/logic';
import { HTTPException } from 'hono/http-exception';
import type { ListQuery } from './links.ts';

/** Rules on one page of a list. */
export const PAGE_SIZE = 50;
/** Rules in one answer of the API, at most. */
const LARGEST_LIMIT = 500;
/** UTF-16 units of a search, at most. */
const LONGEST_SEARCH = 1000;

/** UTF-16 units of a text that is compared. No rule that a person wrote is longer. */
export const LONGEST_RULE = 500_000;

const UNDERSTOOD = ['full', 'partial', 'none'] as const;

/**
 * The readers of what a request asks for. Each refuses what it cannot make sense of with an `HTTPException`
 * of status 400, whose message says what was expected.
 */
export function badRequest(message: string): HTTPException {
  return new HTTPException(400, { message });
}

/** The id of the rule that an address names, `/rules/<id>` or `/rules/?id=<id>`. */
export function readRuleId(url: URL, base: string): string {
  const rest = url.pathname.slice(base.length + 1);
  if (rest === '') {
    const id = url.searchParams.get('id');
    if (id === null || id === '') throw badRequest('The address names no rule.');
    return id;
  }
  return decodePath(rest);
}

/** A part of an address, decoded. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest('The address is not valid percent-encoded UTF-8.');
  }
}

/** The one-based page that a request asks for. */
export function readPage(url: URL, name = 'page'): number {
  return readWhole(url, name, { least: 1, most: 1_000_000, otherwise: 1 });
}

/** The zero-based part of a list that a one-based page shows. */
export function pageOf(number: number, size = PAGE_SIZE): Page {
  return { limit: size, offset: (number - 1) * size };
}

/** The part of a list that a request to the API asks for. */
export function readLimits(url: URL): Page {
  return {
    limit: readWhole(url, 'limit', { least: 1, most: LARGEST_LIMIT, otherwise: PAGE_SIZE }),
    offset: readWhole(url, 'offset', { least: 0, most: 100_000_000, otherwise: 0 }),
  };
}

/** The filter of a list. An empty parameter, as a form sends it, asks for nothing. */
export function readFilter(url: URL): RuleFilter {
  const filter: { -readonly [K in keyof RuleFilter]: RuleFilter[K] } = {};
  for (const name of FACETS) {
    const value = url.searchParams.get(name);
    if (value === null || value === '') continue;
    filter[name] = name === 'understood' ? oneOf(value, UNDERSTOOD, name) : value;
  }
  const retired = url.searchParams.get('retired');
  if (retired !== null && retired !== '' && oneOf(retired, ['true', 'false'], 'retired') === 'true') {
    filter.retired = true;
  }
  return filter;
}

/** The facet that an address names, `/facets/<name>`. */
export function readFacet(name: string): FacetName {
  const found = FACETS.find((facet) => facet === name);
  if (found === undefined) throw badRequest(`A facet is one of: ${FACETS.join(', ')}.`);
  return found;
}

/** What a list is asked for. */
export function readQuery(url: URL): ListQuery {
  return { words: readSearch(url), filter: readFilter(url) };
}

/** The name that an address ends with, `<base>/<name>` or `<base>/?name=<name>`. */
export function readName(url: URL, base: string): string {
  const rest = url.pathname.slice(base.length + 1);
  const name = rest === '' ? url.searchParams.get('name') : decodePath(rest);
  if (name === null || name === '') throw badRequest('The address names nothing.');
  return name;
}

/** The words of a search, without white space around them. */
export function readSearch(url: URL): string {
  const words = (url.searchParams.get('q') ?? '').trim();
  if (words.length > LONGEST_SEARCH) {
    throw badRequest(`A search has at most ${LONGEST_SEARCH} characters.`);
  }
  return words;
}

/** The indicator that a request asks about; without `field` it is a text searched in the whole event. */
export function readIndicator(url: URL): IndicatorKey {
  const op = url.searchParams.get('op');
  const value = url.searchParams.get('value');
  if (op === null || value === null) throw badRequest('An indicator needs “op” and “value”.');
  return {
    field: url.searchParams.get('field'),
    op: oneOf(op, OPERATORS, 'op'),
    value,
    encoding: url.searchParams.get('encoding') ?? '',
  };
}

/** A language by its id, in any case. */
export function readLanguage(name: string): LanguageId {
  const lower = name.toLowerCase();
  const language = LANGUAGE_IDS.find((id) => id === lower);
  if (language === undefined) throw badRequest(`A language is one of: ${LANGUAGE_IDS.join(', ')}.`);
  return language;
}

/** A text that is sent to be compared, and the language that it is said to be in. */
export interface SentText {
  readonly query: string;
  readonly language: LanguageId | null;
}

/** The text that a request to the API sends, `{ "query": "…", "language": "spl" }`. */
export function readComparison(body: string): SentText {
  const { query, language } = readObject(body);
  if (typeof query !== 'string') throw badRequest('“query” is the text of a rule.');
  if (language === undefined || language === null) return { query, language: null };
  if (typeof language !== 'string') throw badRequest('“language” is a text.');
  return { query, language: readLanguage(language) };
}

function readObject(body: string): { readonly query?: unknown; readonly language?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw badRequest('The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null) throw badRequest('The body is not a JSON object.');
  return value;
}

function oneOf<T extends string>(value: string, allowed: readonly T[], name: string): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw badRequest(`“${name}” is one of: ${allowed.join(', ')}.`);
  return found;
}

function readWhole(
  url: URL,
  name: string,
  bounds: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const text = url.searchParams.get(name);
  if (text === null || text === '') return bounds.otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= bounds.least && value <= bounds.most)) {
    throw badRequest(`“${name}” is a whole number from ${bounds.least} to ${bounds.most}.`);
  }
  return value;
}
