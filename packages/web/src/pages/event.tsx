import type { Facet, RuleList } from '@rulescope/catalog';
import { type LogEvent, shortProvider, type Verdict } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { type EventName, eventIdWords, eventValueOf, type TestedField, testedFields } from '../events.ts';
import { facetHref, fieldHref, listHref, techniqueHref } from '../links.ts';
import { FieldList } from '../parts/event-table.tsx';
import { CountList, RuleItems } from '../parts/lists.tsx';
import { VerdictMark } from '../parts/marks.tsx';
import { Fact, PageOfParts, type PagePart } from '../parts/page.tsx';
import { Word } from '../parts/words.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

interface EventPageProps {
  readonly name: EventName;
  readonly title: string;
  /** Newest first; empty where the tables don't have the event. */
  readonly versions: readonly LogEvent[];
  readonly logsources: Facet;
  readonly techniques: Facet;
  /** The fields that the rules of the event test, with how many do. */
  readonly tested: ReadonlyMap<string, number>;
  readonly verdicts: readonly {
    readonly verdict: Verdict;
    /** Its value in the catalog's facet, together with the event. */
    readonly value: string;
    /** The first rules of it. */
    readonly list: RuleList;
  }[];
}

/** An event: what it carries, and the rules that can fire on it. */
export function EventPage(props: EventPageProps): JSX.Element {
  const { name, title, versions } = props;
  const over = `${shortProvider(name.provider)}, ${eventIdWords(name.id)}`;
  return (
    <Layout title={`${over}: ${title}`} section="events">
      <PageOfParts
        crumbs={[{ href: '/events', text: 'Events' }]}
        heading={
          <>
            <span class="over">{over}</span> {title}
          </>
        }
        lead={<EventFacts name={name} versions={versions} />}
        parts={partsFor(props)}
      />
    </Layout>
  );
}

function EventFacts(props: {
  readonly name: EventName;
  readonly versions: readonly LogEvent[];
}): JSX.Element {
  const { name, versions } = props;
  const unique = (of: (event: LogEvent) => readonly string[]): readonly string[] => [
    ...new Set(versions.flatMap(of)),
  ];
  const needs = unique(({ needs = [] }) => needs);
  const notes = unique(({ note }) => (note === undefined ? [] : [note]));
  return (
    <dl class="facts">
      <Fact name="Provider">
        <code>{name.provider}</code>
      </Fact>
      {versions.length > 1 && (
        <Fact name="Versions">
          {versions
            .map(({ version, since }) => (since === undefined ? `${version}` : `${version} since ${since}`))
            .join('; ')}
        </Fact>
      )}
      {versions.length > 0 && <Fact name="Log">{unique(({ channels }) => channels).join(', ')}</Fact>}
      {needs.length > 0 && (
        <Fact name="Written only with">
          <ul class="plain">
            {needs.map((need) => (
              <li>{need}</li>
            ))}
          </ul>
        </Fact>
      )}
      {notes.map((note) => (
        <Fact name="Note">{note}</Fact>
      ))}
      <Fact name="Source of the fields" wide>
        {versions.length === 0
          ? 'none: this event is not in our tables, only rules name it'
          : unique(({ source }) => [source]).join('; ')}
      </Fact>
    </dl>
  );
}

function partsFor(props: EventPageProps): readonly PagePart[] {
  const { name, versions, logsources, techniques } = props;
  const event = eventValueOf(name);
  return [
    ...(versions.length === 0 ? [] : [{ id: 'fields', title: 'Fields', content: <Fields {...props} /> }]),
    ...(logsources.total === 0
      ? []
      : [
          {
            id: 'logsources',
            title: 'Where its rules look',
            content: (
              <>
                <p class="quiet">
                  Log sources of the rules that can fire on this event. A rule may look in several, and not
                  all of them hold this event.
                </p>
                <Counts
                  facet={logsources}
                  event={event}
                  label="Log sources"
                  href={(value) => listHref({ event, logsource: value })}
                />
              </>
            ),
          },
        ]),
    ...(techniques.total === 0
      ? []
      : [
          {
            id: 'techniques',
            title: 'Techniques of its rules',
            content: <Counts facet={techniques} event={event} label="Techniques" href={techniqueHref} />,
          },
        ]),
    { id: 'rules', title: 'Rules by verdict', content: <RulesByVerdict {...props} /> },
  ];
}

/** What each verdict means for a rule on this event; `eventCoverage` works them out. */
const MEANINGS: Readonly<Record<Verdict, string>> = {
  full: 'The event carries every field that the rule tests.',
  unknown: 'The rule can fire; of some fields we do not know whether the event carries them.',
  noisier: 'The rule fires, but an exclusion cannot apply, since its field is missing.',
  partial: 'Some branch of the condition can fire; another never does, since its field is missing.',
  blind: 'The rule cannot fire on it.',
};

function RulesByVerdict({ verdicts }: EventPageProps): JSX.Element {
  const found = verdicts.filter(({ list }) => list.total > 0);
  if (found.length === 0) return <p>No rule of the catalog means this event.</p>;
  return (
    <>
      <p class="quiet">
        The verdicts are those of <Word word="event coverage" />. Of an event with several versions, the
        newest counts here.
      </p>
      {found.map(({ verdict, value, list }) => (
        <section class="by-verdict" id={verdict}>
          <h3>
            <VerdictMark verdict={verdict} />{' '}
            <a href={listHref({ verdict: value })}>{plural(list.total, 'rule')}</a>
          </h3>
          <p class="quiet">{MEANINGS[verdict]}</p>
          <RuleItems rules={list.rules} />
          {list.total > list.rules.length && (
            <p>
              <a href={listHref({ verdict: value })}>
                All {formatNumber(list.total)} rules: {verdict}
              </a>
            </p>
          )}
        </section>
      ))}
    </>
  );
}

function Counts(props: {
  readonly facet: Facet;
  readonly event: string;
  readonly label: string;
  readonly href: (value: string) => string;
}): JSX.Element {
  const { facet, event, label, href } = props;
  return (
    <>
      <CountList
        label={label}
        items={facet.values.map(({ value, label: text, rules }) => ({
          key: value,
          href: href(value),
          text,
          count: rules,
        }))}
      />
      {facet.total > facet.values.length && (
        <p>
          <a href={facetHref(facet.name, { words: '', filter: { event } })}>
            All {formatNumber(facet.total)} {label.toLowerCase()}
          </a>
        </p>
      )}
    </>
  );
}

/** What each version carries: a row a field, with a mark for each version that has it. */
function Fields({ versions, tested }: EventPageProps): JSX.Element {
  const oldest = versions.toReversed();
  const fields = testedFields(versions, tested);
  const several = versions.length > 1;
  return (
    <>
      <table class="field-table">
        <caption class="hidden">Fields of the event</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {several &&
              oldest.map(({ version }) => (
                <th scope="col">
                  <abbr title={`version ${version}`}>v{version}</abbr>
                </th>
              ))}
            <th scope="col">Rules</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((tested) => {
            const { field, names } = tested;
            return (
              <tr>
                <th scope="row">
                  <a href={fieldHref(field)}>
                    <code>{field}</code>
                  </a>
                  {names.length > 0 && (
                    <span class="note">
                      in rules <FieldList fields={names} />
                    </span>
                  )}
                  <FieldNote field={field} versions={versions} />
                </th>
                {several && oldest.map(({ fields: own }) => <td>{own.includes(field) ? 'yes' : '–'}</td>)}
                <td class="number">{testedWords(tested)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="quiet">
        The number is that of the rules for the event that test the field, in any language and by whatever
        name; where they do so by several names, it is the number of the most common one.
        {versions.some(({ open }) => open === true) && ' The event can carry more fields than these.'}
      </p>
    </>
  );
}

/** `12`, or where rules test it by several names, `12 or more`. */
function testedWords({ rules, isLeast }: TestedField): string {
  return isLeast ? `${formatNumber(rules)} or more` : formatNumber(rules);
}

function FieldNote(props: { readonly field: string; readonly versions: readonly LogEvent[] }): JSX.Element {
  const { field, versions } = props;
  const needs = new Set(
    versions.flatMap(({ fieldNeeds = {} }) => (Object.hasOwn(fieldNeeds, field) ? [fieldNeeds[field]] : [])),
  );
  const values = new Set(
    versions.flatMap(({ values = {} }) => (Object.hasOwn(values, field) ? (values[field] ?? []) : [])),
  );
  return (
    <>
      {needs.size > 0 && <span class="note">needs: {[...needs].join('; ')}</span>}
      {values.size > 0 && <span class="note">only {[...values].join(', ')}</span>}
    </>
  );
}
