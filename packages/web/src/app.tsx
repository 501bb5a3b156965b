import type { Catalog, IndicatorRules, Polarity, RuleList } from '@rulescope/catalog';
import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { createApi } from './api.ts';
import { DIAGNOSTIC_CODES } from './diagnostics.ts';
import { CodePage, HelpPage } from './pages/help.tsx';
import { HomePage } from './pages/home.tsx';
import type { IndicatorSection } from './pages/indicator.tsx';
import { IndicatorPage, pageParameter } from './pages/indicator.tsx';
import { MessagePage } from './pages/message.tsx';
import { ProblemsPage } from './pages/problems.tsx';
import { RulePage } from './pages/rule.tsx';
import { SearchPage } from './pages/search.tsx';
import {
  decodePath,
  PAGE_SIZE,
  pageOf,
  readFilter,
  readIndicator,
  readPage,
  readRuleId,
  readSearch,
} from './request.ts';
import { STYLESHEET, STYLESHEET_ETAG, STYLESHEET_HREF } from './stylesheet.ts';

export interface AppOptions {
  /** Told of errors that are ours; the visitor sees only that there was one. */
  readonly onError?: (error: Error) => void;
}

const NO_RULES: RuleList = { total: 0, rules: [] };

/** The pages and the API over a catalog. It listens nowhere: give it to `serve`, or call `app.request()`. */
export function createApp(catalog: Catalog, options: AppOptions = {}): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.use(onlyReading);
  app.get(STYLESHEET_HREF, stylesheet);
  app.route('/api', createApi(catalog));
  addListPages(app, catalog);
  addRulePages(app, catalog);
  addHelpPages(app);
  app.notFound((c) => refuse(c, 404, 'There is no such page.'));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return refuse(c, error.status === 404 ? 404 : 400, error.message);
    options.onError?.(error);
    return refuse(c, 500, 'Something went wrong on our side.');
  });
  return app;
}

function addListPages(app: Hono, catalog: Catalog): void {
  app.get('/', (c) => {
    const url = new URL(c.req.url);
    const page = readPage(url);
    const filter = readFilter(url);
    const list = catalog.rules(filter, pageOf(page));
    const pages = pagesOf(list.total, page);
    const stats = catalog.stats();
    return show(
      c,
      <HomePage
        stats={stats}
        builtAt={catalog.builtAt}
        filter={filter}
        list={list}
        page={page}
        pages={pages}
      />,
    );
  });
  app.get('/search', (c) => {
    const url = new URL(c.req.url);
    const page = readPage(url);
    const words = readSearch(url);
    const list = words === '' ? NO_RULES : catalog.search(words, pageOf(page));
    return show(c, <SearchPage words={words} list={list} page={page} pages={pagesOf(list.total, page)} />);
  });
  app.get('/problems', (c) => {
    const page = readPage(new URL(c.req.url));
    const all = catalog.problems();
    const pages = pagesOf(all.length, page);
    return show(c, <ProblemsPage total={all.length} problems={cut(all, page)} page={page} pages={pages} />);
  });
}

function addRulePages(app: Hono, catalog: Catalog): void {
  app.get('/rules', (c) => c.redirect('/', 301));
  app.get('/rules/*', (c) => {
    const rule = catalog.rule(readRuleId(new URL(c.req.url), '/rules'));
    if (rule === null) throw new HTTPException(404, { message: 'There is no such rule in this catalog.' });
    const resolve = (id: string): string | null => {
      const full = `${rule.platform}/${id}`;
      return catalog.rule(full) === null ? null : full;
    };
    return show(c, <RulePage rule={rule} counts={catalog.indicatorCounts(rule.id)} resolve={resolve} />);
  });
  app.get('/indicators', (c) => {
    const url = new URL(c.req.url);
    const indicator = catalog.indicator(readIndicator(url));
    const platform = url.searchParams.get('platform') || null;
    const sections = (['include', 'exclude'] as const).map((polarity) =>
      sectionOf(indicator, polarity, platform, readPage(url, pageParameter(polarity))),
    );
    return show(c, <IndicatorPage indicator={indicator} platform={platform} sections={sections} />);
  });
}

function addHelpPages(app: Hono): void {
  app.get('/help', (c) => show(c, <HelpPage codes={DIAGNOSTIC_CODES} />));
  app.get('/help/:code', (c) => {
    const code = decodePath(new URL(c.req.url).pathname.slice('/help/'.length));
    const row = DIAGNOSTIC_CODES.find((item) => item.code === code);
    if (row === undefined) throw new HTTPException(404, { message: 'There is no such diagnostic.' });
    return show(c, <CodePage row={row} />);
  });
}

function sectionOf(
  indicator: IndicatorRules,
  polarity: Polarity,
  platform: string | null,
  page: number,
): IndicatorSection {
  const all = polarity === 'include' ? indicator.including : indicator.excluding;
  const rules = platform === null ? all : all.filter((rule) => rule.platform === platform);
  return { polarity, total: rules.length, rules: cut(rules, page), page, pages: pagesOf(rules.length, page) };
}

/** How many pages a list has; a page beyond the last one does not exist. */
function pagesOf(total: number, page: number): number {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (page > pages) throw new HTTPException(404, { message: `The list has only ${pages} pages.` });
  return pages;
}

function cut<T>(items: readonly T[], page: number): readonly T[] {
  const { offset, limit } = pageOf(page);
  return items.slice(offset, offset + limit);
}

function show(c: Context, page: VNode, status: 200 | 400 | 404 | 405 | 500 = 200): Response {
  return c.html(`<!doctype html>\n${renderToString(page)}\n`, status);
}

const TITLES = {
  400: 'The request makes no sense',
  404: 'Not found',
  405: 'Not allowed',
  500: 'An error',
} as const;

/** An error as the caller wants it: JSON under `/api`, else a page. */
function refuse(c: Context, status: keyof typeof TITLES, message: string): Response {
  if (c.req.path === '/api' || c.req.path.startsWith('/api/')) return c.json({ error: message }, status);
  return show(c, <MessagePage title={TITLES[status]} message={message} />, status);
}

function stylesheet(c: Context): Response {
  c.header('Cache-Control', 'public, max-age=31536000, immutable');
  c.header('ETag', STYLESHEET_ETAG);
  if (c.req.header('If-None-Match') === STYLESHEET_ETAG) return c.body(null, 304);
  return c.body(STYLESHEET, 200, { 'Content-Type': 'text/css; charset=utf-8' });
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** No script, no frame, nothing from elsewhere, nothing told to the sites that references link to. */
const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
};

const onlyReading: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  const response = refuse(c, 405, 'This site is only read: GET and HEAD.');
  response.headers.set('Allow', 'GET, HEAD');
  return response;
};
