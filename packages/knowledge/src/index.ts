export type { Unresolved, UnresolvedCode } from './attack/lookup.ts';
export type { AttackRelease, AttackTactic, AttackTechnique } from './attack/model.ts';
export { AttackBundleError, type AttackBundleErrorCode, readStixBundle } from './attack/read-stix.ts';
export {
  ATTACK_VERSIONS,
  type AttackVersion,
  attackRelease,
  DEFAULT_ATTACK_VERSION,
} from './attack/releases.ts';
export {
  attackOf,
  type RuleAttack,
  type RuleAttackObject,
  type RuleTechnique,
  type UnresolvedTag,
} from './attack/rule.ts';
export { type ResolvedTactic, resolveTactic, type TacticResolution } from './attack/tactic.ts';
export { type AttackObjectKind, type AttackTag, attackTag } from './attack/tag.ts';
export { type ResolvedTechnique, resolveTechnique, type TechniqueResolution } from './attack/technique.ts';
export { type CarriedField, type Carrier, carriedFields, carriersOf } from './carried-fields.ts';
export {
  type Canonical,
  type Conjunctions,
  canonicalFieldOf,
  canonicalise,
  conditionsOf,
  conjunctions,
  countedRegex,
  type EventScope,
  eventScope,
  type FieldStatus,
  type Form,
  foldsCase,
  ignoresCase,
  type MisspeltSource,
  misspeltField,
  misspeltSource,
  type Nearness,
  type RelatedForm,
  type ScopeFacts,
} from './equivalence/index.ts';
export { eventCoverage, eventsOf } from './events/coverage.ts';
export {
  eventsOfChannel,
  eventVersions,
  logsourceEvents,
  logsourceOfEvent,
  shortProvider,
} from './events/lookup.ts';
export { type RuleSources, ruleCoverage } from './events/rule-coverage.ts';
export {
  EVENT_FIELDS,
  EVENT_LOGSOURCES,
  EVENT_NAMES,
  EVENTS,
  FIELDS,
  LOGSOURCES,
  PLATFORM_SOURCES,
} from './events/tables.ts';
export type {
  AlternativeReference,
  CanonicalField,
  EventCoverage,
  EventField,
  EventId,
  EventLogsource,
  EventName,
  EventReference,
  FieldRelation,
  LogEvent,
  LogsourceEvents,
  MappedField,
  PlatformEvents,
  PlatformLog,
  PlatformSource,
  RuleEvent,
  ScopedName,
  Verdict,
} from './events/types.ts';
export { canonicalField, SIGMA_FIELDS, type SigmaFields } from './fields.ts';
export type { Logsource, LogsourcePattern } from './logsource.ts';
