import type { CatalogRule, IndicatorCount, Overlap, RuleOverlap } from '@rulescope/catalog';
import { shortProvider } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { eventHref, eventIdWords, eventNameOf } from '../events.ts';
import { keyText } from '../indicator-groups.ts';
import { ruleHref } from '../links.ts';
import { percent, plural } from '../words.ts';
import { VerdictMark } from './marks.tsx';
import { Fact } from './page.tsx';
import { CorpusCount, IndicatorText } from './values.tsx';

/** Indicators that fewest others have, and events, that are named. */
const MOST_RARE = 3;
const MOST_EVENTS = 6;

/** A rule at a glance: what is its own and what is common, who else looks for it, where it works. */
export function InShort(props: {
  readonly rule: CatalogRule;
  readonly counts: readonly IndicatorCount[];
  readonly overlap: Overlap;
}): JSX.Element | null {
  const { rule, overlap } = props;
  const counts = rarestFirst(props.counts);
  const common = counts.slice(MOST_RARE).at(-1);
  const excluded = rule.result.exclusions.length;
  if (rule.language === null) return null;
  return (
    <dl class="facts in-short" aria-label="In short">
      <Fact name="Looks for" wide>
        {counts.length === 0 ? (
          'nothing that is counted'
        ) : (
          <a href="#indicators">{plural(counts.length, 'indicator')}</a>
        )}
        {excluded > 0 && (
          <>
            , with <a href="#exclusions">{plural(excluded, 'exclusion')}</a>
          </>
        )}
      </Fact>
      {counts.length > 0 && (
        <Fact name={counts.length > MOST_RARE ? 'Rarest' : 'Counts'} wide>
          <CountedList counts={counts.slice(0, MOST_RARE)} />
        </Fact>
      )}
      {common !== undefined && common.others.total > 0 && (
        <Fact name="Most common" wide>
          <CountedList counts={[common]} />
        </Fact>
      )}
      {overlap.rules.length > 0 && (
        <Fact name="Look for the same" wide>
          <ul class="plain">
            {closest(overlap).map((one) => (
              <li>
                <Close one={one} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {rule.events.length > 0 && (
        <Fact name="Works on" wide>
          <Events rule={rule} />
        </Fact>
      )}
    </dl>
  );
}

/** What a rule looks for, each indicator once and without what only picks events, the fewest other rules first. */
function rarestFirst(counts: readonly IndicatorCount[]): readonly IndicatorCount[] {
  const looked = counts.filter(({ polarity, selector }) => polarity === 'include' && !selector);
  const each = new Map(looked.map((count) => [keyText(count), count]));
  return [...each.values()].sort((a, b) => a.others.total - b.others.total);
}

function CountedList({ counts }: { readonly counts: readonly IndicatorCount[] }): JSX.Element {
  return (
    <ul class="plain">
      {counts.map((count) => (
        <li>
          <IndicatorText indicator={count} />{' '}
          <CorpusCount indicator={count} count={count.others} polarity="include" />
        </li>
      ))}
    </ul>
  );
}

/** The closest rule of each platform, the closest of all first. */
function closest({ rules }: Overlap): readonly RuleOverlap[] {
  const first = new Map<string, RuleOverlap>();
  for (const one of rules) {
    if (!first.has(one.rule.platform)) first.set(one.rule.platform, one);
  }
  return [...first.values()];
}

function Close({ one }: { readonly one: RuleOverlap }): JSX.Element {
  const { rule, share } = one;
  return (
    <>
      {rule.platform}: <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>{' '}
      <span class="note">{percent(share)} of this rule</span>
    </>
  );
}

/** The newest version of each event, with the verdict. */
function Events({ rule }: { readonly rule: CatalogRule }): JSX.Element {
  const groups = Map.groupBy(rule.events, ({ provider, id }) => `${provider} ${id}`);
  const newest = [...groups.values()].flatMap((versions) =>
    versions.toSorted((a, b) => b.version - a.version).slice(0, 1),
  );
  return (
    <>
      {newest.slice(0, MOST_EVENTS).map((event, i) => (
        <>
          {i > 0 && ', '}
          <a href={eventHref(eventNameOf(event))}>
            {shortProvider(eventNameOf(event).provider)} {eventIdWords(event.id)}
          </a>{' '}
          <VerdictMark verdict={event.verdict} />
        </>
      ))}
      {newest.length > MOST_EVENTS && (
        <>
          {' '}
          <a href="#events">and {plural(newest.length - MOST_EVENTS, 'more event')}</a>
        </>
      )}
    </>
  );
}
