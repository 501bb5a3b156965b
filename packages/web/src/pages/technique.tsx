import type { Facet } from '@rulescope/catalog';
import type { AttackRelease, AttackTechnique, ResolvedTechnique } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { type AttackCounts, partsOf, replacedBy } from '../attack.ts';
import { eventHref, parseEventValue } from '../events.ts';
import { facetHref, techniqueHref } from '../links.ts';
import { ReleaseNote, releaseName, TacticLink, TechniqueLink } from '../parts/attack.tsx';
import { CountList } from '../parts/lists.tsx';
import { Crumbs, Fact, PageOfParts, type PagePart } from '../parts/page.tsx';
import { type Paged, RuleSection } from '../parts/rule-section.tsx';
import { formatNumber } from '../words.ts';
import { Layout } from './layout.tsx';
import { CountedTechnique } from './tactics.tsx';

interface TechniquePageProps {
  readonly technique: ResolvedTechnique;
  readonly release: AttackRelease;
  readonly counts: AttackCounts;
  readonly events: Facet;
  readonly paged: Paged;
}

/** A technique: where it stands in ATT&CK, its rules, and the events on which they fire. */
export function TechniquePage(props: TechniquePageProps): JSX.Element {
  const { technique, release } = props;
  const { id, name } = technique;
  return (
    <Layout title={`${id} ${name}`} section="attack">
      <PageOfParts
        crumbs={crumbsOf(technique)}
        heading={
          <>
            <span class="over">{id}</span> {name}
          </>
        }
        lead={<TechniqueFacts technique={technique} release={release} />}
        parts={partsFor(props)}
        foot={<ReleaseNote release={release} />}
      />
    </Layout>
  );
}

function TechniqueFacts(props: {
  readonly technique: ResolvedTechnique;
  readonly release: AttackRelease;
}): JSX.Element {
  const { id, parent, tactics, status } = props.technique;
  const replaced = replacedBy(id, props.release);
  return (
    <dl class="facts">
      <Fact name={tactics.length === 1 ? 'Tactic' : 'Tactics'}>
        {tactics.length === 0 && 'none in this release'}
        {tactics.map((tactic, i) => (
          <>
            {i > 0 && ', '}
            <TacticLink tactic={tactic} />
          </>
        ))}
      </Fact>
      {parent !== null && (
        <Fact name="Part of">
          <TechniqueLink id={parent.id} name={parent.name} />
        </Fact>
      )}
      {status !== 'current' && (
        <Fact name="Status">
          {status} in {releaseName(props.release)}
        </Fact>
      )}
      {replaced.length > 0 && (
        <Fact name="Took the place of">
          <Replaced techniques={replaced} />
        </Fact>
      )}
    </dl>
  );
}

function crumbsOf({ tactics, parent }: ResolvedTechnique) {
  return [
    { href: '/tactics', text: 'ATT&CK' },
    ...tactics.slice(0, 1).map(({ shortname, name }) => ({ href: `/tactics/${shortname}`, text: name })),
    ...(parent === null ? [] : [{ href: techniqueHref(parent.id), text: parent.name }]),
  ];
}

function partsFor(props: TechniquePageProps): readonly PagePart[] {
  const { technique, release, counts, events, paged } = props;
  const parts = partsOf(technique.id, release);
  return [
    ...(parts.length === 0
      ? []
      : [
          {
            id: 'sub-techniques',
            title: 'Sub-techniques',
            content: (
              <ul class="tree">
                {parts.map((part) => (
                  <li>
                    <CountedTechnique technique={part} counts={counts} />
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    {
      id: 'events',
      title: 'Events of its rules',
      content: <EventCounts events={events} id={technique.id} />,
    },
    {
      id: 'rules',
      title: 'Rules',
      content: (
        <RuleSection
          paged={paged}
          filter={{ technique: technique.id }}
          href={(page) => techniqueHref(technique.id, page)}
          empty="The catalog has no rule for it."
        />
      ),
    },
  ];
}

function EventCounts(props: { readonly events: Facet; readonly id: string }): JSX.Element {
  const { values, total } = props.events;
  if (total === 0) return <p>None that we know.</p>;
  return (
    <>
      <CountList
        label="Events, and how many rules of the technique fire on each"
        items={values.map(({ value, label, rules }) => ({
          key: value,
          href: eventHref(parseEventValue(value)),
          text: label,
          count: rules,
        }))}
      />
      {total > values.length && (
        <p>
          <a href={facetHref('event', { words: '', filter: { technique: props.id } })}>
            All {formatNumber(total)} events
          </a>
        </p>
      )}
    </>
  );
}

function Replaced({ techniques }: { readonly techniques: readonly AttackTechnique[] }): JSX.Element {
  return (
    <ul class="plain">
      {techniques.map(({ id, name }) => (
        <li>
          <TechniqueLink id={id} name={name} />
        </li>
      ))}
    </ul>
  );
}

/** An id that the release replaced: what it was, and what it is now. */
export function OldTechniquePage(props: {
  readonly old: AttackTechnique;
  readonly now: ResolvedTechnique;
  readonly release: AttackRelease;
}): JSX.Element {
  const { old, now, release } = props;
  return (
    <Layout title={`${old.id} ${old.name}`} section="attack">
      <Crumbs crumbs={[{ href: '/tactics', text: 'ATT&CK' }]} />
      <h1>
        <span class="over">{old.id}</span> {old.name}
      </h1>
      <p>
        {releaseName(release)} replaced it. It is now <TechniqueLink {...now} />, and rules that are tagged{' '}
        {old.id} are listed there.
      </p>
      {now.via.length > 1 && <p>On the way it was {now.via.slice(1).join(', ')}.</p>}
      <ReleaseNote release={release} />
    </Layout>
  );
}
