import { type Diagnostic, diagnostic, type LineStarts, type Span } from '@rulescope/logic';
import { catalogCode } from '../diagnostic-codes.ts';
import type { RuleFact, RuleMetadata } from '../types.ts';
import { isOn } from './conf.ts';
import { attackTags, fact } from './facts.ts';
import { type Fields, fieldsList, fieldsOf, numberOf, textOf, textsOf } from './fields.ts';
import { severityOfRisk } from './severity.ts';

/** What a stanza of savedsearches.conf says of its search. */
export interface SavedSearchMetadata {
  readonly id: string | null;
  readonly metadata: RuleMetadata;
  /** What is wrong with values that are JSON. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A setting as it counts for a stanza; its place is that of the stanza's header where another file has it. */
export interface Written {
  readonly value: string;
  readonly span: Span;
}

/** A stanza, with all settings that count for it. */
export interface Described {
  readonly name: string;
  readonly setting: (name: string) => Written | null;
  readonly lines: LineStarts;
}

interface Settings {
  /** Null where the setting is absent or empty. */
  readonly text: (name: string) => string | null;
  /** A value that is JSON. */
  readonly json: (name: string) => unknown;
}

/**
 * What a stanza says of its search (Admin Manual, "savedsearches.conf"; what Enterprise Security adds, as contentctl
 * writes it: `templates/savedsearches_detections.j2`). Its id is the detection's where that is given, else its name.
 */
export function describe(stanza: Described): SavedSearchMetadata {
  const diagnostics: Diagnostic[] = [];
  const settings = settingsOf(stanza, diagnostics);
  const { text, json } = settings;
  const annotations = fieldsOf(json('action.correlationsearch.annotations'));
  const about = fieldsOf(json('action.correlationsearch.metadata'));
  const risks = fieldsList(json('action.risk.param._risk'));
  const riskScore = riskScoreOf(risks, text('action.risk.param._risk_score'));
  const metadata: RuleMetadata = {
    kind: isOn(text('action.correlationsearch.enabled')) ? 'correlation-search' : 'saved-search',
    title: stanza.name,
    description: text('description'),
    status: isOn(textOf(about.deprecated)) ? 'deprecated' : statusOf(text('disabled')),
    severity: severityOf(settings) ?? severityOfRisk(riskScore),
    riskScore,
    author: null,
    licence: null,
    date: text('action.escu.creation_date'),
    modified: text('action.escu.modification_date'),
    references: [],
    falsePositives: textsOf(text('action.escu.known_false_positives')),
    tags: [...attackTags(textsOf(annotations.mitre_attack)), ...cvesOf(annotations)],
    related: [],
    logsource: null,
    facts: [
      ...scheduleFacts(settings),
      ...annotationFacts(annotations),
      ...riskFacts(risks, settings),
      ...actionFacts(settings),
    ],
  };
  return { id: textOf(about.detection_id) ?? textOf(stanza.name), metadata, diagnostics };
}

function settingsOf({ setting, lines }: Described, diagnostics: Diagnostic[]): Settings {
  return {
    text: (name) => textOf(setting(name)?.value),
    json: (name) => {
      const written = setting(name);
      if (written === null || written.value === '') return null;
      try {
        return JSON.parse(written.value);
      } catch {
        const message = `The value of ${name} is not valid JSON: what it says is left out.`;
        diagnostics.push(diagnostic(catalogCode('conf-json-invalid'), message, written.span, lines));
        return null;
      }
    },
  };
}

function statusOf(disabled: string | null): string | null {
  if (disabled === null) return null;
  return isOn(disabled) ? 'disabled' : 'enabled';
}

/**
 * What Splunk Web calls the levels of `alert.severity` (savedsearches.conf, "alert.severity": 1-debug, 2-info, 3-warn,
 * 4-error, 5-severe, 6-fatal); the last one it does not offer.
 */
const ALERT_SEVERITIES: readonly (readonly [level: string, severity: string])[] = [
  ['1', 'informational'],
  ['2', 'low'],
  ['3', 'medium'],
  ['4', 'high'],
  ['5', 'critical'],
  ['6', 'critical'],
];

/** The severity of the findings that a search makes, else that of its alerts. */
function severityOf({ text }: Settings): string | null {
  const notable = text('action.notable.param.severity')?.toLowerCase();
  if (notable !== undefined && notable !== 'unknown') return notable;
  const level = text('alert.severity');
  return ALERT_SEVERITIES.find(([known]) => known === level)?.[1] ?? null;
}

/** The highest score of the objects put at risk; where none is named, the one score, which is 0 where it says nothing. */
function riskScoreOf(risks: readonly Fields[], score: string | null): number | null {
  const scores = risks.map((risk) => numberOf(risk.risk_score)).filter((own) => own !== null);
  if (scores.length > 0) return Math.max(...scores);
  const own = numberOf(score);
  return own === 0 ? null : own;
}

function cvesOf(annotations: Fields): readonly string[] {
  return textsOf(annotations.cve).map((cve) => cve.toLowerCase().replace('-', '.'));
}

function scheduleFacts({ text }: Settings): readonly RuleFact[] {
  const cron = text('cron_schedule');
  const isOff = text('enableSched') !== null && !isOn(text('enableSched'));
  const trigger = textsOf([text('counttype'), text('relation'), text('quantity')]);
  return [
    ...fact('Schedule', cron === null || !isOff ? cron : `${cron} (not enabled)`),
    ...fact('Earliest time', text('dispatch.earliest_time')),
    ...fact('Latest time', text('dispatch.latest_time')),
    ...fact('Alert condition', text('alert_condition') ?? trigger.join(' ')),
    ...fact('Suppressed for', isOn(text('alert.suppress')) ? text('alert.suppress.period') : null),
    ...fact('Suppressed by', isOn(text('alert.suppress')) ? text('alert.suppress.fields') : null),
  ];
}

/** What annotations are called; other frameworks keep the names that they are given. */
const ANNOTATIONS: ReadonlyMap<string, string> = new Map([
  ['analytic_story', 'Analytic story'],
  ['data_source', 'Data source'],
  ['kill_chain_phases', 'Kill chain phase'],
  ['cis20', 'CIS 20'],
  ['nist', 'NIST'],
  ['confidence', 'Confidence'],
  ['impact', 'Impact'],
]);

function annotationFacts(annotations: Fields): readonly RuleFact[] {
  return Object.entries(annotations)
    .filter(([key]) => key !== 'mitre_attack' && key !== 'cve')
    .flatMap(([key, value]) => fact(ANNOTATIONS.get(key) ?? key, value));
}

function riskFacts(risks: readonly Fields[], { text }: Settings): readonly RuleFact[] {
  const objects = risks.map(({ risk_object_field, risk_object_type, risk_score }) =>
    objectOf(risk_object_field, risk_object_type, risk_score),
  );
  const threats = risks.map(({ threat_object_field, threat_object_type }) =>
    objectOf(threat_object_field, threat_object_type),
  );
  const single = objectOf(
    text('action.risk.param._risk_object'),
    text('action.risk.param._risk_object_type'),
    text('action.risk.param._risk_score'),
  );
  return [
    ...fact('Risk message', text('action.risk.param._risk_message')),
    ...fact('Risk object', risks.length === 0 ? single : objects),
    ...fact('Threat object', threats),
  ];
}

/** `dest (system, 49)`; empty where no object is named. */
function objectOf(name: unknown, ...more: readonly unknown[]): string {
  const own = textOf(name);
  const about = textsOf(more);
  if (own === null) return '';
  return about.length === 0 ? own : `${own} (${about.join(', ')})`;
}

function actionFacts({ text, json }: Settings): readonly RuleFact[] {
  const drilldowns = fieldsList(json('action.notable.param.drilldown_searches'));
  const single = [text('action.notable.param.drilldown_name'), text('action.notable.param.drilldown_search')];
  return [
    ...fact('Action', text('actions')?.split(/\s*,\s*/)),
    ...fact('Finding', text('action.notable.param.rule_title')),
    ...fact('Security domain', text('action.notable.param.security_domain')),
    ...fact('Drilldown search', [
      textsOf(single).join(': '),
      ...drilldowns.map(({ name, search }) => textsOf([name, search]).join(': ')),
    ]),
    ...fact('How to implement', text('action.escu.how_to_implement')),
  ];
}
