import type { Catalog } from '@rulescope/catalog';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Comparison, compare } from '../compare.ts';
import { ComparePage } from '../pages/compare.tsx';
import {
  badRequest,
  LONGEST_RULE,
  PAGE_SIZE,
  readComparison,
  readLanguage,
  readLimits,
  type SentText,
} from '../request.ts';
import { refuse, show } from '../respond.tsx';

/** Bytes of a request: each UTF-16 unit takes up to three in UTF-8, and a form writes each of them as `%xx`. */
const MOST_BYTES = LONGEST_RULE * 9 + 10_000;

/** The rules that look for the same as a text that is sent: the only requests that are not GET. They change nothing. */
export function addComparePages(app: Hono, catalog: Catalog): void {
  app.get('/overlap', (c) => show(c, <ComparePage query="" language={null} comparison={null} />));
  app.post('/overlap', ownPagesOnly, sizeLimit, async (c) => {
    const sent = await readForm(c);
    const comparison = compareText(catalog, sent, PAGE_SIZE);
    const status = comparison.kind === 'refused' ? 400 : 200;
    return show(c, <ComparePage {...sent} comparison={comparison} />, status);
  });
  app.post('/api/overlap', ownPagesOnly, sizeLimit, async (c) => {
    const { limit } = readLimits(new URL(c.req.url));
    const comparison = compareText(catalog, readComparison(await c.req.text()), limit);
    if (comparison.kind === 'refused') throw badRequest(comparison.reason);
    const subjects = comparison.rules.map(({ overlap, ...rule }) => ({ ...rule, ...overlap }));
    return c.json({ limit, subjects });
  });
}

function compareText(catalog: Catalog, sent: SentText, limit: number): Comparison {
  if (sent.query.trim() === '') return { kind: 'refused', reason: 'Paste a rule first.' };
  if (sent.query.length > LONGEST_RULE) return { kind: 'refused', reason: TOO_LONG };
  return compare(catalog, { ...sent, limit });
}

const TOO_LONG = 'The text is too long to be compared.';

const sizeLimit = bodyLimit({
  maxSize: MOST_BYTES,
  onError: (c) => refuse(c, 400, TOO_LONG),
});

/** Other sites must not make a visitor's browser send texts here: they could not read the answer, but keep us busy. */
const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') throw badRequest('Another site sent this request.');
  return next();
};

async function readForm(c: Context): Promise<SentText> {
  const { query, language } = await c.req.parseBody();
  if (typeof query !== 'string') throw badRequest('The form has no text in “query”.');
  return {
    query,
    language: typeof language === 'string' && language !== '' ? readLanguage(language) : null,
  };
}
