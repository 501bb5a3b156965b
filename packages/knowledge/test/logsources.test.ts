import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventsOf, type Logsource, logsourceEvents, shortProvider } from '@rulescope/knowledge';
import { readSigma } from '@rulescope/sigma';
import { describe, expect, it } from 'vitest';

/** `product/category/service` of a rule, as Rulescope writes it. */
function parse(path: string): Logsource {
  const [product, category, service] = path.split('/').map((part) => (part === '' ? null : part));
  return { product: product ?? null, category: category ?? null, service: service ?? null };
}

const TAXONOMY = 'Sigma Taxonomy Appendix 2.1.0';

/** The events that a log source lists, and the log that it picks from. */
function meaning(path: string): string {
  const row = logsourceEvents(parse(path));
  if (row?.unknown !== undefined) return 'unknown';
  const events = row?.events?.map(({ provider, ids }) => `${shortProvider(provider)} ${ids.join('+')}`);
  return (events ?? row?.channels ?? ['no row']).join(', ');
}

function alternatives(path: string): string {
  const rows = logsourceEvents(parse(path))?.alternatives ?? [];
  return rows.map(({ provider, ids }) => `${shortProvider(provider)} ${ids.join('+')}`).join(', ');
}

// The 40 log sources most used in SigmaHQ (the last six have ten rules each), read from the documents named.
const TABLE = [
  ['windows/process_creation/', 'Sysmon 1', 'Security 4688', TAXONOMY],
  ['windows/registry_set/', 'Sysmon 13', 'Security 4657', TAXONOMY],
  ['windows/file_event/', 'Sysmon 11', 'Security 4663', TAXONOMY],
  ['windows/ps_script/', 'PowerShell 4104, PowerShellCore 4104', '', TAXONOMY],
  ['windows//security', 'Security', '', TAXONOMY],
  ['linux/process_creation/', 'Linux-Sysmon 1', 'auditd EXECVE+SYSCALL', TAXONOMY],
  ['windows/image_load/', 'Sysmon 7', '', TAXONOMY],
  ['macos/process_creation/', 'unknown', '', TAXONOMY],
  ['windows//system', 'System', 'Security 4697', TAXONOMY],
  ['windows/network_connection/', 'Sysmon 3', 'Security 5156', TAXONOMY],
  ['aws//cloudtrail', 'AWS CloudTrail', '', TAXONOMY],
  ['linux//auditd', '/var/log/audit/audit.log', '', TAXONOMY],
  ['azure//auditlogs', 'AuditLogs', '', TAXONOMY],
  ['azure//activitylogs', 'AzureActivity', '', TAXONOMY],
  ['windows/ps_module/', 'PowerShell 4103, PowerShellCore 4103', '', TAXONOMY],
  ['windows/registry_event/', 'Sysmon 12+13+14', 'Security 4657', TAXONOMY],
  ['/proxy/', 'proxy log', '', TAXONOMY],
  ['windows/process_access/', 'Sysmon 10', 'Security 4656+4663', TAXONOMY],
  ['azure//signinlogs', 'SigninLogs', '', TAXONOMY],
  ['opencanary/application/', 'OpenCanary log', '', 'OpenCanary documentation'],
  ['okta//okta', 'Okta System Log', '', TAXONOMY],
  ['windows/dns_query/', 'Sysmon 22', 'DNS-Client 3008', TAXONOMY],
  ['windows//application', 'Application', '', TAXONOMY],
  ['azure//riskdetection', 'AADUserRiskEvents', '', TAXONOMY],
  ['windows/pipe_created/', 'Sysmon 17+18', 'Security 5145', TAXONOMY],
  ['rpc_firewall/application/', 'RPCFW 3', '', TAXONOMY],
  ['gcp//gcp.audit', 'Cloud Audit Logs', '', TAXONOMY],
  ['windows//windefend', 'Microsoft-Windows-Windows Defender/Operational', '', TAXONOMY],
  ['github//audit', 'GitHub audit log', '', TAXONOMY],
  ['linux//', 'any Linux log', '', TAXONOMY],
  ['windows/create_remote_thread/', 'Sysmon 8', '', TAXONOMY],
  ['bitbucket//audit', 'Bitbucket audit log', '', TAXONOMY],
  ['windows/file_access/', 'Kernel-File 12', '', TAXONOMY],
  ['windows/file_delete/', 'Sysmon 23', 'Sysmon 26, Security 4660+4663', TAXONOMY],
  ['m365//threat_management', 'Security & Compliance alerts: threat_management', '', TAXONOMY],
  ['cisco//aaa', 'Cisco AAA accounting', '', TAXONOMY],
  ['/webserver/', 'access log', '', TAXONOMY],
  ['windows/ps_classic_start/', 'PowerShell 400', '', TAXONOMY],
  ['linux/file_event/', 'Linux-Sysmon 11', '', TAXONOMY],
  ['windows//appxdeployment-server', 'Microsoft-Windows-AppXDeploymentServer/Operational', '', TAXONOMY],
  ['windows//codeintegrity-operational', 'Microsoft-Windows-CodeIntegrity/Operational', '', TAXONOMY],
  ['windows/driver_load/', 'Sysmon 6', '', TAXONOMY],
  ['windows/registry_delete/', 'Sysmon 12', '', TAXONOMY],
  ['kubernetes/application/audit', 'Kubernetes audit log', '', 'Kubernetes documentation'],
] as const;

describe('the log sources that rules use most', () => {
  it.each(TABLE)('%s means %s', (path, events, others, source) => {
    expect(meaning(path)).toBe(events);
    expect(alternatives(path)).toBe(others);
    expect(logsourceEvents(parse(path))?.source).toContain(source);
  });

  it('tells registry_add and registry_delete apart by EventType alone', () => {
    expect(meaning('windows/registry_add/')).toBe('Sysmon 12');
    expect(logsourceEvents(parse('windows/registry_add/'))?.values).toEqual({ EventType: ['CreateKey'] });
    expect(logsourceEvents(parse('windows/registry_delete/'))?.values).toEqual({
      EventType: ['DeleteKey', 'DeleteValue'],
    });
  });

  it('lets a category stand for itself, whatever service or product goes with it', () => {
    expect(meaning('windows/process_creation/system')).toBe('Sysmon 1');
    expect(meaning('squid/proxy/access')).toBe('proxy log');
    expect(meaning('windows//no-such-service')).toBe('no row');
    expect(meaning('no-such-product//')).toBe('no row');
  });
});

describe('the events of a rule', () => {
  const events = (logsource: string, detection: string): readonly string[] => {
    const [rule] = readSigma(`title: t\nlogsource: {}\ndetection:\n${detection}\n`).rules;
    if (rule === undefined) throw new Error('no rule');
    return eventsOf(rule, parse(logsource)).map(
      ({ provider, label, title }) => `${provider}, ${label}: ${title}`,
    );
  };

  it('is what its category means', () => {
    expect(events('windows/process_creation/', '  s: {Image: a}\n  condition: s')).toEqual([
      'Sysmon, Event ID 1: Process creation',
    ]);
  });

  it('is picked out of a channel by the EventID, versions as one', () => {
    expect(events('windows//security', '  s: {EventID: [4624, 4625]}\n  condition: s')).toEqual([
      'Security, Event ID 4624: An account was successfully logged on',
      'Security, Event ID 4625: An account failed to log on',
    ]);
  });

  it('is told by the provider where two share an ID', () => {
    const of = (provider: string) =>
      events('windows//system', `  s: {EventID: 16, Provider_Name: ${provider}}\n  condition: s`);
    expect(of('Microsoft-Windows-Kernel-General')).toEqual([
      'Kernel-General, Event ID 16: The access history in a hive was cleared',
    ]);
    expect(of('Microsoft-Windows-WindowsUpdateClient')).toEqual([
      'WindowsUpdateClient, Event ID 16: Unable to connect to the automatic updates service',
    ]);
  });

  it('is an ID of its provider where the tables have no such event', () => {
    expect(events('windows//security', '  s: {EventID: 4999}\n  condition: s')).toEqual([
      'Security, Event ID 4999: An event that the tables do not have',
    ]);
  });

  it('is any event of the log where the rule names none', () => {
    expect(
      events('windows//msexchange-management', "  s: ['Install-TransportAgent']\n  condition: s"),
    ).toEqual(['MSExchange CmdletLogs, Any event: Any event of the log']);
    expect(events('windows//', "  s: ['x']\n  f: {EventID: 15}\n  condition: s and not f")).toEqual([
      'Windows, Any event: Any Windows event',
    ]);
  });

  it("is the product's own name of it", () => {
    expect(
      events(
        'aws//cloudtrail',
        '  s: {eventSource: cloudtrail.amazonaws.com, eventName: [StopLogging, DeleteTrail]}\n  condition: s',
      ),
    ).toEqual([
      'AWS CloudTrail, StopLogging: CloudTrail record',
      'AWS CloudTrail, DeleteTrail: CloudTrail record',
    ]);
    expect(events('linux//auditd', '  s: {type: EXECVE, a0: find}\n  condition: s')).toEqual([
      'auditd, EXECVE: Arguments of execve',
    ]);
  });

  it('is narrowed by EventType, Details and NewName for registry_event', () => {
    const of = (test: string) => events('windows/registry_event/', `  s: {${test}}\n  condition: s`);
    const ids = (test: string) => of(test).map((event) => /\d+/.exec(event)?.[0]);
    expect(ids('TargetObject: a')).toEqual(['12', '13', '14']);
    expect(ids('EventType: SetValue')).toEqual(['13']);
    expect(ids('EventType: CreateKey')).toEqual(['12']);
    expect(ids('EventType: RenameKey')).toEqual(['14']);
    expect(ids('Details: a')).toEqual(['13']);
    expect(ids('NewName: a')).toEqual(['14']);
  });
});

const corpus = fileURLToPath(new URL('../../../../shared/corpora/sigma', import.meta.url));

describe.skipIf(!existsSync(corpus))('the corpus of SigmaHQ (skipped without ../shared)', () => {
  const rules = globSync(`${corpus}/*/**/*.yml`)
    .flatMap((path) => readSigma(readFileSync(path, 'utf8')).rules)
    .filter((rule) => rule.kind === 'rule');

  it('has no log source without a row, known or said to be unknown', () => {
    const unlisted = rules
      .map((rule) => rule.metadata.logsource)
      .filter((logsource) => logsourceEvents(logsource) === null)
      .map(({ product, category, service }) => [product, category, service].join('/'));
    expect(rules.length).toBeGreaterThan(3300);
    expect([...new Set(unlisted)]).toEqual([]);
  });

  it('has no rule of a known log source without an event, but where it was not understood', () => {
    const without = rules.filter(
      (rule) =>
        rule.where !== null &&
        logsourceEvents(rule.metadata.logsource)?.unknown === undefined &&
        eventsOf(rule, rule.metadata.logsource).length === 0,
    );
    expect(without.map((rule) => rule.metadata.title)).toEqual([]);
  });
});
