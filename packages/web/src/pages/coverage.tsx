import type { CoverageRow, Facet, FacetValue, RuleFilter, UnderstandingReport } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { DIAGNOSTIC_CODES } from '../diagnostics.ts';
import { facetHref, fieldHref, helpHref, listHref } from '../links.ts';
import { Breakable } from '../parts/breakable.tsx';
import { CountList } from '../parts/lists.tsx';
import { PageOfParts, type PagePart } from '../parts/page.tsx';
import { UnderstandingNav } from '../parts/understanding-nav.tsx';
import { Word } from '../parts/words.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** What Rulescope understands of the rules, what it does not, and what stands in the way. */
export function CoveragePage({ report }: { readonly report: UnderstandingReport }): JSX.Element {
  return (
    <Layout title="Understanding" section="understanding">
      <PageOfParts
        crumbs={[]}
        heading="Understanding"
        lead={
          <>
            <UnderstandingNav page="understanding" />
            <Lead rows={report.rows} />
          </>
        }
        parts={partsOf(report)}
      />
    </Layout>
  );
}

/** The whole in a sentence. */
function Lead({ rows }: { readonly rows: readonly CoverageRow[] }): JSX.Element {
  const { rules, understood } = sumOf(rows);
  return (
    <p class="lede">
      Of {plural(rules, 'rule')}, deprecated and unsupported ones among them, {formatNumber(understood.full)}{' '}
      are understood in full, {formatNumber(understood.partial)} in part and {formatNumber(understood.none)}{' '}
      not. “In full” means that every word of the query is one that Rulescope knows the meaning of.
    </p>
  );
}

function partsOf(report: UnderstandingReport): readonly PagePart[] {
  return [
    { id: 'rules', title: 'Rules by source and language', content: <RuleTable rows={report.rows} /> },
    { id: 'fields', title: 'Fields by source and language', content: <FieldPart rows={report.rows} /> },
    { id: 'unknown-fields', title: 'Fields that are not known', content: <UnknownFields report={report} /> },
    {
      id: 'missing',
      title: 'Names that nothing defines',
      content: (
        <>
          <p class="quiet">
            Macros, functions, lookups and commands that only the environment of a rule knows, and how many
            rules have them. A rule with such a name is understood in full all the same: what the name stands
            for is shown as unknown.
          </p>
          <MissingNames facet={report.missing} />
        </>
      ),
    },
    { id: 'diagnostics', title: 'Diagnostics', content: <Diagnoses facet={report.diagnostics} /> },
  ];
}

function FieldPart({ rows }: { readonly rows: readonly CoverageRow[] }): JSX.Element {
  return (
    <>
      <p class="quiet">
        Each value that a rule tests in a field counts once; what it looks for in the whole event has no field
        and is not counted here. A canonical field is one that several products have under names of their own,
        which are counted as one; a native field is one that its product documents, under that name alone; of
        an unknown one Rulescope knows nothing.
      </p>
      <FieldTable rows={rows} />
    </>
  );
}

function UnknownFields({ report }: { readonly report: UnderstandingReport }): JSX.Element {
  const items = report.unknownFields.map(({ field, platform, values }) => ({
    key: `${platform} ${field}`,
    href: fieldHref(field),
    text: (
      <>
        <code>
          <Breakable text={field} />
        </code>{' '}
        <span class="note">{platform}</span>
      </>
    ),
    count: values,
  }));
  const more = report.unknownFieldTotal - items.length;
  if (items.length === 0) return <p>Every field is known.</p>;
  return (
    <div class="columns">
      <p class="quiet">With how many tested values each has.</p>
      <CountList label="Unknown fields" items={items} />
      {more > 0 && <p class="quiet">and {plural(more, 'more field')}</p>}
    </div>
  );
}

function RuleTable({ rows }: { readonly rows: readonly CoverageRow[] }): JSX.Element {
  return (
    <table class="figure-table">
      <caption class="hidden">Rules by source and language, and how well they are understood</caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">Rules</th>
          <th scope="col">
            <Word word="understood">In full</Word>
          </th>
          <th scope="col">In part</th>
          <th scope="col">Not</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { source, platform, language, rules, understood } = row;
          const filter = { source, platform, ...(language === null ? {} : { language }) };
          return (
            <tr>
              <RowHead row={row} />
              <Figure count={rules} filter={filter} />
              <Figure count={understood.full} filter={{ ...filter, understood: 'full' }} />
              <Figure count={understood.partial} filter={{ ...filter, understood: 'partial' }} />
              <Figure count={understood.none} filter={{ ...filter, understood: 'none' }} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function FieldTable({ rows }: { readonly rows: readonly CoverageRow[] }): JSX.Element {
  return (
    <table class="figure-table">
      <caption class="hidden">
        Tested values by source and language, and whether their fields are known
      </caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">
            <Word word="canonical">Canonical</Word>
          </th>
          <th scope="col">
            <Word word="native">Native</Word>
          </th>
          <th scope="col">
            <Word word="unknown">Unknown</Word>
          </th>
          <th scope="col">Known</th>
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(({ language }) => language !== null)
          .map((row) => {
            const { canonical, native, unknown } = row.fields;
            const all = canonical + native + unknown;
            return (
              <tr>
                <RowHead row={row} />
                <td>{formatNumber(canonical)}</td>
                <td>{formatNumber(native)}</td>
                <td>{formatNumber(unknown)}</td>
                <td>{all === 0 ? '–' : `${(((canonical + native) / all) * 100).toFixed(1)} %`}</td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}

function RowHead({ row }: { readonly row: CoverageRow }): JSX.Element {
  const { source, platform, language } = row;
  const note =
    language === null
      ? `${platform}, ${unreadOf(row)}`
      : language === platform
        ? platform
        : `${platform}, ${language}`;
  return (
    <th scope="row">
      {source}
      {note !== source && <span class="note">{note}</span>}
    </th>
  );
}

/** Of rules without a language, how many have no query at all. */
function unreadOf({ understood }: CoverageRow): string {
  const { none } = understood;
  const without = understood.full + understood.partial;
  const unread = none > 0 ? `${formatNumber(none)} in languages that are not read` : '';
  const bare = without > 0 ? `${formatNumber(without)} without a query` : '';
  return [bare, unread].filter((words) => words !== '').join(', ');
}

/** The rules of all rows together. */
function sumOf(rows: readonly CoverageRow[]): Pick<CoverageRow, 'rules' | 'understood'> {
  const sum = (number: (row: CoverageRow) => number): number =>
    rows.reduce((total, row) => total + number(row), 0);
  return {
    rules: sum(({ rules }) => rules),
    understood: {
      full: sum(({ understood }) => understood.full),
      partial: sum(({ understood }) => understood.partial),
      none: sum(({ understood }) => understood.none),
    },
  };
}

function Figure({ count, filter }: { readonly count: number; readonly filter: RuleFilter }): JSX.Element {
  return (
    <td>{count === 0 ? '0' : <a href={listHref({ ...filter, retired: true })}>{formatNumber(count)}</a>}</td>
  );
}

/** The names that nothing defines, each leading to the rules that have it. */
function MissingNames({ facet }: { readonly facet: Facet }): JSX.Element {
  if (facet.values.length === 0) return <p>There is none.</p>;
  return (
    <div class="columns">
      <CountList
        label="Missing names"
        items={facet.values.map((value) => ({
          key: value.value,
          href: rulesHref(facet, value),
          text: <Breakable text={value.label} />,
          count: value.rules,
        }))}
      />
      <AllOf facet={facet} />
    </div>
  );
}

const SEVERITIES = [
  ['error', 'Errors: a part of the rule is wrong, or could not be read'],
  ['warning', 'Warnings: the rule was read, but may not do what its author meant'],
  ['info', 'Notes'],
] as const;

/** What was said of rules, by severity: each leads to its rules, and to what it means. */
function Diagnoses({ facet }: { readonly facet: Facet }): JSX.Element {
  if (facet.values.length === 0) return <p>Nothing was said of any rule.</p>;
  const rows = facet.values.map((value) => ({
    value,
    row: DIAGNOSTIC_CODES.find(({ code }) => code === value.value),
  }));
  return (
    <>
      <p class="quiet">What was said of rules, and to how many of them.</p>
      {SEVERITIES.map(([severity, title]) => {
        const found = rows.filter(({ row }) => (row?.severity ?? 'info') === severity);
        if (found.length === 0) return null;
        return (
          <>
            <h3>{title}</h3>
            <CountList
              label={title}
              items={found.map(({ value, row }) => ({
                key: value.value,
                href: rulesHref(facet, value),
                text: row === undefined ? value.label : row.title,
                after: (
                  <a class="note" href={helpHref(value.value)}>
                    {value.value}
                  </a>
                ),
                count: value.rules,
              }))}
            />
          </>
        );
      })}
      <AllOf facet={facet} />
    </>
  );
}

function rulesHref({ name }: Facet, { value }: FacetValue): string {
  return listHref({ [name]: value, retired: true });
}

function AllOf({ facet }: { readonly facet: Facet }): JSX.Element | null {
  if (facet.total <= facet.values.length) return null;
  return (
    <p>
      <a href={facetHref(facet.name, { words: '', filter: { retired: true } })}>
        All {formatNumber(facet.total)} of them
      </a>
    </p>
  );
}
