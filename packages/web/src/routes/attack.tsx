import type { Catalog, Facet, FacetName, RuleFilter } from '@rulescope/catalog';
import { resolveTactic, resolveTechnique } from '@rulescope/knowledge';
import type { Context, Hono } from 'hono';
import { attackCounts } from '../attack.ts';
import { tacticHref, techniqueHref } from '../links.ts';
import { SplitTacticPage, TacticPage, TacticsPage } from '../pages/tactics.tsx';
import { OldTechniquePage, TechniquePage } from '../pages/technique.tsx';
import type { Paged } from '../parts/rule-section.tsx';
import { once } from '../remember.ts';
import { pageOf, readName, readPage } from '../request.ts';
import { notFound, pagesOf, pageText, show } from '../respond.tsx';

/** Events and the like that a page about something else lists. */
const MOST_LISTED = 40;

/** Tactics and techniques. */
export function addAttackPages(app: Hono, catalog: Catalog): void {
  const release = catalog.attack;
  const counts = once(() => attackCounts(catalog));
  const matrix = once(() => pageText(<TacticsPage release={release} counts={counts()} />));
  app.get('/tactics', (c) => c.html(matrix()));
  app.get('/tactics/*', (c) => {
    const name = readName(new URL(c.req.url), '/tactics');
    const found = resolveTactic(name, release);
    if (!found.resolved) throw notFound(found.reason);
    const [tactic] = found.tactics;
    if (tactic === undefined || found.tactics.length > 1) {
      return show(c, <SplitTacticPage own={found.own} tactics={found.tactics} release={release} />);
    }
    if (tactic.shortname !== name) return c.redirect(tacticHref(tactic.shortname), 302);
    const paged = pagedRules(c, catalog, { tactic: tactic.shortname });
    return show(c, <TacticPage tactic={tactic} release={release} counts={counts()} paged={paged} />);
  });
  app.get('/techniques', (c) => c.redirect('/tactics', 301));
  app.get('/techniques/*', (c) => {
    const id = readName(new URL(c.req.url), '/techniques');
    const found = resolveTechnique(id, release);
    if (!found.resolved) throw notFound(found.reason);
    if (found.asTagged !== id) return c.redirect(techniqueHref(found.asTagged), 302);
    const old = release.techniques.find((technique) => technique.id === found.asTagged);
    if (found.id !== found.asTagged && old !== undefined) {
      return show(c, <OldTechniquePage old={old} now={found} release={release} />);
    }
    return show(
      c,
      <TechniquePage
        technique={found}
        release={release}
        counts={counts()}
        events={facetOf(catalog, { technique: found.id }, 'event')}
        paged={pagedRules(c, catalog, { technique: found.id })}
      />,
    );
  });
}

/** The rules of a filter, the page of them that the request asks for. */
export function pagedRules(c: Context, catalog: Catalog, filter: RuleFilter): Paged {
  const page = readPage(new URL(c.req.url));
  const list = catalog.rules(filter, pageOf(page));
  return { list, page, pages: pagesOf(list.total, page) };
}

/** What the rules of a filter have most of. */
export function facetOf(catalog: Catalog, filter: RuleFilter, name: FacetName, most = MOST_LISTED): Facet {
  return catalog.facets(filter, [name], most)[0] ?? { name, values: [], total: 0 };
}
