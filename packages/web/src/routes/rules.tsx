import { authorsOf, type Catalog, type IndicatorRules, type Polarity } from '@rulescope/catalog';
import type { Hono } from 'hono';
import type { IndicatorSection } from '../pages/indicator.tsx';
import { IndicatorPage, pageParameter } from '../pages/indicator.tsx';
import { OverlapPage } from '../pages/overlap.tsx';
import { RulePage } from '../pages/rule.tsx';
import { PAGE_SIZE, readIndicator, readPage, readRuleId } from '../request.ts';
import { cut, notFound, pagesOf, show } from '../respond.tsx';

/** Rules like one among which its page looks for the closest of each platform. */
const LIKE_ASKED = 100;

/** A rule, and what it shares with others. */
export function addRulePages(app: Hono, catalog: Catalog): void {
  app.get('/rules', (c) => c.redirect('/', 301));
  app.get('/rules/*', (c) => {
    const rule = catalog.rule(readRuleId(new URL(c.req.url), '/rules'));
    if (rule === null) throw notFound('There is no such rule in this catalog.');
    const find = (id: string): string | null => {
      const full = `${rule.platform}/${id}`;
      return catalog.rule(full) === null ? null : full;
    };
    return show(
      c,
      <RulePage
        rule={rule}
        counts={catalog.indicatorCounts(rule.id)}
        authors={authorsOf(rule.author)}
        broader={catalog.broaderIndicators(rule.id)}
        overlap={catalog.overlap({ rule: rule.id }, { limit: LIKE_ASKED })}
        release={catalog.attack}
        find={find}
      />,
    );
  });
  app.get('/overlap/*', (c) => {
    const rule = catalog.rule(readRuleId(new URL(c.req.url), '/overlap'));
    if (rule === null) throw notFound('There is no such rule in this catalog.');
    const overlap = catalog.overlap({ rule: rule.id }, { limit: PAGE_SIZE });
    return show(c, <OverlapPage rule={rule} overlap={overlap} />);
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
