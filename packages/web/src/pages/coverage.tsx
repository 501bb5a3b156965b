import type { CoverageRow, Facet, RuleFilter, UnderstandingReport } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { facetHref, fieldHref, listHref } from '../links.ts';
import { type Counted, CountList } from '../parts/lists.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** What Rulescope understands of the rules, what it does not, and what stands in the way. */
export function CoveragePage({ report }: { readonly report: UnderstandingReport }): JSX.Element {
  return (
    <Layout title="What is understood" section="coverage">
      <h1>What Rulescope understands</h1>
      <p class="lede">
        How much of each source and language is read, and how many fields are known. Deprecated and
        unsupported rules are among them.
      </p>
      <section class="part">
        <h2>Rules by source and language</h2>
        <RuleTable rows={report.rows} />
      </section>
      <section class="part">
        <h2>Fields by source and language</h2>
        <p class="quiet">
          Each value that a rule tests counts once. A canonical field has the same name for every language; a
          native one is what its product documents, and counts only where others name it alike.
        </p>
        <FieldTable rows={report.rows} />
      </section>
      <section class="part">
        <h2>Fields that are not known</h2>
        <CountedPart
          label="Unknown fields"
          empty="Every field is known."
          total={report.unknownFieldTotal}
          items={report.unknownFields.map(({ field, platform, values }) => ({
            key: `${platform} ${field}`,
            href: fieldHref(field),
            text: (
              <>
                <code>{field}</code> <span class="note">{platform}</span>
              </>
            ),
            count: values,
          }))}
        />
      </section>
      <section class="part">
        <h2>Names that nothing defines</h2>
        <p class="quiet">
          Macros, functions, lookups and commands that only the environment of a rule knows, and how many
          rules have them. They lower nothing: what they stand for is shown as unknown.
        </p>
        <FacetPart facet={report.missing} empty="There is none." help={false} />
      </section>
      <section class="part">
        <h2>Diagnostics</h2>
        <p class="quiet">What was said of rules, and to how many of them.</p>
        <FacetPart facet={report.diagnostics} empty="Nothing was said of any rule." help />
      </section>
    </Layout>
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
          <th scope="col">In full</th>
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
          <th scope="col">Canonical</th>
          <th scope="col">Native</th>
          <th scope="col">Unknown</th>
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
      ? `${platform}, not read`
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

function Figure({ count, filter }: { readonly count: number; readonly filter: RuleFilter }): JSX.Element {
  return (
    <td>{count === 0 ? '0' : <a href={listHref({ ...filter, retired: true })}>{formatNumber(count)}</a>}</td>
  );
}

/** The values of a facet, each with the rules that have it; with `help` they are codes that have a page. */
function FacetPart(props: {
  readonly facet: Facet;
  readonly empty: string;
  readonly help: boolean;
}): JSX.Element {
  const { facet, empty, help } = props;
  return (
    <>
      <CountedPart
        label={help ? 'Diagnostics' : 'Missing names'}
        empty={empty}
        total={facet.values.length}
        items={facet.values.map(({ value, label, rules }) => ({
          key: value,
          href: listHref({ [facet.name]: value, retired: true }),
          text: label,
          count: rules,
        }))}
      />
      {facet.total > facet.values.length && (
        <p>
          <a href={facetHref(facet.name, { words: '', filter: { retired: true } })}>
            All {formatNumber(facet.total)} of them
          </a>
        </p>
      )}
      {help && facet.values.length > 0 && (
        <p>
          <a href="/help">What each of them means</a>
        </p>
      )}
    </>
  );
}

function CountedPart(props: {
  readonly label: string;
  readonly empty: string;
  readonly total: number;
  readonly items: readonly Counted[];
}): JSX.Element {
  const { label, empty, total, items } = props;
  if (items.length === 0) return <p>{empty}</p>;
  return (
    <>
      <CountList label={label} items={items} />
      {total > items.length && <p class="quiet">and {plural(total - items.length, 'more name')}</p>}
    </>
  );
}
