import type { CatalogRule, Overlap } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { ruleHref } from '../links.ts';
import { OverlapList, ShareNote, TooCommon } from '../parts/overlap.tsx';
import { OwnIndicators } from '../parts/own-indicators.tsx';
import { Crumbs } from '../parts/page.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** The rules that share the most and the rarest indicators with one, whatever their language. */
export function OverlapPage(props: { readonly rule: CatalogRule; readonly overlap: Overlap }): JSX.Element {
  const { rule, overlap } = props;
  const title = rule.title === '' ? rule.id : rule.title;
  const shown = overlap.rules.length;
  return (
    <Layout title={`Rules that look for the same as ${title}`} section="compare">
      <Crumbs
        crumbs={[
          { href: '/', text: 'Rules' },
          { href: ruleHref(rule.id), text: title },
        ]}
      />
      <h1>
        <span class="over">{title}</span> Rules that look for the same
      </h1>
      <p class="lede">
        {plural(overlap.total, 'rule')} in any language {overlap.total === 1 ? 'looks' : 'look'} for some of
        the {plural(overlap.indicators, 'indicator')} of this rule
        {overlap.total > shown && `; the first ${formatNumber(shown)} are below`}. Copies of it are left out.
      </p>
      <OwnIndicators overlap={overlap} level={2} />
      {shown > 0 && <ShareNote />}
      <section class="part" aria-label="Rules">
        <OverlapList rules={overlap.rules} indicators={overlap.indicators} />
        <TooCommon overlap={overlap} level={2} />
      </section>
      <p>
        <a href="/overlap">Compare another rule</a>
      </p>
    </Layout>
  );
}
