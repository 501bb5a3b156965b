import type { Catalog } from '@rulescope/catalog';
import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createApi } from './api.ts';
import { refuse } from './respond.tsx';
import { addAttackPages } from './routes/attack.tsx';
import { addComparePages } from './routes/compare.tsx';
import { addEventPages } from './routes/events.tsx';
import { addFieldPages } from './routes/fields.tsx';
import { addHelpPages } from './routes/help.tsx';
import { addListPages } from './routes/lists.tsx';
import { addRulePages } from './routes/rules.tsx';
import { STYLESHEET, STYLESHEET_ETAG, STYLESHEET_HREF } from './stylesheet.ts';

export interface AppOptions {
  /** Told of errors that are ours; the visitor sees only that there was one. */
  readonly onError?: (error: Error) => void;
}

/** The pages and the API over a catalog. It listens nowhere: give it to `serve`, or call `app.request()`. */
export function createApp(catalog: Catalog, options: AppOptions = {}): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.use(onlyReading);
  app.get(STYLESHEET_HREF, stylesheet);
  addComparePages(app, catalog);
  app.route('/api', createApi(catalog));
  addListPages(app, catalog);
  addRulePages(app, catalog);
  addAttackPages(app, catalog);
  addEventPages(app, catalog);
  addFieldPages(app, catalog);
  addHelpPages(app, catalog);
  app.notFound((c) => refuse(c, 404, 'There is no such page.'));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return refuse(c, error.status === 404 ? 404 : 400, error.message);
    options.onError?.(error);
    return refuse(c, 500, 'Something went wrong on our side.');
  });
  return app;
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

/** Where a text may be sent to be compared; nothing is changed there either. */
const TAKES_TEXT: ReadonlySet<string> = new Set(['/overlap', '/api/overlap']);

const onlyReading: MiddlewareHandler = async (c, next) => {
  const takesText = TAKES_TEXT.has(c.req.path);
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || (takesText && c.req.method === 'POST')) {
    return next();
  }
  const allowed = takesText ? 'GET, HEAD, POST' : 'GET, HEAD';
  const response = refuse(c, 405, `This site is only read: ${allowed}.`);
  response.headers.set('Allow', allowed);
  return response;
};
