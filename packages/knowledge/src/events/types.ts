import type { Expression } from '@rulescope/logic';

/** What names an event inside its provider: a Windows event ID, a product's own name, or null for any record. */
export type EventId = number | string | null;

/** One version of one event, a row of `data/events-*.json`. Unique by provider, id and version. */
export interface LogEvent {
  /** As the event itself writes it; a product's name where its log is not a Windows one. */
  readonly provider: string;
  /** Other names that the same provider is written under. */
  readonly aliases?: readonly string[];
  /** The channels, or the log of a product. */
  readonly channels: readonly string[];
  readonly id: EventId;
  /** The version in the event's header; 0 where the log has none. */
  readonly version: number;
  /** The first release that writes this version, where that is known. */
  readonly since?: string;
  readonly title: string;
  /** The fields of the event's own data, spelled as it does. `name.*` and `a*` stand for all that start so. */
  readonly fields: readonly string[];
  /** True where `fields` is not all: a field that is not in it may be carried or not. */
  readonly open?: boolean;
  /** Fields whose values this event can't go beyond: `EventType` is `SetValue` in Sysmon 13. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** The names of events of this log, with their titles: each an event of its own with the same fields. */
  readonly named?: Readonly<Record<string, string>>;
  /** What must be set up for the event to be written at all. */
  readonly needs?: readonly string[];
  /** What must be set up for one of its fields to be filled. */
  readonly fieldNeeds?: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly source: string;
}

/** Events of one provider. */
export interface EventReference {
  readonly provider: string;
  readonly ids: readonly (number | string)[];
}

/** An event that shows the same thing in its own words. */
export interface AlternativeReference extends EventReference {
  /** The event that it stands in for: a test on EventID, Provider_Name … is asked of that one. */
  readonly insteadOf: { readonly provider: string; readonly id: number | string };
}

/**
 * The events that a Sigma log source can mean, a row of `data/logsources.json`. Either `events` lists them,
 * or `channels` names the logs out of which the rule's own tests pick them, or `unknown` says why neither.
 */
export interface LogsourceEvents {
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
  readonly events?: readonly EventReference[];
  readonly channels?: readonly string[];
  /** Whose an event of the channels is, where the tables don't list it. */
  readonly provider?: string | null;
  /** The fields that name the event: EventID if left out; any one of them, where a product has several spellings. */
  readonly nameFields?: readonly string[];
  /** As in `LogEvent`: what tells this log source from others with the same event. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  readonly alternatives?: readonly AlternativeReference[];
  readonly unknown?: string;
  readonly note?: string;
  readonly source: string;
}

/**
 * `same`: a test on the one is a test on the other, after `values` and what `note` says.
 * `related`: near it, but another thing; never counted as having the field.
 */
export type FieldRelation = 'same' | 'related';

/** What stands for a field of a log source in an alternative event, a row of `data/events-fields.json`. */
export interface EventField {
  readonly product: string;
  readonly category?: string;
  readonly service?: string;
  readonly provider: string;
  readonly ids: readonly (number | string)[];
  readonly field: string;
  /** The event's own fields; where there are several, the value is spread over them. */
  readonly to: readonly string[];
  readonly relation: FieldRelation;
  /** How values are written there. */
  readonly values?: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly source: string;
}

/** `unknown`: it would be full, but we don't know of every field whether the event carries it. */
export type Verdict = 'full' | 'noisier' | 'partial' | 'blind' | 'unknown';

/** A tested field and what stands for it in the event. */
export interface MappedField {
  readonly field: string;
  readonly to: readonly string[];
  readonly values: Readonly<Record<string, string>> | null;
  readonly note: string | null;
}

/** What one event can show a rule. */
export interface EventCoverage {
  readonly provider: string | null;
  readonly channels: readonly string[];
  readonly id: EventId;
  readonly version: number;
  readonly since: string | null;
  readonly title: string;
  /** `primary`: what the log source means. `alternative`: another event that shows the same. */
  readonly role: 'primary' | 'alternative';
  readonly verdict: Verdict;
  /** Tested fields that the event does not carry, in the order of their first test. */
  readonly missing: readonly string[];
  /** Tested fields of which we don't know whether the event carries them. */
  readonly unchecked: readonly string[];
  readonly mapped: readonly MappedField[];
  /** Missing fields that have something near them in the event. */
  readonly related: readonly MappedField[];
  /** Parts of the condition for which the rule misses something: alternatives that never hold on this event. */
  readonly deadBranches: readonly Expression[];
  /** Parts for which it fires where its author did not want it to: exclusions, or parts of one, that never apply. */
  readonly idleExclusions: readonly Expression[];
  /** What must be set up for the event, and for the fields that the rule tests. */
  readonly prerequisites: readonly string[];
}

/** An event of a rule, as a page names it. */
export interface RuleEvent {
  /** Short: `Sysmon`, `Security`. */
  readonly provider: string;
  readonly id: EventId;
  /** `Event ID 1`, or a product's own name of the event; `Any event` where the rule picks none. */
  readonly label: string;
  readonly title: string;
}

/**
 * Events of a product that no log source of Sigma's means, and the one under which a Sigma rule looks for the same: a row of
 * `data/event-logsources.json`. Without a product where the events are of several systems.
 */
export interface EventLogsource extends EventReference {
  /** `windows/process_creation/`. */
  readonly logsource: string;
  readonly source: string;
}

/** A log that a source of a platform holds: a log source of Sigma's (`windows//security`), or its channels. */
export interface PlatformLog {
  readonly log?: string;
  readonly channels?: readonly string[];
  readonly provider?: string;
  /** As in `LogsourceEvents`, where the platform's events name them otherwise. */
  readonly nameFields?: readonly string[];
  /** As in `LogsourceEvents`: what tells this log from others of the same source. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** Events that a source of a platform holds. */
export interface PlatformEvents extends EventReference {
  /** What the platform writes into fields of its own that tell these events from others. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Only where the query names them by this field. */
  readonly asked?: string;
}

/**
 * What a source of a platform means, a row of `data/PLATFORM-sources.json`: `logs`, out of which the query's own tests
 * pick events, or `events`. Neither where the name itself says the channel. Where Elastic's table gives both, `events`
 * are those that `values` tell apart, and `logs` those that a query must name.
 */
export interface PlatformSource {
  /** As in `Source`; `data source` and `data category` are what a rule says beside its query. */
  readonly kind: string;
  /** `*` stands for anything, `{id}` for the id of an event, `{channel}` for a Windows channel; one of them a name. */
  readonly names: readonly string[];
  readonly logs?: readonly PlatformLog[];
  readonly events?: readonly PlatformEvents[];
  /** The columns of a table, beside those that its events have and that `data/fields.json` leads back to them. */
  readonly columns?: readonly string[];
  /** Data sets of the same table that it stands for. */
  readonly datasets?: readonly string[];
  /** True where it may hold others as well: these count only where the query or the rule names them. */
  readonly open?: boolean;
  readonly note?: string;
  readonly source: string;
}

/** A field that names events on a platform, a row of `data/event-names.json`. */
export interface EventName {
  readonly platform: string;
  readonly field: string;
  /** The field of the tables that it is. */
  readonly as: string;
  /** Only this value of it, and only as an alternative beside that event. */
  readonly value?: string;
  readonly beside?: string;
  readonly source: string;
}

/** What a canonical field is called in one place. */
export interface ScopedName {
  /**
   * A data model (`CIM Processes`, `ECS`, `OCSF`), the agent or integration that fills it (`Splunk Sysmon`,
   * `Elastic Endpoint`, `Elastic aws.cloudtrail`: the data stream's data set), a table (`DeviceProcessEvents`), or an
   * event (`PROVIDER/ID`). No name but an event's has a slash.
   */
  readonly in: string;
  /** `name.*` and the field's `field.*` are all that start so, each by the rest of its name. */
  readonly name: string;
  /** Which part of the canonical field it is; all of it where this is left out. */
  readonly part?: string;
  readonly relation?: FieldRelation;
  readonly note?: string;
  readonly source: string;
}

/**
 * A row of `data/fields.json`: a canonical field of Sigma's taxonomy in the events of one category, or an event's own
 * field in those of a service, and its names elsewhere. Names that `data/events-fields.json` or the event itself gives
 * are not repeated; `winlog.event_data.X`, as Elastic's agents write it, is the event's own X.
 * The rows of `registry_event` hold for the narrower categories too.
 */
export interface CanonicalField {
  readonly field: string;
  /** Either the category of Sigma's whose events have it, or the service. */
  readonly category?: string;
  readonly service?: string;
  /** The product of the service, where it is not Windows. */
  readonly product?: string;
  readonly names: readonly ScopedName[];
}
