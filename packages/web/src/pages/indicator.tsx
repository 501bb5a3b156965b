import type { IndicatorKey, IndicatorRules, Polarity, RuleSummary } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { fieldHref, indicatorHref, withQuery } from '../links.ts';
import { Pagination, RuleItems } from '../parts/lists.tsx';
import { Crumbs } from '../parts/page.tsx';
import { FieldName, ValueText } from '../parts/values.tsx';
import { formatNumber, operatorWords } from '../words.ts';
import { Layout } from './layout.tsx';

/** One of the two lists of the page. */
export interface IndicatorSection {
  readonly polarity: Polarity;
  /** How many rules it has, before the list was cut into pages. */
  readonly total: number;
  readonly rules: readonly RuleSummary[];
  readonly page: number;
  readonly pages: number;
}

/** The rules behind an indicator: those that look for it, and those that exclude it. */
export function IndicatorPage(props: {
  readonly indicator: IndicatorRules;
  readonly platform: string | null;
  readonly sections: readonly IndicatorSection[];
}): JSX.Element {
  const { indicator, platform } = props;
  const title = `${indicator.field ?? 'any field'} ${operatorWords(indicator.op)} ${indicator.value}`;
  return (
    <Layout title={title} section="fields">
      <Crumbs crumbs={crumbsOf(indicator)} />
      <h1>
        <FieldName field={indicator.field} linked={indicator.field} /> {operatorWords(indicator.op)}{' '}
        {indicator.op !== 'exists' && indicator.op !== 'is_null' && <ValueText value={indicator.value} />}
      </h1>
      {indicator.encoding !== '' && <p>The value is looked for as {indicator.encoding}.</p>}
      <Platforms indicator={indicator} platform={platform} />
      {props.sections.map((section) => (
        <section id={anchorOf(section.polarity)} class="part">
          <h2>
            {section.polarity === 'include' ? 'Rules that look for it' : 'Rules that exclude it'} (
            {formatNumber(section.total)})
          </h2>
          {section.total === 0 ? <p>None.</p> : <RuleItems rules={section.rules} />}
          <Pagination
            label={section.polarity === 'include' ? 'Pages of rules' : 'Pages of excluding rules'}
            page={section.page}
            pages={section.pages}
            href={(page) => sectionHref(indicator, platform, props.sections, section.polarity, page)}
          />
        </section>
      ))}
    </Layout>
  );
}

function crumbsOf({ field }: IndicatorKey) {
  const fields = { href: '/fields', text: 'Fields' };
  return field === null ? [{ href: '/', text: 'Rules' }] : [fields, { href: fieldHref(field), text: field }];
}

/** The name of the query parameter that holds the page of a list. */
export function pageParameter(polarity: Polarity): string {
  return polarity === 'include' ? 'page' : 'excluding-page';
}

function anchorOf(polarity: Polarity): string {
  return polarity === 'include' ? 'including' : 'excluding';
}

/** The same page with another page of one list; the other list stays where it is. */
function sectionHref(
  key: IndicatorKey,
  platform: string | null,
  sections: readonly IndicatorSection[],
  polarity: Polarity,
  page: number,
): string {
  const query: Record<string, string> = { op: key.op, value: key.value };
  if (key.field !== null) query.field = key.field;
  if (key.encoding !== '') query.encoding = key.encoding;
  if (platform !== null) query.platform = platform;
  for (const section of sections) {
    const number = section.polarity === polarity ? page : section.page;
    if (number > 1) query[pageParameter(section.polarity)] = String(number);
  }
  return `${withQuery('/indicators', query)}#${anchorOf(polarity)}`;
}

function Platforms(props: {
  readonly indicator: IndicatorRules;
  readonly platform: string | null;
}): JSX.Element {
  const { indicator, platform } = props;
  const rules = new Map([...indicator.including, ...indicator.excluding].map((rule) => [rule.id, rule]));
  const counts = new Map<string, number>();
  for (const rule of rules.values()) counts.set(rule.platform, (counts.get(rule.platform) ?? 0) + 1);
  const item = (text: string, target: string | null): JSX.Element => (
    <a href={indicatorHref(indicator, target) ?? '/'} aria-current={target === platform ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <nav class="tabs" aria-label="Platforms">
      {item(`All platforms ${formatNumber(rules.size)}`, null)}
      {[...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, count]) => item(`${name} ${formatNumber(count)}`, name))}
    </nav>
  );
}
