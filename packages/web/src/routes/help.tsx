import { type Catalog, GLOSSARY } from '@rulescope/catalog';
import type { Hono } from 'hono';
import { DIAGNOSTIC_CODES } from '../diagnostics.ts';
import { groupRules } from '../not-understood.ts';
import { CoveragePage } from '../pages/coverage.tsx';
import { CodePage, HelpPage } from '../pages/help.tsx';
import { ProblemsPage } from '../pages/problems.tsx';
import { once } from '../remember.ts';
import { readName, readPage } from '../request.ts';
import { cut, notFound, pagesOf, show } from '../respond.tsx';

/** Rules that are not understood in full that are looked at: no catalog that anybody mends has more. */
const MOST_RULES = 2000;

/** What could not be read or understood, and what diagnostics mean. */
export function addHelpPages(app: Hono, catalog: Catalog): void {
  const rules = once(() => catalog.notUnderstood({ limit: MOST_RULES, offset: 0 }));
  app.get('/problems', (c) => {
    const page = readPage(new URL(c.req.url));
    const all = catalog.problems();
    const { total, rules: found } = rules();
    return show(
      c,
      <ProblemsPage
        rules={groupRules(found)}
        notUnderstood={total}
        total={all.length}
        problems={cut(all, page)}
        page={page}
        pages={pagesOf(all.length, page)}
      />,
    );
  });
  app.get('/coverage', (c) => show(c, <CoveragePage report={catalog.understanding({ retired: true })} />));
  app.get('/help', (c) => show(c, <HelpPage words={GLOSSARY} codes={DIAGNOSTIC_CODES} />));
  app.get('/help/*', (c) => {
    const code = readName(new URL(c.req.url), '/help');
    const row = DIAGNOSTIC_CODES.find((item) => item.code === code);
    if (row === undefined) throw notFound('There is no such diagnostic.');
    return show(c, <CodePage row={row} />);
  });
}
