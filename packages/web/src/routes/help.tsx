import type { Catalog } from '@rulescope/catalog';
import type { Hono } from 'hono';
import { DIAGNOSTIC_CODES } from '../diagnostics.ts';
import { CoveragePage } from '../pages/coverage.tsx';
import { CodePage, HelpPage } from '../pages/help.tsx';
import { ProblemsPage } from '../pages/problems.tsx';
import { pageOf, readName, readPage } from '../request.ts';
import { cut, notFound, pagesOf, show } from '../respond.tsx';

/** What could not be read or understood, and what diagnostics mean. */
export function addHelpPages(app: Hono, catalog: Catalog): void {
  app.get('/problems', (c) => {
    const page = readPage(new URL(c.req.url));
    const all = catalog.problems();
    return show(
      c,
      <ProblemsPage
        notUnderstood={catalog.notUnderstood(pageOf(1))}
        total={all.length}
        problems={cut(all, page)}
        page={page}
        pages={pagesOf(all.length, page)}
      />,
    );
  });
  app.get('/coverage', (c) => show(c, <CoveragePage report={catalog.understanding({ retired: true })} />));
  app.get('/help', (c) => show(c, <HelpPage codes={DIAGNOSTIC_CODES} />));
  app.get('/help/*', (c) => {
    const code = readName(new URL(c.req.url), '/help');
    const row = DIAGNOSTIC_CODES.find((item) => item.code === code);
    if (row === undefined) throw notFound('There is no such diagnostic.');
    return show(c, <CodePage row={row} />);
  });
}
