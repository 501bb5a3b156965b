import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { MessagePage } from './pages/message.tsx';
import { PAGE_SIZE, pageOf } from './request.ts';

type Status = 200 | 400 | 404 | 405 | 500;

/** A page as an answer. */
export function show(c: Context, page: VNode, status: Status = 200): Response {
  return c.html(pageText(page), status);
}

/** A page as a document. */
export function pageText(page: VNode): string {
  return `<!doctype html>\n${renderToString(page)}\n`;
}

/** How many pages a list has; a page beyond the last one does not exist. */
export function pagesOf(total: number, page: number, size = PAGE_SIZE): number {
  const pages = Math.max(1, Math.ceil(total / size));
  if (page > pages) throw notFound(`The list has only ${pages} pages.`);
  return pages;
}

/** The part of a list that one of its pages shows. */
export function cut<T>(items: readonly T[], page: number, size = PAGE_SIZE): readonly T[] {
  const { offset, limit } = pageOf(page, size);
  return items.slice(offset, offset + limit);
}

export function notFound(message: string): HTTPException {
  return new HTTPException(404, { message });
}

const TITLES = {
  400: 'The request makes no sense',
  404: 'Not found',
  405: 'Not allowed',
  500: 'An error',
} as const;

/** An error as the caller wants it: JSON under `/api`, else a page. */
export function refuse(c: Context, status: keyof typeof TITLES, message: string): Response {
  if (c.req.path === '/api' || c.req.path.startsWith('/api/')) return c.json({ error: message }, status);
  return show(c, <MessagePage title={TITLES[status]} message={message} />, status);
}
