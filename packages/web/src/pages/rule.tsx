import {
  type BroaderIndicators,
  type CatalogRule,
  type IndicatorCount,
  noCoverageReason,
  type Overlap,
} from '@rulescope/catalog';
import type { AttackRelease } from '@rulescope/knowledge';
import type { Test } from '@rulescope/logic';
import type { JSX } from 'preact';
import { countFinder, groupTests, keyText } from '../indicator-groups.ts';
import { listHref, ruleHref } from '../links.ts';
import { AttackTable } from '../parts/attack.tsx';
import { EventTable } from '../parts/event-table.tsx';
import { InShort } from '../parts/in-short.tsx';
import { Diagnostics } from '../parts/lists.tsx';
import { Exclusions, Terms } from '../parts/logic.tsx';
import { MoreFacts, References, RuleFacts } from '../parts/metadata.tsx';
import { OverlapList, ShareNote } from '../parts/overlap.tsx';
import { PageOfParts, type PagePart } from '../parts/page.tsx';
import { Copies, Related, RetiredNote } from '../parts/related.tsx';
import { RuleText } from '../parts/rule-text.tsx';
import { Sources } from '../parts/sources.tsx';
import { type RuleFinder, Stages } from '../parts/stages.tsx';
import { NotUnderstoodList, notUnderstood } from '../parts/unknown.tsx';
import { ExpressionText, IndicatorTable } from '../parts/values.tsx';
import { WordList } from '../parts/words.tsx';
import { plural } from '../words.ts';
import { Layout } from './layout.tsx';

interface RulePageProps {
  readonly rule: CatalogRule;
  readonly counts: readonly IndicatorCount[];
  readonly broader: readonly BroaderIndicators[];
  /** The rules that look most for the same, the first of them on this page. */
  readonly overlap: Overlap;
  readonly authors: readonly string[];
  readonly release: AttackRelease;
  /** Finds the rule that a nested query is. */
  readonly find: RuleFinder;
}

/** Everything that the catalog knows of one rule. */
export function RulePage(props: RulePageProps): JSX.Element {
  const { rule } = props;
  const title = rule.title === '' ? rule.id : rule.title;
  return (
    <Layout title={title} section="rules">
      <PageOfParts
        crumbs={[
          { href: '/', text: 'Rules' },
          { href: listHref({ source: rule.source }), text: rule.source },
        ]}
        heading={title}
        lead={<RuleLead {...props} />}
        parts={partsOf(props)}
      />
    </Layout>
  );
}

/** What a reader wants to know first: is it in force, what is it, what is it for. */
function RuleLead(props: RulePageProps): JSX.Element {
  const { rule, authors } = props;
  const { description } = rule.metadata;
  return (
    <>
      {rule.retired && <RetiredNote status={rule.status} related={rule.related} />}
      <RuleFacts rule={rule} authors={authors} />
      {description !== null && <p class="lede">{description}</p>}
      <InShort {...props} />
      {!rule.standalone && (
        <p class="quiet">This rule serves a correlation that names it and raises no alert of its own.</p>
      )}
    </>
  );
}

/** The parts of the page that this rule has something for, in the order of reading. */
function partsOf(props: RulePageProps): readonly PagePart[] {
  const { rule, release } = props;
  const { metadata, result } = rule;
  const part = (id: string, title: string, content: JSX.Element | false): readonly PagePart[] =>
    content === false ? [] : [{ id, title, content }];
  const gaps = notUnderstood(result);
  return [
    ...part('attack', 'MITRE ATT&CK coverage', <Attack rule={rule} release={release} />),
    ...part('events', 'Event coverage', <Events rule={rule} />),
    ...part(
      'false-positives',
      'Known false positives',
      metadata.falsePositives.length > 0 && <FalsePositives rule={rule} />,
    ),
    ...part(
      'references',
      'References',
      metadata.references.length > 0 && <References references={metadata.references} />,
    ),
    ...part(
      'facts',
      'More about the rule',
      metadata.facts.length > 0 && <MoreFacts facts={metadata.facts} />,
    ),
    ...part('related', 'Related rules', rule.related.length > 0 && <Related related={rule.related} />),
    ...part('copies', 'The same rule elsewhere', rule.copies.length > 0 && <Copies copies={rule.copies} />),
    ...part('text', 'Rule text', <RuleText text={rule.text} />),
    ...part('sources', 'Where it looks', result.sources.length > 0 && <Sources sources={result.sources} />),
    ...part('stages', 'Stages and predicates', <Logic {...props} />),
    ...part('exclusions', 'Exclusions', <ExclusionPart {...props} />),
    ...part('terms', 'Search terms', result.terms.length > 0 && <TermPart {...props} />),
    ...part('indicators', 'Indicators', <IndicatorPart {...props} />),
    ...part('like', 'Rules that look for the same', props.overlap.indicators > 0 && <LikePart {...props} />),
    ...part(
      'diagnostics',
      'Diagnostics',
      result.diagnostics.length > 0 && <Diagnostics diagnostics={result.diagnostics} textAt="" />,
    ),
    ...part('not-understood', 'Not understood', gaps.length > 0 && <NotUnderstoodList parts={gaps} />),
  ];
}

function Attack(props: { readonly rule: CatalogRule; readonly release: AttackRelease }): JSX.Element {
  const { attack } = props.rule;
  const named = Object.values(attack).some((list) => list.length > 0);
  return named ? (
    <AttackTable attack={attack} release={props.release} />
  ) : (
    <p>The rule names no technique or tactic.</p>
  );
}

function Events({ rule }: { readonly rule: CatalogRule }): JSX.Element {
  const { sources, language } = rule.result;
  const reason = language === null ? null : noCoverageReason({ sources, language }, rule.events);
  if (rule.events.length === 0) return <p>{reason ?? 'It has no query that could mean any.'}</p>;
  return <EventTable events={rule.events} />;
}

function FalsePositives({ rule }: { readonly rule: CatalogRule }): JSX.Element {
  return (
    <ul>
      {rule.metadata.falsePositives.map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  );
}

function Logic({ rule, find }: RulePageProps): JSX.Element {
  const { where, stages } = rule.result;
  return (
    <>
      {where !== null && (
        <>
          <p class="quiet">What an event must be like, all stages put together:</p>
          <ExpressionText label="The whole condition" expression={where} />
        </>
      )}
      <Stages stages={stages} level={3} find={find} />
    </>
  );
}

function ExclusionPart({ rule, counts }: RulePageProps): JSX.Element {
  return (
    <>
      <p class="quiet">What the rule does not want, although the rest of its condition holds.</p>
      <Exclusions exclusions={rule.result.exclusions} result={rule.result} find={countFinder(counts)} />
    </>
  );
}

function TermPart({ rule, counts }: RulePageProps): JSX.Element {
  return (
    <>
      <p class="quiet">Texts that are searched in the whole event, not in one field.</p>
      <Terms result={rule.result} counts={counts} />
    </>
  );
}

/** Rules like this one that are listed; the rest is on a page of its own. */
const LIKE_SHOWN = 5;

function LikePart({ rule, overlap }: RulePageProps): JSX.Element {
  const shown = overlap.rules.slice(0, LIKE_SHOWN);
  return (
    <>
      <ShareNote />
      <OverlapList rules={shown} indicators={overlap.indicators} />
      {overlap.total > shown.length && (
        <p>
          <a href={ruleHref(rule.id, '/overlap')}>
            All {plural(overlap.total, 'rule')} that look for some of the same
          </a>
        </p>
      )}
    </>
  );
}

function IndicatorPart({ rule, counts, broader }: RulePageProps): JSX.Element {
  const groups = groupTests(withoutTerms(rule), 'include', countFinder(counts));
  if (groups.length === 0) return <p>None.</p>;
  return (
    <>
      <p class="quiet">
        Each row is a field, an operator and the values that the rule looks for, with the number of other
        rules in this catalog that look for the same, however their language writes it: a high number points
        to a widely used indicator, none to one of this rule’s own. What is close to another indicator but not
        the same is counted apart, and the difference is said. What picks the events, such as an event ID,
        says nothing of what they show.
      </p>
      <WordList words={['indicator', 'counted as', 'canonical', 'native', 'selector', 'via']} />
      <p class="quiet">
        Broader indicators catch every event that this one catches, as <code>msiexec</code> does what{' '}
        <code>\msiexec.exe</code> does; wildcards and regexes are not looked at.
      </p>
      <IndicatorTable
        caption="Indicators"
        groups={groups}
        polarity="include"
        broader={new Map(broader.map((one) => [keyText(one), one]))}
      />
    </>
  );
}

/** The indicators that ask about a field; the others are in the list of search terms. */
function withoutTerms(rule: CatalogRule): readonly Test[] {
  const terms = new Set(rule.result.terms.map((term) => term.value));
  return rule.result.indicators.filter(
    (test) => test.field !== null || !test.values.every((value) => terms.has(String(value))),
  );
}
