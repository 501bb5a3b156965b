import type { IndicatorKey, IndicatorRules, Polarity, RuleSummary } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { fieldHref, indicatorHref, withQuery } from '../links.ts';
import { Neighbours, WrittenForms } from '../parts/indicator-around.tsx';
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
      <p class="quiet">
        However their language writes it: names of fields and forms that mean the same are one, and case does
        not matter{indicator.op === 'regex' && ', save in the pattern'}. A rule that stands in several places
        is listed for each, and counts once where others are counted.
      </p>
      {indicator.encoding !== '' && <p>The value is looked for as {indicator.encoding}.</p>}
      <Platforms indicator={indicator} platform={platform} />
      <WrittenForms indicator={indicator} />
      <Neighbours indicator={indicator} />
      {props.sections.map((section) => (
        <section id={anchorOf(section.polarity)} class="part">
          <h2>
            {section.polarity === 'include' ? 'Rules that look for it' : 'Rules that exclude it'}
            {platform !== null && `, ${platform}`} ({formatNumber(section.total)})
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

/** How many rules of each platform look for the indicator and exclude it; a platform narrows the lists to its own. */
function Platforms(props: {
  readonly indicator: IndicatorRules;
  readonly platform: string | null;
}): JSX.Element {
  const { indicator, platform } = props;
  const including = countByPlatform(indicator.including);
  const excluding = countByPlatform(indicator.excluding);
  const names = [...new Set([...including.keys(), ...excluding.keys()])].sort();
  const row = (text: string, target: string | null, counts: readonly [number, number]): JSX.Element => (
    <tr>
      <th scope="row">
        <a
          href={indicatorHref(indicator, target) ?? '/'}
          aria-current={target === platform ? 'page' : undefined}
        >
          {text}
        </a>
      </th>
      {counts.map((count) => (
        <td>{formatNumber(count)}</td>
      ))}
    </tr>
  );
  return (
    <table class="figure-table platforms">
      <caption class="hidden">Rules by platform</caption>
      <thead>
        <tr>
          <th scope="col">Platform</th>
          <th scope="col">Look for it</th>
          <th scope="col">Exclude it</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => row(name, name, [including.get(name) ?? 0, excluding.get(name) ?? 0]))}
        {row('All platforms', null, [indicator.including.length, indicator.excluding.length])}
      </tbody>
    </table>
  );
}

function countByPlatform(rules: readonly RuleSummary[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { platform } of rules) counts.set(platform, (counts.get(platform) ?? 0) + 1);
  return counts;
}
