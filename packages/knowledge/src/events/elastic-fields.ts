import { answerOf, entriesByName, isNameOf } from './crosswalk.ts';
import { type Carriage, hasField } from './fields.ts';
import { EVENTS } from './tables.ts';
import type { LogEvent, LogsourceEvents } from './types.ts';

const UNCHECKED: Carriage = { state: 'unchecked' };
const MISSING: Carriage = { state: 'missing', related: null };
const CARRIED: Carriage = { state: 'carried', as: null };

const ENDPOINT = 'Elastic Endpoint';

/** What agents and integrations fill in for every event (Elastic Common Schema; Elasticsearch, Metadata fields). */
const COMMON =
  /^(?:@timestamp|message|tags|_\w+|(?:event|agent|host|data_stream|ecs|elastic|labels|related|observer|log|input|cloud)\..*)$/;

/** What is looked up for an address that the event has (Elastic Common Schema, Geo fields, Autonomous System fields). */
const LOOKED_UP = /^(?:source|destination|client|server)\.(?:geo|as)\./;

/** `process.Ext.api.name`: fields of Elastic Endpoint alone (Elastic Defend, Exported fields). */
const OF_ENDPOINT = /(?:^|\.)Ext\.|^(?:Effective_process|Target|Persistence)\./;

/** `event0.file.path`: of another step of the sequence (Elastic protections-artifacts, EQL of the endpoint). */
const OF_OTHER_EVENT = /^event\d+\./;

/** The event's own fields as Elastic's agents for Windows write them (Winlogbeat, Exported fields). */
const EVENT_DATA = /^winlog\.(?:event_data|user_data)\./;

/**
 * Whether an event carries a field as Elastic names it: the event's own field, or one that `data/fields.json` leads
 * back to it. An event of Elastic Endpoint has only fields of the kinds that its table row has; of those of the other
 * agents, what Endpoint alone fills is missing. Anything else is unchecked: pipelines may fill it.
 */
export function elasticCarriage(field: string, row: LogsourceEvents, event: LogEvent): Carriage {
  if (row.nameFields?.includes(field) || row.values?.[field] !== undefined) return CARRIED;
  if (COMMON.test(field) || LOOKED_UP.test(field) || hasField(event, field)) return CARRIED;
  if (OF_OTHER_EVENT.test(field)) return CARRIED;
  if (event.provider === ENDPOINT) return isForeign(field, event) ? MISSING : UNCHECKED;
  if (OF_ENDPOINT.test(field)) return event.open === true ? UNCHECKED : MISSING;
  const isWindows = row.product === 'windows';
  if (isWindows && EVENT_DATA.test(field)) return ownField(field, event);
  if (isWindows && field.startsWith('winlog.')) return CARRIED;
  const answers = entriesByName('elastic', field)
    .map((entry) => answerOf(field, entry, event, false))
    .filter((answer) => answer !== null);
  const carried = answers.find(({ state }) => state === 'carried');
  const missing = isWindows ? answers.find(({ state }) => state === 'missing') : undefined;
  return carried ?? missing ?? UNCHECKED;
}

/** `winlog.event_data.TargetImage`: the event's own TargetImage. */
function ownField(field: string, event: LogEvent): Carriage {
  const name = field.replace(EVENT_DATA, '');
  if (hasField(event, name)) return { state: 'carried', as: { field, to: [name], values: null, note: null } };
  // Pipelines add fields of their own there: only one that another event of the provider has is missing.
  return event.open !== true && isNameOf(event.provider, name) ? MISSING : UNCHECKED;
}

function familyOf(field: string): string {
  return field.split('.', 1)[0] ?? field;
}

const familiesOf = new Map(
  EVENTS.filter(({ provider }) => provider === ENDPOINT).map((event) => [
    event,
    new Set(event.fields.map(familyOf)),
  ]),
);
const allFamilies = new Set([...familiesOf.values()].flatMap((families) => [...families]));

/** Whether a field is of a kind that only other events of Endpoint have. */
function isForeign(field: string, event: LogEvent): boolean {
  const family = familyOf(field);
  return allFamilies.has(family) && familiesOf.get(event)?.has(family) !== true;
}
