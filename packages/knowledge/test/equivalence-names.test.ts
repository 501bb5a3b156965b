import { canonicalise, type EventScope, eventScope, type Logsource } from '@rulescope/knowledge';
import type { LanguageId } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { elastic, line, NONE, one, scope, sigma } from './equivalence-scopes.ts';

describe('functions around a field', () => {
  const through = (functions: readonly string[], field = 'process.command_line', value = '5') =>
    canonicalise({ field, op: 'gt', value, through: functions }, elastic('process'));

  test.each([[['to_lower']], [['tostring', 'trim']], [['tolower', 'toupper']], [['trim(" ")']]])(
    'that change no more than case, blanks and type are none: %j',
    (functions) => {
      expect(through(functions).forms.map(line)).toEqual(['CommandLine gt 5']);
    },
  );

  // Kusto's strlen(), ES|QL's and EQL's LENGTH, Splunk's len().
  test.each(['strlen', 'length', 'len', 'string_size'])('have one name in all languages: %s', (name) => {
    expect(through([name])).toMatchObject({
      forms: [{ field: 'length(CommandLine)', op: 'gt', value: '5' }],
      status: 'canonical',
      field: 'CommandLine',
      related: [],
    });
  });

  test('stand around each other, and around parts, whose value no rule touches', () => {
    expect(through(['to_lower', 'replace("a", "b")', 'length']).forms.map(line)).toEqual([
      'length(replace(CommandLine, "a", "b")) gt 5',
    ]);
    const name = canonicalise(
      { field: 'process.name', op: 'eq', value: 'x.exe', through: ['reverse'] },
      elastic('process'),
    );
    expect(name.forms.map(line)).toEqual(['reverse(Image (file name)) eq x.exe']);
  });
});

function eventScopeOf(logsource: Logsource): EventScope {
  return eventScope({ language: 'sigma', sources: [], logsource, events: [], logsources: [], where: [] });
}

describe('names that no crosswalk knows', () => {
  const service = (product: string, name: string) => eventScopeOf({ product, category: null, service: name });
  const product = (name: string, more: Partial<Parameters<typeof eventScope>[0]> = {}) =>
    eventScope({
      language: 'spl',
      sources: [],
      logsource: NONE,
      events: [],
      logsources: [{ product: name, category: null, service: null }],
      where: [],
      ...more,
    });

  test.each([
    ['status', service('fortigate', 'event'), 'status (fortigate) eq x'],
    ['status', service('zeek', 'http'), 'status (zeek) eq x'],
    // The same product under a category and under a service, and in another language.
    ['unheard', sigma('process_creation', 'linux'), 'unheard (linux) eq x'],
    ['unheard', service('linux', 'auditd'), 'unheard (linux) eq x'],
    ['unheard', product('linux'), 'unheard (linux) eq x'],
    ['unheard', scope('spl', [{ kind: 'sourcetype', value: 'aws:cloudtrail' }]), 'unheard (aws) eq x'],
    // Names of Windows' events, and those of which nothing tells the product, are plain.
    ['status', service('windows', 'security'), 'status eq x'],
    ['status', scope('spl', []), 'status eq x'],
    ['unheard.of', elastic('process'), 'unheard.of eq x'],
  ])('are their products’: %s', (field, events, expected) => {
    expect(one(field, 'eq', 'x', events)).toBe(expected);
  });

  test.each([
    [
      'objectRef.resource',
      eventScopeOf({ product: 'kubernetes', category: 'application', service: 'audit' }),
    ],
    ['verb', eventScopeOf({ product: 'kubernetes', category: 'application', service: 'audit' })],
    ['resulttype', service('azure', 'signinlogs')],
    ['action', product('github')],
  ])('are those of its logs where the crosswalk has them, whichever log it is: %s', (field, events) => {
    const names: Record<string, string> = { resulttype: 'ResultType', action: 'action (github)' };
    expect(one(field, 'eq', 'x', events)).toBe(`${names[field] ?? field} eq x`);
  });

  test('are plain where the events are of several products', () => {
    const logsources = ['aws', 'gcp'].map((name) => ({ product: name, category: null, service: null }));
    expect(one('status', 'eq', 'x', product('aws', { logsources }))).toBe('status eq x');
  });

  test('a name that the crosswalk has joins the languages of a product, and no others', () => {
    const okta = [
      one('eventType', 'eq', 'x', service('okta', 'okta')),
      one('eventType', 'eq', 'x', scope('spl', [{ kind: 'sourcetype', value: 'OktaIM2:log' }])),
      one('okta.event_type', 'eq', 'x', scope('eql', [{ kind: 'index', value: 'logs-okta*' }])),
    ];
    expect(new Set(okta)).toEqual(new Set(['eventType eq x']));
    const github = [
      one('action', 'eq', 'x', service('github', 'audit')),
      one('event.action', 'eq', 'x', scope('kuery', [{ kind: 'index', value: 'logs-github.audit-*' }])),
    ];
    expect(new Set(github)).toEqual(new Set(['action (github) eq x']));
    expect(one('action', 'eq', 'x', service('fortigate', 'event'))).toBe('action (fortigate) eq x');
    expect(one('eventType', 'eq', 'x', service('aws', 'cloudtrail'))).toBe('eventType (aws) eq x');
  });
});

describe('row 61: what names an event', () => {
  const events = (language: LanguageId, ...known: readonly (readonly [string, number])[]) =>
    eventScope({
      language,
      sources: [],
      logsource: NONE,
      events: known.map(([provider, id]) => ({ provider, id })),
      logsources: [],
      where: [],
    });
  const SECURITY = ['Microsoft-Windows-Security-Auditing', 4688] as const;
  const SYSMON = ['Microsoft-Windows-Sysmon', 1] as const;

  test.each([
    ['EventID', 'sigma'],
    ['EventID', 'kql'],
    ['EventCode', 'spl'],
    ['signature_id', 'spl'],
    ['event.code', 'eql'],
    ['winlog.event_id', 'lucene'],
  ] as const)('%s in %s is EventID, with its provider', (field, language) => {
    const found = canonicalise({ field, op: 'eq', value: '4688' }, events(language, SECURITY, SYSMON));
    expect(found.forms.map(line)).toEqual(['EventID eq Microsoft-Windows-Security-Auditing/4688']);
    expect(found).toMatchObject({ isSelector: true, status: 'canonical' });
  });

  test.each([
    ['term', 'EventCode=4688'],
    ['contains', '<EventID>4688<'],
  ] as const)('as a text of a Splunk event, too: %s %s', (op, value) => {
    const found = canonicalise({ field: null, op, value }, events('spl', SECURITY));
    expect(found.forms.map(line)).toEqual(['EventID eq Microsoft-Windows-Security-Auditing/4688']);
    expect(found.isSelector).toBe(true);
  });

  test('is shared with no other provider’s, and not where nothing tells the provider', () => {
    expect(one('EventID', 'eq', '1', events('sigma', ['Microsoft-Windows-WMI-Activity', 1]))).not.toBe(
      one('EventID', 'eq', '1', events('sigma', SYSMON)),
    );
    expect(one('EventCode', 'eq', '4688', events('spl'))).toBe('EventCode eq 4688');
    const two = events('spl', SYSMON, ['Microsoft-Windows-WMI-Activity', 1]);
    expect(one('EventCode', 'eq', '1', two)).toBe('EventCode eq 1');
  });
});
