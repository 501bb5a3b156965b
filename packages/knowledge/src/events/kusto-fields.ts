import { answerOf, entriesByName, isNameOf } from './crosswalk.ts';
import { type Carriage, hasField } from './fields.ts';
import type { LogEvent, LogsourceEvents } from './types.ts';

const UNCHECKED: Carriage = { state: 'unchecked' };
const MISSING: Carriage = { state: 'missing', related: null };
const CARRIED: Carriage = { state: 'carried', as: null };

/** Azure Monitor, Standard columns in Azure Monitor Logs; the columns that all tables of a service share. */
const COMMON = new Set(
  (
    'TimeGenerated Timestamp TenantId Type SourceSystem MG ManagementGroupName _ResourceId _SubscriptionId _ItemId ' +
    '_IsBillable _BilledSize _TimeReceived ingestion_time() OperationVersion'
  ).split(' '),
);

/** What SecurityEvent, WindowsEvent and Event have for every event (Azure Monitor Logs reference). */
const OF_WINDOWS = new Set(
  (
    'Account AccountType Activity Channel Computer EventData EventID EventLevel EventLevelName EventLog ' +
    'EventOriginId EventSourceName EventRecordId Level Message ParameterXml Provider RenderedDescription ' +
    'Source SourceComputerId SystemUserId SystemTimeGenerated Task UserName Version WorkstationName_'
  ).split(' '),
);

/**
 * Whether an event carries a column, or what lies inside of one (`AdditionalFields.PipeName`): by the event's own
 * name, or by one that `data/fields.json` leads back to it. A column of another table of the same provider is missing,
 * unless a join may have brought it; one that no table is known to have is unchecked.
 */
export function kustoCarriage(
  field: string,
  row: LogsourceEvents,
  event: LogEvent,
  { joined, columns }: { readonly joined: boolean; readonly columns: ReadonlySet<string> },
): Carriage {
  const column = field.split(/[.[]/, 1)[0] ?? field;
  if (row.nameFields?.includes(column) || row.values?.[column] !== undefined) return CARRIED;
  if (COMMON.has(column) || hasField(event, field) || hasField(event, column)) return CARRIED;
  if (row.product === 'windows') {
    if (OF_WINDOWS.has(field)) return CARRIED;
    const inside = /^EventData\.(.+)$/.exec(field)?.[1];
    if (inside !== undefined && hasField(event, inside)) return CARRIED;
  }
  const answers = entriesByName('kusto', field)
    .map((entry) => answerOf(field, entry, event, false))
    .filter((answer) => answer !== null);
  const best =
    answers.find(({ state }) => state === 'carried') ?? answers.find(({ state }) => state === 'missing');
  if (best?.state === 'carried') return best;
  if (columns.has(column)) return CARRIED;
  const isForeign = event.open !== true && isNameOf(event.provider, column);
  return !joined && (isForeign || best !== undefined) ? (best ?? MISSING) : UNCHECKED;
}
