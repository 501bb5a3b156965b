import type { FacetValue } from '@rulescope/catalog';
import { shortProvider } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { type EventName, eventHref } from '../events.ts';
import { CountList } from '../parts/lists.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** The events of one provider, with how many rules fire on each. */
export interface ProviderEvents {
  readonly provider: string;
  readonly events: readonly { readonly name: EventName; readonly title: string; readonly rules: number }[];
}

/** All events that rules fire on and all that we know, by provider. */
export function EventsPage({ providers }: { readonly providers: readonly ProviderEvents[] }): JSX.Element {
  const events = providers.flatMap((provider) => provider.events);
  const namesakes = Map.groupBy(providers, ({ provider }) => shortProvider(provider));
  const nameOf = (provider: string): string => {
    const short = shortProvider(provider);
    return namesakes.get(short)?.length === 1 ? short : provider;
  };
  return (
    <Layout title="Events" section="events">
      <h1>Events</h1>
      <p>
        {plural(events.filter(({ rules }) => rules > 0).length, 'event')} of {formatNumber(events.length)}{' '}
        known ones on which some rule can fire, wholly or in part. A number is that of the rules.
      </p>
      <div class="columns providers">
        {providers.map(({ provider, events }) => (
          <details>
            <summary>
              <h2>{nameOf(provider)}</h2> <span class="note">{eventWords(events)}</span>
            </summary>
            <CountList
              label={`Events of ${provider}`}
              items={events.map(({ name, title, rules }) => ({
                key: String(name.id),
                href: eventHref(name),
                text: (
                  <>
                    {name.id !== null && <code>{name.id}</code>} {title}
                  </>
                ),
                count: rules,
              }))}
            />
          </details>
        ))}
      </div>
    </Layout>
  );
}

/** `30 events, 25 with rules`. */
function eventWords(events: ProviderEvents['events']): string {
  const used = events.filter(({ rules }) => rules > 0).length;
  if (used === 0) return `${plural(events.length, 'event')}, no rule`;
  return `${plural(events.length, 'event')}, ${formatNumber(used)} with rules`;
}

/** The value's label without the name of its provider and its id. */
export function titleIn({ label }: FacetValue, { provider, id }: EventName): string {
  const name = `${shortProvider(provider)} ${id ?? ''}`.trim();
  return label.startsWith(name) ? label.slice(name.length).replace(/^[: ]+/, '') : label;
}
