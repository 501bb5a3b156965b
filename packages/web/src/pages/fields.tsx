import type { Facet, FieldIndicator, RuleFilter } from '@rulescope/catalog';
import { type Carrier, shortProvider } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { eventHref, eventIdWords } from '../events.ts';
import { fieldHref, indicatorHref, withQuery } from '../links.ts';
import { FieldList } from '../parts/event-table.tsx';
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
  readonly carriers: readonly Carrier[];
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
      : [
          {
            id: 'events',
            title: 'Events that carry it',
            content: <Carriers field={field} carriers={carriers} />,
          },
        ]),
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

/** Events of one provider that stand open; more are folded. */
const OPEN_EVENTS = 6;

/** By provider, each event with its own name of the field where that is another. */
function Carriers(props: { readonly field: string; readonly carriers: readonly Carrier[] }): JSX.Element {
  const { field, carriers } = props;
  const providers = Map.groupBy(carriers, ({ event }) => event.provider);
  return (
    <>
      <p class="quiet">By whatever name: the event’s own stands beside it where it is another.</p>
      {[...providers].map(([provider, own]) => (
        <details open={own.length <= OPEN_EVENTS}>
          <summary>
            {shortProvider(provider)} <span class="note">{plural(own.length, 'event')}</span>
          </summary>
          <ul class="event-list">
            {own.map((carrier) => (
              <li>
                <CarrierItem field={field} carrier={carrier} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

function CarrierItem(props: { readonly field: string; readonly carrier: Carrier }): JSX.Element {
  const { event, fields } = props.carrier;
  const others = fields.filter((name) => name.toLowerCase() !== props.field.toLowerCase());
  return (
    <>
      <a href={eventHref(event)}>{eventIdWords(event.id)}</a> {event.title}
      {others.length > 0 && (
        <span class="note">
          as <FieldList fields={others} />
        </span>
      )}
    </>
  );
}
