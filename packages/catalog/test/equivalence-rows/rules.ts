import type { LanguageId } from '@rulescope/logic';
import { eventsOfQuery } from '../../src/analyse/canonical.ts';
import { testedValues } from '../../src/analyse/indicators.ts';
import { parserOf } from '../../src/languages.ts';

/** A rule of one condition: its language, and its text. */
export type Rule = readonly [language: LanguageId, text: string];

/** The Sigma rule of some log source that tests `field: value` (each line is YAML below a selection). */
export function sigma(logsource: string, ...lines: readonly string[]): Rule {
  const tests = lines.map((line) => `    ${line}`).join('\n');
  return ['sigma', `title: T\nlogsource: { ${logsource} }\ndetection:\n  s:\n${tests}\n  condition: s\n`];
}

const windows = (category: string) => `category: ${category}, product: windows`;
export const process = (...lines: readonly string[]): Rule => sigma(windows('process_creation'), ...lines);
export const category = (name: string, ...lines: readonly string[]): Rule => sigma(windows(name), ...lines);
export const service = (name: string, ...lines: readonly string[]): Rule =>
  sigma(`product: windows, service: ${name}`, ...lines);

export const kql = (text: string): Rule => ['kql', text];
export const eql = (text: string): Rule => ['eql', text];
export const kuery = (text: string): Rule => ['kuery', text];
export const lucene = (text: string): Rule => ['lucene', text];
export const esql = (text: string): Rule => ['esql', text];
export const spl = (text: string): Rule => ['spl', text];
/** A search of a data model of the Common Information Model. */
export const cim = (model: string, where: string): Rule =>
  spl(`| tstats count from datamodel=${model} where ${where}`);

/** An indicator as one line: `Image ends_with \x.exe`; of one that is near it, with the relation before it. */
export interface Indicators {
  /** What shows behaviour. */
  readonly own: readonly string[];
  readonly near: readonly string[];
  /** What picks events. */
  readonly selectors: readonly string[];
  readonly caseSensitive: readonly boolean[];
}

/** What a rule is counted by. */
export function indicatorsOf([language, text]: Rule): Indicators {
  const queries = parserOf(language)?.(text).queries ?? [];
  const tested = queries.flatMap((query) => testedValues(query, eventsOfQuery(query).scopes));
  const behaviour = tested.filter(({ selector }) => !selector);
  return {
    own: behaviour.map(lineOf),
    near: behaviour.flatMap(({ near }) => near.map((it) => `${it.relation} ${lineOf(it)}`)),
    selectors: tested.filter(({ selector }) => selector).map(lineOf),
    caseSensitive: behaviour.map(({ caseSensitive }) => caseSensitive),
  };
}

function lineOf({
  field,
  op,
  value,
  encoding,
}: {
  readonly field: string | null;
  readonly op: string;
  readonly value: string;
  readonly encoding: string;
}): string {
  return `${field ?? ''} ${op} ${value} ${encoding}`.trim();
}

/**
 * An equivalence rule by its number, with rules of our own in the languages that it names. Rules that the row
 * says are the same have the key; those that are related have none of it and are linked with the relation, on one side
 * at least; those that differ have neither.
 */
export interface Row {
  readonly row: number;
  /** The key, as in `indicatorsOf`. */
  readonly key: string;
  readonly same: readonly Rule[];
  /** How those that have the key are linked. */
  readonly near?: string;
  /** With the key of its own that each has, and where it is linked, how: `related Image contains x`. */
  readonly different?: readonly (readonly [key: string, Rule, near?: string])[];
}

export const DEVICE = 'DeviceProcessEvents | where';

export const SECURITY = 'SecurityEvent | where EventID == 4688 |  where';

export const SYSMON = 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational"';

export const WINSEC = 'source="XmlWinEventLog:Security"';

export const DEVICE_EVENTS = (action: string, where: string) =>
  kql(`DeviceEvents | where ActionType == "${action}" | where ${where}`);

export const processes = (where: string) => cim('Endpoint.Processes', `Processes.${where}`);

export const processDocs = 'FROM logs-endpoint.events.process* | WHERE';
