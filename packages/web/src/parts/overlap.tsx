import type { Overlap, RuleOverlap, SharedIndicator } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { indicatorHref, ruleHref } from '../links.ts';
import { formatNumber, plural } from '../words.ts';
import { IndicatorText } from './values.tsx';

/** Indicators that are listed of what two rules share. */
const MOST_SHARED = 12;

/** Rules that look for the same, each with what is shared. */
export function OverlapList({ overlap }: { readonly overlap: Overlap }): JSX.Element {
  if (overlap.rules.length === 0) return <p>No other rule of this catalog shares an indicator with it.</p>;
  return (
    <ul class="overlaps">
      {overlap.rules.map((item) => (
        <OverlapItem item={item} />
      ))}
    </ul>
  );
}

function OverlapItem({ item }: { readonly item: RuleOverlap }): JSX.Element {
  const { rule, share, shared, excluded } = item;
  return (
    <li>
      <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>
      <span class="where">
        shares {Math.round(share * 100)} % by weight · {rule.platform}
        {rule.language !== null && rule.language !== rule.platform && ` · ${rule.language}`} · {rule.path}
      </span>
      <SharedList label="Shared indicators" shared={shared} />
      {excluded.length > 0 && (
        <>
          <p class="quiet">Both exclude:</p>
          <SharedList label="Shared exclusions" shared={excluded} />
        </>
      )}
    </li>
  );
}

/** Indicators, each with the number of rules that have it. */
export function SharedList(props: {
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
