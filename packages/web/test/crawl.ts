import type { Hono } from 'hono';

/** What a crawl found at one address. */
export interface CrawledPage {
  readonly path: string;
  readonly html: string;
}

export interface Crawl {
  /** Addresses that were asked for, without fragments. */
  readonly visited: number;
  /** What is wrong, a line each: a status other than 200, a fragment that leads nowhere. */
  readonly faults: readonly string[];
}

/** Of the lists that are narrowed by several things, one in so many is asked for. */
const NARROW_LISTS = 50;

/** Of the pages of indicators, which are most of a site and all alike, one in so many is asked for. */
const INDICATORS = 4;

/**
 * Visits every address that a link leads to, from `/` on. A list that is narrowed by several things leads to
 * lists that are narrowed by more, without an end in sight: some of them are asked for, none of their links are
 * followed; so it is with most pages of indicators. Each page is shown to `look` once.
 */
export async function crawl(app: Hono, look: (page: CrawledPage) => void): Promise<Crawl> {
  const seen = new Set(['/']);
  const queue = ['/'];
  const faults: string[] = [];
  /** Fragments that are asked of a page, by its address. */
  const wanted = new Map<string, Map<string, string>>();
  const ids = new Map<string, ReadonlySet<string>>();
  let narrow = 0;
  let indicators = 0;
  let asked = 0;
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    asked += 1;
    const response = await follow(app, path);
    if (response.status !== 200) {
      faults.push(`${path} is answered with ${response.status}`);
      continue;
    }
    const html = await response.text();
    if (!/^text\/html/.test(response.headers.get('content-type') ?? '')) continue;
    look({ path, html });
    ids.set(path, idsOf(html));
    for (const href of linksOf(html)) {
      const [target = '', fragment] = split(href, path);
      if (fragment !== undefined && fragment !== '') remember(wanted, target, fragment, path);
      if (seen.has(target)) continue;
      seen.add(target);
      if (tooNarrow(target)) {
        narrow += 1;
        if (tooNarrow(path) || narrow % NARROW_LISTS > 0) continue;
      }
      if (target.startsWith('/indicators')) {
        indicators += 1;
        if (indicators % INDICATORS !== 1) continue;
      }
      queue.push(target);
    }
  }
  for (const [target, fragments] of wanted) {
    for (const [fragment, from] of fragments) {
      if (ids.has(target) && ids.get(target)?.has(fragment) !== true) {
        faults.push(`${from} links to ${target}#${fragment}, which is not there`);
      }
    }
  }
  return { visited: asked, faults };
}

async function follow(app: Hono, path: string): Promise<Response> {
  const response = await app.request(path);
  const location = response.headers.get('location');
  return response.status >= 300 && response.status < 400 && location !== null
    ? app.request(location)
    : response;
}

/** The addresses of our own that a page links to, style sheets and forms included. */
function linksOf(html: string): readonly string[] {
  const links = [...html.matchAll(/\s(?:href|action)="([^"]*)"/g)].map((match) => unescaped(match[1] ?? ''));
  return links.filter((link) => /^[/#?]/.test(link) && !link.startsWith('//'));
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => unescaped(match[1] ?? '')));
}

function split(href: string, base: string): readonly string[] {
  const at = href.indexOf('#');
  if (at < 0) return [href];
  return [at === 0 ? base : href.slice(0, at), href.slice(at + 1)];
}

/** A list that is narrowed by two things or more, or the values of a facet of one that is narrowed. */
function tooNarrow(path: string): boolean {
  const url = new URL(path, 'http://localhost');
  const filters = [...url.searchParams.keys()].filter((name) => name !== 'page');
  return url.pathname.startsWith('/facets/')
    ? filters.length > 0
    : (url.pathname === '/' || url.pathname === '/search') && filters.length > 1;
}

function remember(
  wanted: Map<string, Map<string, string>>,
  target: string,
  fragment: string,
  from: string,
): void {
  const fragments = wanted.get(target) ?? new Map();
  wanted.set(target, fragments);
  if (!fragments.has(fragment)) fragments.set(fragment, from);
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
