import type { Facet, FieldIndicator, RuleFilter } from '@rulescope/catalog';
import { type LogEvent, shortProvider } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { eventHref } from '../events.ts';
import { fieldHref, indicatorHref, withQuery } from '../links.ts';
import { CountList, Pagination } from '../parts/lists.tsx';
import { PageOfParts, type PagePart } from '../parts/page.tsx';
import { type Paged, RuleSection } from '../parts/rule-section.tsx';
import { ValueText } from '../parts/values.tsx';
import { formatNumber, operatorWords, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** All fields that rules test, by how many do. */
export function FieldsPage(props: {
  readonly fields: Facet;
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  const { fields } = props;
  return (
    <Layout title="Fields" section="fields">
      <h1>Fields</h1>
      <p>
        {plural(fields.total, 'field')} that rules test, under their canonical names where they have one. A
        number is that of the rules.
      </p>
      <div class="columns">
        <CountList
          label="Fields"
          items={fields.values.map(({ value, rules }) => ({
            key: value,
            href: fieldHref(value),
            text: <code>{value}</code>,
            count: rules,
          }))}
        />
      </div>
      <Pagination
        label="Pages of fields"
        page={props.page}
        pages={props.pages}
        href={(page) => withQuery('/fields', {}, page)}
      />
    </Layout>
  );
}

interface FieldPageProps {
  readonly field: string;
  /** What its rules have in common. */
  readonly filter: RuleFilter;
  readonly values: { readonly total: number; readonly indicators: readonly FieldIndicator[] };
  readonly valuesPage: number;
  readonly valuesPages: number;
  readonly carriers: readonly LogEvent[];
  readonly paged: Paged;
}

/** A field: what rules look for in it, which rules do, and which events carry it. */
export function FieldPage(props: FieldPageProps): JSX.Element {
  const { field, paged, values, carriers } = props;
  return (
    <Layout title={field} section="fields">
      <PageOfParts
        crumbs={[{ href: '/fields', text: 'Fields' }]}
        heading={<code>{field}</code>}
        lead={
          <p class="figures">
            {plural(paged.list.total, 'rule')} · {plural(values.total, 'value')} ·{' '}
            {plural(carriers.length, 'event')}
          </p>
        }
        parts={partsFor(props)}
      />
    </Layout>
  );
}

function partsFor(props: FieldPageProps): readonly PagePart[] {
  const { field, carriers, paged } = props;
  return [
    { id: 'values', title: 'Values', content: <Values {...props} /> },
    ...(carriers.length === 0
      ? []
      : [{ id: 'events', title: 'Events that carry it', content: <Carriers carriers={carriers} /> }]),
    {
      id: 'rules',
      title: 'Rules',
      content: (
        <RuleSection
          paged={paged}
          filter={props.filter}
          href={(page) => `${withQuery(fieldHref(field), {}, page)}#rules`}
          empty="No rule of the catalog tests it."
        />
      ),
    },
  ];
}

function Values(props: FieldPageProps): JSX.Element {
  const { field, values, valuesPage, valuesPages } = props;
  if (values.total === 0) return <p>No rule looks for a value in it.</p>;
  return (
    <>
      <p class="quiet">
        What rules look for in it, what most rules look for first. Each leads to those rules.
      </p>
      <table class="values-table">
        <caption class="hidden">Values that rules look for</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Value</th>
            <th scope="col">Rules</th>
          </tr>
        </thead>
        <tbody>
          {values.indicators.map((indicator) => (
            <tr>
              <td>{operatorWords(indicator.op)}</td>
              <td>
                <IndicatorLink indicator={indicator} />
              </td>
              <td class="number">{formatNumber(indicator.rules)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pagination
        label="Pages of values"
        page={valuesPage}
        pages={valuesPages}
        href={(page) => withQuery(fieldHref(field), page > 1 ? { values: page } : {})}
      />
    </>
  );
}

function IndicatorLink({ indicator }: { readonly indicator: FieldIndicator }): JSX.Element {
  const { op, value, encoding } = indicator;
  const href = indicatorHref(indicator);
  const bare = op === 'exists' || op === 'is_null';
  const text = bare ? <em>{operatorWords(op)}</em> : <ValueText value={value} />;
  return (
    <>
      {href === null ? text : <a href={href}>{text}</a>}
      {encoding !== '' && <span class="note"> as {encoding}</span>}
    </>
  );
}

function Carriers({ carriers }: { readonly carriers: readonly LogEvent[] }): JSX.Element {
  return (
    <ul class="event-list">
      {carriers.map((event) => (
        <li>
          <a href={eventHref(event)}>
            {shortProvider(event.provider)} {event.id ?? ''}
          </a>{' '}
          {event.title}
        </li>
      ))}
    </ul>
  );
}
