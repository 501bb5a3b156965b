import type { Overlap, SharedIndicator } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { formatNumber } from '../words.ts';
import { IndicatorText } from './values.tsx';

/** Indicators that are listed of one rule. */
const MOST_READ = 500;

/** What no rule looks for but the one that is compared. */
export function OwnIndicators(props: {
  readonly overlap: Overlap;
  readonly level: 2 | 3;
}): JSX.Element | null {
  const own = props.overlap.asked.filter(({ polarity, rules }) => polarity === 'include' && rules === 0);
  const Heading = `h${props.level}` as const;
  if (own.length === 0) return null;
  return (
    <>
      <Heading>No other rule looks for</Heading>
      <IndicatorList indicators={own} />
    </>
  );
}

/** Indicators in words, those that are excluded marked. */
export function IndicatorList({
  indicators,
}: {
  readonly indicators: readonly SharedIndicator[];
}): JSX.Element {
  const more = indicators.length - MOST_READ;
  return (
    <ul class="shared">
      {indicators.slice(0, MOST_READ).map((one) => (
        <li>
          {one.polarity === 'exclude' && <span class="note">excluded: </span>}
          <IndicatorText indicator={one} />
        </li>
      ))}
      {more > 0 && <li class="quiet">and {formatNumber(more)} more</li>}
    </ul>
  );
}
