import { type Catalog, verdictValue } from '@rulescope/catalog';
import { EVENTS, type Verdict } from '@rulescope/knowledge';
import type { Hono } from 'hono';
import {
  type EventName,
  eventValueOf,
  idOf,
  isKnownProvider,
  parseEventValue,
  versionsOf,
} from '../events.ts';
import { EventPage } from '../pages/event.tsx';
import { EventsPage, type ProviderEvents, titleIn } from '../pages/events.tsx';
import { once } from '../remember.ts';
import { badRequest, decodePath } from '../request.ts';
import { notFound, pageText, show } from '../respond.tsx';
import { facetOf } from './attack.tsx';

/** More values than a facet has. */
const ALL = 100_000;
/** Rules of one verdict that an event's page lists; the rest is a list of its own. */
const RULES_SHOWN = 15;

/** From the best to the worst. */
const VERDICTS: readonly Verdict[] = ['full', 'unknown', 'noisier', 'partial', 'blind'];

/** Events, and the rules that can fire on them. */
export function addEventPages(app: Hono, catalog: Catalog): void {
  const index = once(() => pageText(<EventsPage providers={eventsByProvider(catalog)} />));
  app.get('/events', (c) => c.html(index()));
  app.get('/events/*', (c) => {
    const name = readEvent(new URL(c.req.url));
    const versions = versionsOf(name);
    const event = eventValueOf(name);
    const [own] = facetOf(catalog, { event, retired: true }, 'event', 1).values;
    // Rules may name an event that the tables don't have, and be blind on it: then only its provider is known.
    if (versions.length === 0 && own?.value !== event && !isKnownProvider(name.provider)) {
      throw notFound('No rule and no table of ours has such an event.');
    }
    return show(
      c,
      <EventPage
        name={name}
        title={versions[0]?.title ?? (own?.value === event ? titleIn(own, name) : 'An event that rules name')}
        versions={versions}
        verdicts={VERDICTS.map((verdict) => {
          const value = verdictValue(verdict, event);
          return {
            verdict,
            value,
            list: catalog.rules({ verdict: value }, { limit: RULES_SHOWN, offset: 0 }),
          };
        })}
        logsources={facetOf(catalog, { event }, 'logsource')}
        techniques={facetOf(catalog, { event }, 'technique')}
        tested={
          new Map(
            facetOf(catalog, { event }, 'field', ALL).values.map(({ value, rules }) => [
              value.toLowerCase(),
              rules,
            ]),
          )
        }
      />,
    );
  });
}

/** The event that an address names: `/events/<provider>/<id>`, or in the query where no path can hold it. */
function readEvent(url: URL): EventName {
  const rest = url.pathname.slice('/events/'.length);
  const parts =
    rest === ''
      ? [url.searchParams.get('provider'), url.searchParams.get('id')]
      : rest.split('/').map(decodePath);
  const [provider, id] = parts;
  if (parts.length !== 2 || provider == null || id == null) {
    throw badRequest('An event’s address is /events/<provider>/<id>.');
  }
  return { provider, id: idOf(id) };
}

/** The events of the catalog's rules and those that the tables know, by provider: what most rules use first. */
function eventsByProvider(catalog: Catalog): readonly ProviderEvents[] {
  const providers = new Map<string, Map<string, ProviderEvents['events'][number]>>();
  const add = (name: EventName, title: string, rules: number): void => {
    const events = providers.get(name.provider) ?? new Map();
    providers.set(name.provider, events);
    const key = String(name.id);
    if (!events.has(key)) events.set(key, { name, title, rules });
  };
  for (const value of facetOf(catalog, {}, 'event', ALL).values) {
    const name = parseEventValue(value.value);
    add(name, versionsOf(name)[0]?.title ?? titleIn(value, name), value.rules);
  }
  for (const event of EVENTS) add(event, event.title, 0);
  return [...providers]
    .map(([provider, events]) => ({ provider, events: [...events.values()].toSorted(byId) }))
    .toSorted((a, b) => rulesOf(b) - rulesOf(a) || (a.provider < b.provider ? -1 : 1));
}

function rulesOf({ events }: ProviderEvents): number {
  return events.reduce((sum, { rules }) => sum + rules, 0);
}

type ListedEvent = ProviderEvents['events'][number];

/** Numbers in their order, then names in theirs. */
function byId({ name: { id: a } }: ListedEvent, { name: { id: b } }: ListedEvent): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === typeof b) return String(a) < String(b) ? -1 : 1;
  return typeof a === 'number' ? -1 : 1;
}
