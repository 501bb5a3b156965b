import type { Source } from '@rulescope/logic';
import { eventVersions, logsourceEvents, logsourceOfChannels, parseLogsource } from './lookup.ts';
import { PLATFORM_SOURCES } from './tables.ts';
import type { EventId, LogsourceEvents, PlatformLog, PlatformSource } from './types.ts';

/** Some events of a log: what a source of a platform means. */
export interface Scope {
  /** The log, its names of events and what tells it from other logs. */
  readonly row: LogsourceEvents;
  /** The events of it; null where the source says the log alone. */
  readonly ids: readonly EventId[] | null;
  /** True where the source may hold other events, too: these count only where something else names them. */
  readonly open: boolean;
  /** The field by which the query has to name these events, where there is one. */
  readonly asked?: string;
}

const indexes = new Map<string, SourceIndex>();

/**
 * What a source means on a platform: the logs, or the events, that it may hold. Empty where the platform's table
 * says nothing of it. Names are compared without regard to case.
 */
export function scopesOf(platform: string, source: Source): readonly Scope[] {
  const index = indexes.get(platform) ?? indexOf(PLATFORM_SOURCES.get(platform) ?? []);
  indexes.set(platform, index);
  const name = source.value.toLowerCase();
  const exact = index.exact.get(keyOf(source.kind, name));
  if (exact !== undefined) return exact;
  for (const { kind, prefix, suffix, placeholder, row } of index.patterns) {
    if (kind !== source.kind || name.length <= prefix.length + suffix.length) continue;
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) continue;
    const rest = source.value.slice(prefix.length, source.value.length - suffix.length);
    const scopes =
      placeholder === '{channel}' ? scopesOfChannel(rest) : scopesOfRow(row, idsOf(rest, placeholder));
    if (scopes.length > 0) return scopes;
  }
  return [];
}

/** Windows channels by name; one that ends with `*` names all that start so. */
function scopesOfChannel(channel: string): readonly Scope[] {
  return logsourceOfChannels(channel).map((row) => ({ row, ids: null, open: false }));
}

function scopesOfRow(source: PlatformSource, ids: readonly EventId[] | null): readonly Scope[] {
  const open = source.open === true;
  const logs = (source.logs ?? []).map((log) => ({ row: rowOfLog(log, source), ids, open }));
  const events = (source.events ?? []).map((reference) => {
    const { values, asked } = reference;
    const channels = eventVersions(reference.provider, reference.ids[0] ?? null)[0]?.channels ?? [];
    const numbered = reference.ids.every((id) => typeof id === 'number');
    const row =
      logsourceOfChannels(channels[0] ?? '')[0] ??
      bareRow({ channels, provider: reference.provider, ...(numbered ? {} : { nameFields: [] }) }, source);
    const own = values === undefined ? row : withValues(row, values);
    return { row: own, ids: reference.ids, open, ...(asked === undefined ? {} : { asked }) };
  });
  return [...logs, ...events];
}

/** The same log, where these values tell it from others of the same source. */
export function withValues(
  row: LogsourceEvents,
  values: NonNullable<LogsourceEvents['values']>,
): LogsourceEvents {
  return { ...row, values: { ...row.values, ...values } };
}

/** The log source of the tables, or one made for a log that no Sigma rule names. */
function rowOfLog(log: PlatformLog, source: PlatformSource): LogsourceEvents {
  const { log: path, nameFields, values } = log;
  const known = path === undefined ? null : logsourceEvents(parseLogsource(path));
  if (known === null) return bareRow(log, source);
  return {
    ...known,
    ...(nameFields === undefined ? {} : { nameFields }),
    ...(values === undefined ? {} : { values: { ...known.values, ...values } }),
  };
}

function bareRow(log: PlatformLog, { source }: PlatformSource): LogsourceEvents {
  const { channels = [], provider = null, nameFields, values } = log;
  return {
    product: null,
    category: null,
    service: null,
    channels,
    provider,
    ...(nameFields === undefined ? {} : { nameFields }),
    ...(values === undefined ? {} : { values }),
    source,
  };
}

/** `8004,8005` are two events. */
function idsOf(text: string, placeholder: string): readonly EventId[] | null {
  if (placeholder !== '{id}') return null;
  const numbers = text.split(',').map((part) => part.trim());
  return numbers.every((part) => /^\d{1,9}$/.test(part)) ? numbers.map(Number) : [text.trim()];
}

interface SourcePattern {
  readonly kind: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly placeholder: string;
  readonly row: PlatformSource;
}

interface SourceIndex {
  readonly exact: ReadonlyMap<string, readonly Scope[]>;
  readonly patterns: readonly SourcePattern[];
}

function indexOf(rows: readonly PlatformSource[]): SourceIndex {
  const exact = new Map<string, readonly Scope[]>();
  const patterns: SourcePattern[] = [];
  for (const row of rows) {
    for (const name of row.names) {
      const placeholder = /\{id\}|\{channel\}|\*/.exec(name);
      if (placeholder === null) exact.set(keyOf(row.kind, name.toLowerCase()), scopesOfRow(row, null));
      else {
        const [text] = placeholder;
        patterns.push({
          kind: row.kind,
          prefix: name.slice(0, placeholder.index).toLowerCase(),
          suffix: name.slice(placeholder.index + text.length).toLowerCase(),
          placeholder: text,
          row,
        });
      }
    }
  }
  // The longest says most: "Sysmon for Linux EventID {id}" before "Sysmon EventID {id}".
  return { exact, patterns: patterns.toSorted((a, b) => b.prefix.length - a.prefix.length) };
}

function keyOf(kind: string, name: string): string {
  return `${kind}\n${name}`;
}
