import type { CatalogRule, Overlap } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { ruleHref } from '../links.ts';
import { OverlapList, SharedList } from '../parts/overlap.tsx';
import { Crumbs } from '../parts/page.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** The rules that share the most and the rarest indicators with one, whatever their language. */
export function OverlapPage(props: { readonly rule: CatalogRule; readonly overlap: Overlap }): JSX.Element {
  const { rule, overlap } = props;
  const title = rule.title === '' ? rule.id : rule.title;
  return (
    <Layout title={`Rules like ${title}`} section="rules">
      <Crumbs
        crumbs={[
          { href: '/', text: 'Rules' },
          { href: ruleHref(rule.id), text: title },
        ]}
      />
      <h1>Rules that look for the same</h1>
      <p class="lede">
        {plural(overlap.total, 'rule')} in any language share something of the{' '}
        {plural(overlap.indicators, 'indicator')} of this rule
        {overlap.total > overlap.rules.length &&
          `; the first ${formatNumber(overlap.rules.length)} are below`}
        .
      </p>
      <p class="quiet">
        The rarer an indicator is, the more it weighs. What both exclude adds nothing, event IDs and the like
        are left out, and so are copies of the rule itself.
      </p>
      <section class="part" aria-label="Rules">
        <OverlapList overlap={overlap} />
      </section>
      {overlap.tooCommon.length > 0 && (
        <section class="part">
          <h2>Left out</h2>
          <p>So many rules have these that sharing them says little:</p>
          <SharedList label="Indicators left out" shared={overlap.tooCommon} />
        </section>
      )}
    </Layout>
  );
}
