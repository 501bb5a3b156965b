import {
  EVENT_LOGSOURCES,
  EVENTS,
  eventVersions,
  LOGSOURCES,
  logsourceOfEvent,
  PLATFORM_SOURCES,
} from '@rulescope/knowledge';
import { language as kusto } from '@rulescope/kusto';
import { describe, expect, it } from 'vitest';
import { coverageOf, verdicts } from './platform-events.ts';

const of = (text: string) => coverageOf(kusto, text);

const DEFENDER = 'Microsoft Defender for Endpoint';

describe('the events of a Kusto query', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'a table of one kind of event',
      'DeviceProcessEvents | where FileName =~ "x.exe" and ProcessCommandLine has "-enc"',
      [`${DEFENDER} ProcessCreated full`],
    ],
    [
      'a test on ActionType',
      'DeviceRegistryEvents | where ActionType == "RegistryValueSet" | where RegistryKey endswith @"\\Run"',
      [`${DEFENDER} RegistryValueSet full`],
    ],
    [
      'several action types',
      'DeviceNetworkEvents | where ActionType in ("ConnectionSuccess", "ConnectionFailed") and RemotePort == 4444',
      [`${DEFENDER} ConnectionSuccess full`, `${DEFENDER} ConnectionFailed full`],
    ],
    [
      'no test on it: any event of the table',
      'DeviceFileEvents | where FileName endswith ".lnk"',
      [`${DEFENDER} * full`],
    ],
    [
      'what lies inside of a column',
      'DeviceEvents | where ActionType == "NamedPipeEvent" | where AdditionalFields.PipeName has "x"',
      [`${DEFENDER} NamedPipeEvent full`],
    ],
    [
      'the event ids of SecurityEvent',
      'SecurityEvent | where EventID == 4697 and ServiceFileName contains "x"',
      ['Security-Auditing 4697 v0 full', 'Security-Auditing 4697 v1 full'],
    ],
    [
      'a sign-in',
      'SigninLogs | where ResultType == 50126 and UserPrincipalName == "x"',
      ['Entra ID sign-in * full'],
    ],
    [
      'an operation of the audit log',
      'AuditLogs | where OperationName == "Add service principal" and Result == "success"',
      ['Entra ID audit Add service principal full'],
    ],
    [
      'the columns that stand for fields of CloudTrail',
      'AWSCloudTrail | where EventName == "StopLogging" and UserIdentityType == "Root"',
      ['AWS CloudTrail StopLogging full'],
    ],
    [
      'an operation of Microsoft 365',
      'OfficeActivity | where Operation == "New-InboxRule" and ClientIP == "x"',
      ['Microsoft 365 audit New-InboxRule full'],
    ],
    [
      'an activity of a cloud app',
      'CloudAppEvents | where ActionType == "New-InboxRule" and RawEventData.ClientIP == "x"',
      ['Microsoft Defender for Cloud Apps New-InboxRule full'],
    ],
  ])('%s', (_, text, expected) => {
    expect(verdicts(of(text))).toEqual(expected);
  });

  it('on SecurityEvent 4688 differ by the version', () => {
    // Microsoft Learn, 4688: the command line came with version 1, the name of the creator with version 2.
    const found = of('SecurityEvent | where EventID == 4688 and Process =~ "x.exe" and CommandLine has "y"');
    expect(verdicts(found)).toEqual([
      'Security-Auditing 4688 v0 blind',
      'Security-Auditing 4688 v1 full',
      'Security-Auditing 4688 v2 full',
    ]);
    const parent = of('SecurityEvent | where EventID == 4688 and ParentProcessName endswith "x.exe"');
    expect(verdicts(parent).map((line) => line.split(' ').pop())).toEqual(['blind', 'blind', 'full']);
  });

  it('of a union are those of each leg, with what is asked of all of them', () => {
    const found = of(
      'union (DeviceProcessEvents | where ProcessCommandLine has "x"), (DeviceNetworkEvents | where RemotePort == 1) ' +
        '| where DeviceName == "y"',
    );
    expect(verdicts(found)).toEqual([`${DEFENDER} ProcessCreated full`, `${DEFENDER} * full`]);
  });

  it('of a union miss the columns of the other tables', () => {
    const found = of('union DeviceProcessEvents, DeviceRegistryEvents | where ProcessCommandLine has "x"');
    expect(verdicts(found)).toEqual([`${DEFENDER} ProcessCreated full`, `${DEFENDER} * blind`]);
  });

  it('of a join are asked each on its own; what must not be there is none', () => {
    const found = of(
      'DeviceProcessEvents | where FileName == "x.exe" ' +
        '| join kind=inner (DeviceNetworkEvents | where ActionType == "ConnectionSuccess") on DeviceId ' +
        '| where RemotePort == 1',
    );
    expect(verdicts(found)).toEqual([
      `${DEFENDER} ProcessCreated unknown`,
      `${DEFENDER} ConnectionSuccess full`,
    ]);
    const anti = of(
      'DeviceProcessEvents | where FileName == "x.exe" | join kind=leftanti (DeviceNetworkEvents) on DeviceId',
    );
    expect(verdicts(anti)).toEqual([`${DEFENDER} ProcessCreated full`]);
  });

  it('of Event and WindowsEvent have to be named: any channel may be in them', () => {
    expect(of('WindowsEvent | where EventData.Image == "x"')).toEqual([]);
    const named = of('Event | where Source == "Service Control Manager" and EventID == 7045');
    expect(verdicts(named)).toEqual(['Service Control Manager 7045 full']);
  });

  it('are none of tables that hold a state, and of those that nobody knows', () => {
    expect(of('DeviceInfo | where OSPlatform == "x"')).toEqual([]);
    expect(of('OurOwn_CL | where x == 1')).toEqual([]);
  });

  it('leave open a column that no table is known to have', () => {
    const [found] = of('DeviceProcessEvents | where SomethingNew == "x"');
    expect(found).toMatchObject({ verdict: 'unknown', missing: [], unchecked: ['SomethingNew'] });
  });
});

describe("the log source of another product's event", () => {
  const of = (provider: string, id: string) => logsourceOfEvent({ provider, channels: [], id });

  it('is the one that means events like it, without a product where they are of several systems', () => {
    expect(of(DEFENDER, 'RegistryValueSet')).toEqual({
      product: 'windows',
      category: 'registry_set',
      service: null,
    });
    expect(of(DEFENDER, 'ProcessCreated')).toEqual({
      product: null,
      category: 'process_creation',
      service: null,
    });
    expect(of('Elastic Endpoint', 'process start')).toEqual({
      product: 'windows',
      category: 'process_creation',
      service: null,
    });
    expect(of(DEFENDER, 'AntivirusDetection')).toBeNull();
  });

  it('is of events that there are, and of categories that Sigma has', () => {
    for (const { provider, ids, logsource } of EVENT_LOGSOURCES) {
      for (const id of ids) expect(eventVersions(provider, id), `${provider} ${id}`).not.toEqual([]);
      const [product = '', category] = logsource.split('/');
      const known = LOGSOURCES.some(
        (row) => row.category === category && (product === '' || row.product === product),
      );
      expect(known, logsource).toBe(true);
    }
  });
});

describe("the tables of Microsoft's events", () => {
  it('have the column that names their events', () => {
    for (const { logs = [], names } of PLATFORM_SOURCES.get('kusto') ?? []) {
      for (const { channels = [], provider, nameFields = [] } of logs) {
        const events = EVENTS.filter(
          (it) => it.provider === provider && channels.includes(it.channels[0] ?? ''),
        );
        for (const { fields } of events) {
          for (const field of nameFields) expect(fields, `${names} ${field}`).toContain(field);
        }
      }
    }
  });

  it('give each named event the columns of its table', () => {
    const opened = EVENTS.find(({ id }) => id === 'OpenProcessApiCall');
    expect(opened?.title).toBe('Process opened');
    expect(opened?.fields).toEqual(
      expect.arrayContaining(['FileName', 'InitiatingProcessFileName', 'AdditionalFields']),
    );
    expect(opened).not.toHaveProperty('named');
  });
});
