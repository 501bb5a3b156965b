import type { NearlyShared, Overlap, RuleOverlap, SharedIndicator } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { indicatorHref, ruleHref } from '../links.ts';
import { formatNumber, percent, plural, relationWords } from '../words.ts';
import { Breakable } from './breakable.tsx';
import { whereWords } from './lists.tsx';
import { IndicatorText } from './values.tsx';

/** Indicators that are listed of what two rules share. */
const MOST_SHARED = 12;

/** What the percentages of a list of rules mean. */
export function ShareNote(): JSX.Element {
  return (
    <p class="quiet">
      The percentage is how much of what the rule looks for the other one looks for too. The fewer rules have
      an indicator, the more it weighs; one that is nearly the same weighs half, exclusions, event IDs and the
      like weigh nothing.
    </p>
  );
}

/** Rules that look for the same as one that has so many indicators, each with what is shared. */
export function OverlapList(props: {
  readonly rules: readonly RuleOverlap[];
  readonly indicators: number;
}): JSX.Element {
  const { rules, indicators } = props;
  if (indicators === 0) return <p>The rule looks for nothing that another could share.</p>;
  if (rules.length === 0) return <p>No other rule of this catalog looks for any of it.</p>;
  return (
    <ul class="overlaps">
      {rules.map((item) => (
        <OverlapItem item={item} />
      ))}
    </ul>
  );
}

function OverlapItem({ item }: { readonly item: RuleOverlap }): JSX.Element {
  const { rule, share, indicators, shared, near, excluded } = item;
  return (
    <li>
      <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>
      <span class="where">
        {percent(share)} · {formatNumber(shared.length)} of its {plural(indicators, 'indicator')} ·{' '}
        {whereWords(rule).join(' · ')} · <Breakable text={rule.path} />
      </span>
      {shared.length > 0 && <SharedList label="Both look for" shared={shared} />}
      {near.length > 0 && (
        <>
          <p class="quiet">Nearly the same:</p>
          <NearList near={near} />
        </>
      )}
      {excluded.length > 0 && (
        <>
          <p class="quiet">Both exclude:</p>
          <SharedList label="Both exclude" shared={excluded} />
        </>
      )}
    </li>
  );
}

/** What one rule looks for, and what the other one looks for that is nearly the same. */
function NearList({ near }: { readonly near: readonly NearlyShared[] }): JSX.Element {
  const more = near.length - MOST_SHARED;
  return (
    <ul class="shared" aria-label="Nearly the same">
      {near.slice(0, MOST_SHARED).map(({ asked, other, relation }) => (
        <li>
          <IndicatorText indicator={asked} /> {relationWords(relation)} <IndicatorText indicator={other} />
        </li>
      ))}
      {more > 0 && <li class="quiet">and {formatNumber(more)} more</li>}
    </ul>
  );
}

/** Indicators that so many rules share that they were left out of a comparison. */
export function TooCommon(props: { readonly overlap: Overlap; readonly level: 2 | 3 }): JSX.Element | null {
  const { tooCommon } = props.overlap;
  const Heading = `h${props.level}` as const;
  if (tooCommon.length === 0) return null;
  return (
    <>
      <Heading>Left out</Heading>
      <p>So many rules have these that sharing them says little:</p>
      <SharedList label="Indicators left out" shared={tooCommon} />
    </>
  );
}

/** Indicators, each with the number of other rules that have it. */
function SharedList(props: {
  readonly label: string;
  readonly shared: readonly SharedIndicator[];
}): JSX.Element {
  const { label, shared } = props;
  const more = shared.length - MOST_SHARED;
  return (
    <ul class="shared" aria-label={label}>
      {shared.slice(0, MOST_SHARED).map((one) => (
        <li>
          <IndicatorText indicator={one} /> <SharedCount shared={one} />
        </li>
      ))}
      {more > 0 && <li class="quiet">and {formatNumber(more)} more</li>}
    </ul>
  );
}

function SharedCount({ shared }: { readonly shared: SharedIndicator }): JSX.Element {
  const text = plural(shared.rules, 'other rule');
  const href = indicatorHref(shared);
  const anchor = shared.polarity === 'include' ? '#including' : '#excluding';
  return <span class="count">{href === null ? text : <a href={href + anchor}>{text}</a>}</span>;
}
