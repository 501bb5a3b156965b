import {
  EVENT_NAMES,
  EVENTS,
  type EventCoverage,
  eventsOfChannel,
  eventVersions,
  FIELDS,
  logsourceEvents,
  logsourceOfEvent,
  PLATFORM_SOURCES,
  ruleCoverage,
} from '@rulescope/knowledge';
import { parseSpl } from '@rulescope/spl';
import { describe, expect, it } from 'vitest';

const NO_LOGSOURCE = { product: null, category: null, service: null };

/** The coverage of a search whose rule names these data sources. */
function coverage(search: string, ...dataSources: readonly string[]): readonly EventCoverage[] {
  const [query] = parseSpl(search).queries;
  if (query === undefined) throw new Error('no query');
  const named = dataSources.map((value) => ({ kind: 'data source', value }));
  return ruleCoverage(query, { logsource: NO_LOGSOURCE, named });
}

/** `Sysmon 1 full`, one line an event and version; the version where it is not the only one. */
function verdicts(events: readonly EventCoverage[]): readonly string[] {
  return events.map(({ provider, channels, id, version, verdict }) => {
    const name = (provider ?? channels.join('+')).replace('Microsoft-Windows-', '');
    const versions = events.filter((it) => it.provider === provider && it.id === id).length;
    return `${name} ${id ?? '*'}${versions > 1 ? ` v${version}` : ''} ${verdict}`;
  });
}

const SYSMON = 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational"';

describe('the events of a Splunk search', () => {
  it('are one where text, XML and host monitoring name it: the search of the seed page', () => {
    const found = coverage(
      '`get_endpoint_data` `get_endpoint_data_winevent` (TERM(EventCode=4688) OR "<EventID>4688<" OR Type=Process) ' +
        'TERM(msiexec) NOT ".msi" | regex process="(?i)msiexec.*?\\.\\w{2,5}" | stats values(*) as * by _time, host',
    );
    expect(found.map(({ title }) => title)).toEqual(Array(3).fill('A new process has been created'));
    // Microsoft Learn, 4688: the command line came with version 1, and has to be turned on.
    expect(verdicts(found)).toEqual([
      'Security-Auditing 4688 v0 blind',
      'Security-Auditing 4688 v1 full',
      'Security-Auditing 4688 v2 full',
    ]);
    expect(found[2]?.mapped).toMatchObject([{ field: 'process', to: ['CommandLine'] }]);
    expect(found[2]?.prerequisites).toContainEqual(expect.stringMatching(/command line/));
  });

  it.each([
    ['EventCode', `${SYSMON} EventCode=10 TargetImage=*lsass.exe`, ['Sysmon 10 full']],
    ['EventID', `${SYSMON} EventID=22 QueryName=*.example`, ['Sysmon 22 full']],
    ['signature_id', `${SYSMON} signature_id=22 QueryName=*.example`, ['Sysmon 22 full']],
    ['several', `${SYSMON} EventCode IN (17, 18) PipeName=x`, ['Sysmon 17 full', 'Sysmon 18 full']],
    ['TERM', `${SYSMON} TERM(EventCode=3)`, ['Sysmon 3 full']],
    ['XML', `${SYSMON} "<EventID>3<"`, ['Sysmon 3 full']],
    ['a text that only looks like one', `${SYSMON} EventCode=1 "EventID=25"`, ['Sysmon 1 full']],
    // A search without a condition of its own: whatever is nested in it is not known to hold.
    ['none', SYSMON, ['Sysmon * unknown']],
    // Sysmon 7 has no GrantedAccess, which 10 has.
    ['a field of another event', `${SYSMON} EventCode=7 GrantedAccess=0x10`, ['Sysmon 7 blind']],
    ['a field that nobody knows', `${SYSMON} EventCode=7 our_own=1`, ['Sysmon 7 unknown']],
    ['an alias of the add-on', `${SYSMON} EventCode=7 loaded_file_path=*x.dll`, ['Sysmon 7 full']],
    ['what Splunk itself adds', `${SYSMON} EventCode=3 host=web1`, ['Sysmon 3 full']],
  ])('are picked by %s', (_, search, expected) => {
    expect(verdicts(coverage(search))).toEqual(expected);
  });

  it('are those of the channel after the colon', () => {
    const admin = 'source="WinEventLog:Microsoft-Windows-PrintService/Admin" EventCode=808';
    expect(verdicts(coverage(admin))).toEqual(['PrintService 808 full']);
    expect(verdicts(coverage('sourcetype="XmlWinEventLog:Security" EventCode=1102'))).toEqual([
      'Eventlog 1102 full',
    ]);
    // The classic labels of a message stand for the fields of the event.
    expect(
      verdicts(coverage('source="WinEventLog:Security" EventCode=4624 Logon_Type=10 Logon_Process=x')),
    ).toContain('Security-Auditing 4624 v2 full');
  });

  it('are none where nothing tells', () => {
    expect(coverage('index=main EventCode=4688')).toEqual([]);
    expect(coverage('`our_own_macro` powershell')).toEqual([]);
    expect(coverage('| tstats count from datamodel=Web where Web.url=x', 'Some appliance')).toEqual([]);
    // The logs of any EDR: only what names an event says which.
    expect(coverage('`get_endpoint_data_edr` process=x')).toEqual([]);
    expect(
      verdicts(coverage('`get_endpoint_data_edr` event_simpleName=ProcessRollup2 CommandLine=*x*')),
    ).toEqual(['CrowdStrike Falcon ProcessRollup2 full']);
  });

  it('in a cloud log are named by its own field', () => {
    const trail = coverage('sourcetype=aws:cloudtrail eventName=StopLogging errorCode=success');
    expect(verdicts(trail)).toEqual(['AWS CloudTrail StopLogging full']);
    const lake = coverage('sourcetype=aws:cloudtrail:lake api.operation=StopLogging');
    expect(verdicts(lake)).toEqual(['AWS CloudTrail StopLogging full']);
    expect(verdicts(coverage('sourcetype=linux:audit type=EXECVE'))).toEqual(['auditd EXECVE full']);
    const signin = coverage('sourcetype=azure:monitor:aad category=SignInLogs');
    expect(verdicts(signin)).toEqual(['Entra ID sign-in * full']);
  });
});

describe('the data model Endpoint', () => {
  const tstats = (dataset: string, where: string) =>
    `| tstats count from datamodel=Endpoint.${dataset} where ${where} by ${dataset}.dest | \`drop_dm_object_name(${dataset})\``;
  const named = tstats('Processes', 'Processes.process_name=x.exe Processes.process="*-enc*"');

  it('means the events that feed it', () => {
    expect(verdicts(coverage(named))).toEqual([
      'Sysmon 1 full',
      'Security-Auditing 4688 v0 blind',
      'Security-Auditing 4688 v1 full',
      'Security-Auditing 4688 v2 full',
      'Linux-Sysmon 1 full',
      'CrowdStrike Falcon ProcessRollup2 full',
    ]);
  });

  it('means those that the rule names', () => {
    expect(verdicts(coverage(named, 'Sysmon EventID 1'))).toEqual(['Sysmon 1 full']);
    // What the rule names is not what the model holds: the search decides.
    expect(verdicts(coverage(named, 'Sysmon EventID 22'))).toContain('Sysmon 1 full');
  });

  it('has no original file name of 4688, and CrowdStrike may have one', () => {
    const either = tstats(
      'Processes',
      '(Processes.process_name=x.exe OR Processes.original_file_name=x.exe)',
    );
    const found = coverage(either, 'Windows Event Log Security 4688', 'CrowdStrike ProcessRollup2');
    expect(verdicts(found).slice(-2)).toEqual([
      'Security-Auditing 4688 v2 partial',
      'CrowdStrike Falcon ProcessRollup2 unknown',
    ]);
    const only = tstats('Processes', 'Processes.original_file_name=x.exe');
    expect(verdicts(coverage(only, 'Windows Event Log Security 4688'))[2]).toBe(
      'Security-Auditing 4688 v2 blind',
    );
  });

  it('knows a parent on CrowdStrike by the name of its file only', () => {
    const of = (field: string) =>
      verdicts(coverage(tstats('Processes', `Processes.${field}=x`), 'CrowdStrike ProcessRollup2'));
    expect(of('parent_process_name')).toEqual(['CrowdStrike Falcon ProcessRollup2 full']);
    expect(of('parent_process_path')).toEqual(['CrowdStrike Falcon ProcessRollup2 blind']);
  });

  it('has registry data of Sysmon 13, not of 12', () => {
    const found = coverage(
      tstats('Registry', 'Registry.registry_path="*\\\\Run*" Registry.registry_value_data=x'),
      'Sysmon EventID 12',
      'Sysmon EventID 13',
    );
    expect(verdicts(found)).toEqual(['Sysmon 12 blind', 'Sysmon 13 full']);
  });

  it('is asked of each side of a join', () => {
    const search =
      '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=x.exe by Processes.process_id ' +
      '| join process_id [| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.dest_port=4444 by All_Traffic.dest]';
    expect(verdicts(coverage(search, 'Sysmon EventID 1 AND Sysmon EventID 3'))).toEqual([
      'Sysmon 1 full',
      'Sysmon 3 full',
    ]);
  });
});

describe('what a rule names beside its search', () => {
  it.each([
    ['Sysmon EventID 13', 'Sysmon 13 full'],
    ['Sysmon for Linux EventID 11', 'Linux-Sysmon 11 full'],
    ['Windows Event Log System 7045', 'Service Control Manager 7045 full'],
    ['NTLM Operational 8004', 'NTLM 8004 full'],
    ['AWS CloudTrail ConsoleLogin', 'AWS CloudTrail ConsoleLogin full'],
    ['O365 Add service principal.', 'Microsoft 365 audit Add service principal. full'],
    ['Okta', 'Okta * full'],
  ])('%s tells where the search does not', (name, expected) => {
    expect(
      verdicts(coverage('`our_own_macro` x', name)).map((line) => line.replace(/unknown$/, 'full')),
    ).toContain(expected);
  });

  it('is outranked by the event that the search tests', () => {
    expect(verdicts(coverage(`${SYSMON} EventCode=11`, 'Sysmon EventID 1'))).toEqual(['Sysmon 11 full']);
  });

  it('may be several events of one log', () => {
    const found = coverage('`our_own_macro`', 'NTLM Operational 8001,8004');
    expect(found.map(({ id }) => id)).toEqual([8001, 8004]);
  });
});

describe('the log source of an event', () => {
  const of = (provider: string, channel: string, id: number | string | null) => {
    const found = logsourceOfEvent({ provider, channels: [channel], id });
    return found === null
      ? null
      : [found.product, found.category, found.service].map((it) => it ?? '').join('/');
  };

  it('is the narrowest category, else the service', () => {
    const sysmon = 'Microsoft-Windows-Sysmon/Operational';
    expect(of('Microsoft-Windows-Sysmon', sysmon, 1)).toBe('windows/process_creation/');
    expect(of('Microsoft-Windows-Sysmon', sysmon, 13)).toBe('windows/registry_set/');
    // registry_add and registry_delete are both 12, told apart by EventType only.
    expect(of('Microsoft-Windows-Sysmon', sysmon, 12)).toBe('windows/registry_event/');
    expect(of('Microsoft-Windows-Security-Auditing', 'Security', 4688)).toBe('windows//security');
    expect(of('AWS CloudTrail', 'AWS CloudTrail', 'ConsoleLogin')).toBe('aws//cloudtrail');
    expect(of('CrowdStrike Falcon', 'CrowdStrike Falcon sensor events', 'ProcessRollup2')).toBeNull();
  });
});

describe('the tables of platforms', () => {
  const texts = (row: object, keys: readonly string[]) =>
    keys.every((key) => {
      const value = (row as Readonly<Record<string, unknown>>)[key];
      return value === undefined || (typeof value === 'string' && value.trim() === value && value !== '');
    });
  const onlyHas = (row: object, keys: readonly string[]) =>
    Object.keys(row).every((key) => keys.includes(key));
  const rows = [...PLATFORM_SOURCES.values()].flat();

  it('have rows of the right shape, each with its source', () => {
    for (const row of rows) {
      expect(
        onlyHas(row, ['kind', 'names', 'logs', 'events', 'columns', 'datasets', 'open', 'note', 'source']),
        JSON.stringify(row),
      ).toBe(true);
      expect(texts(row, ['kind', 'note', 'source']) && row.source !== undefined, JSON.stringify(row)).toBe(
        true,
      );
      expect(row.names.length).toBeGreaterThan(0);
      const byName = row.names.every((name) => name.includes('{channel}'));
      const said = [row.logs, row.events, row.datasets, byName || undefined].filter((it) => it !== undefined);
      expect(said.length, JSON.stringify(row)).toBeGreaterThan(0);
    }
    for (const row of PLATFORM_SOURCES.get('splunk') ?? []) {
      const said = [row.logs, row.events].filter((it) => it !== undefined);
      expect(said.length, JSON.stringify(row)).toBeLessThan(2);
      expect(row.datasets).toBeUndefined();
    }
    for (const row of EVENT_NAMES) {
      expect(onlyHas(row, ['platform', 'field', 'as', 'value', 'beside', 'source'])).toBe(true);
      expect((row.value === undefined) === (row.beside === undefined)).toBe(true);
      expect(PLATFORM_SOURCES.has(row.platform)).toBe(true);
    }
    for (const row of FIELDS) {
      expect(onlyHas(row, ['field', 'category', 'product', 'service', 'names'])).toBe(true);
      expect([row.category, row.service].filter((it) => it !== undefined)).toHaveLength(1);
      expect(row.product === undefined || row.service !== undefined, JSON.stringify(row)).toBe(true);
      expect(row.names.length, JSON.stringify(row)).toBeGreaterThan(0);
      for (const name of row.names) {
        expect(
          onlyHas(name, ['in', 'name', 'part', 'relation', 'note', 'source']),
          JSON.stringify(name),
        ).toBe(true);
        expect(texts(name, ['in', 'name', 'part', 'note', 'source']) && name.source !== undefined).toBe(true);
        expect([undefined, 'same', 'related']).toContain(name.relation);
        const once = row.names.filter((it) => it.in === name.in && it.name === name.name);
        expect(once, `${row.field} ${name.in} ${name.name}`).toHaveLength(1);
      }
    }
  });

  it('name a source once', () => {
    for (const table of PLATFORM_SOURCES.values()) {
      const keys = table.flatMap(({ kind, names }) => names.map((name) => `${kind} ${name.toLowerCase()}`));
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    }
    const fields = FIELDS.map(({ field, category, product, service }) =>
      JSON.stringify([field, category, product, service]),
    );
    expect(new Set(fields).size).toBe(fields.length);
  });

  it('only refer to logs and events that there are', () => {
    for (const { logs = [], events = [] } of rows) {
      for (const { log, channels, provider } of logs) {
        if (log !== undefined) {
          const [product, category, service] = log.split('/').map((part) => (part === '' ? null : part));
          const found = logsourceEvents({
            product: product ?? null,
            category: category ?? null,
            service: service ?? null,
          });
          expect(found?.channels ?? found?.events, log).toBeDefined();
        } else {
          const known = (channels ?? []).flatMap(eventsOfChannel).map((event) => event.provider);
          expect(known, JSON.stringify(channels)).toContain(provider);
        }
      }
      for (const { provider, ids } of events) {
        for (const id of ids) expect(eventVersions(provider, id), `${provider} ${id}`).not.toEqual([]);
      }
    }
  });

  it('give an event only fields that it has', () => {
    for (const { names } of FIELDS) {
      for (const scoped of names.filter((it) => it.in.includes('/'))) {
        const event = EVENTS.filter(({ provider, id }) => `${provider}/${id}` === scoped.in);
        expect(
          event.some(({ fields }) => fields.includes(scoped.name)),
          `${scoped.in} ${scoped.name}`,
        ).toBe(true);
      }
    }
  });
});
