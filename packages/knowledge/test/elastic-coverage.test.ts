import { language as eql } from '@rulescope/eql';
import { language as esql } from '@rulescope/esql';
import { PLATFORM_SOURCES } from '@rulescope/knowledge';
import { language as kuery } from '@rulescope/kuery';
import type { Source } from '@rulescope/logic';
import { language as lucene } from '@rulescope/lucene';
import { describe, expect, it } from 'vitest';
import { coverageOf, verdicts } from './platform-events.ts';

const index = (...values: readonly string[]): readonly Source[] =>
  values.map((value) => ({ kind: 'index', value }));
const integration = (...values: readonly string[]): readonly Source[] =>
  values.map((value) => ({ kind: 'integration', value }));

const START = 'process where event.type == "start" and process.name : "x.exe"';

describe('the events of an Elastic rule', () => {
  it.each<readonly [string, readonly Source[], string, readonly string[]]>([
    [
      'Endpoint on Windows',
      index('logs-endpoint.events.process-*'),
      `${START} and host.os.type == "windows"`,
      ['Elastic Endpoint process start full'],
    ],
    [
      'Endpoint on Linux, by its action',
      index('logs-endpoint.events.process*'),
      'process where host.os.type == "linux" and event.type == "start" and event.action == "exec" and process.args == "-c"',
      ['Elastic Endpoint process exec full'],
    ],
    ['a data stream of Sysmon', index('logs-windows.sysmon_operational-*'), START, ['Sysmon 1 full']],
    [
      'a pattern over several data sets',
      index('logs-endpoint.events.*'),
      'file where event.type == "deletion" and file.extension == "ps1"',
      ['Elastic Endpoint file deletion full'],
    ],
    [
      'a pattern of another cluster',
      index('*:logs-windows.sysmon_operational-*'),
      'registry where registry.data.strings : "x*"',
      ['Sysmon 13 full'],
    ],
    [
      'winlogbeat, told by event.code and its provider',
      index('winlogbeat-*'),
      'any where event.code == "7045" and event.provider == "Service Control Manager" and winlog.event_data.ImagePath : "*x*"',
      ['Service Control Manager 7045 full'],
    ],
    [
      'what Endpoint alone has',
      index('logs-endpoint.events.api-*'),
      'api where process.Ext.api.name : "VirtualAlloc*"',
      ['Elastic Endpoint api full'],
    ],
    [
      'an integration, where there is no index pattern',
      integration('endpoint'),
      'library where dll.name : "x.dll"',
      ['Elastic Endpoint library load full'],
    ],
    [
      'an event that only its action tells',
      integration('endpoint'),
      'process where event.action == "memfd_create"',
      ['Elastic Endpoint process memfd_create full'],
    ],
  ])('%s', (_, sources, text, expected) => {
    expect(verdicts(coverageOf(eql, text, sources))).toEqual(expected);
  });

  it('on Security 4688 know no original file name, in any of its versions', () => {
    // Microsoft Learn, 4688(S): A new process has been created.
    const text = 'process where event.type == "start" and process.pe.original_file_name == "x.exe"';
    const found = coverageOf(eql, text, index('logs-system.security-*'));
    expect(verdicts(found)).toEqual([
      'Security-Auditing 4688 v0 blind',
      'Security-Auditing 4688 v1 blind',
      'Security-Auditing 4688 v2 blind',
    ]);
    expect(found[0]?.missing).toEqual(['process.pe.original_file_name']);
  });

  it('on Security 4688 are found by the names of the event itself', () => {
    const found = coverageOf(
      eql,
      `${START} and process.parent.name : "y.exe"`,
      index('logs-system.security-*'),
    );
    // Version 2 alone has the name of the creator.
    expect(verdicts(found)).toEqual([
      'Security-Auditing 4688 v0 blind',
      'Security-Auditing 4688 v1 blind',
      'Security-Auditing 4688 v2 full',
    ]);
    expect(found[2]?.mapped).toMatchObject([
      { field: 'process.name', to: ['NewProcessName'] },
      { field: 'process.parent.name', to: ['ParentProcessName'] },
    ]);
  });

  it("miss on Sysmon what only Elastic's endpoint records", () => {
    const text = `${START} and process.Ext.token.integrity_level_name == "high"`;
    const found = coverageOf(
      eql,
      text,
      index('logs-windows.sysmon_operational-*', 'logs-endpoint.events.process-*'),
    );
    expect(verdicts(found)).toEqual([
      'Sysmon 1 blind',
      'Elastic Endpoint process start full',
      'Elastic Endpoint process exec full',
      'Elastic Endpoint process fork full',
    ]);
  });

  it('of a sequence are those of its steps, each with its category; a step that must not come is none', () => {
    const text =
      'sequence by host.id with maxspan=1m ' +
      '[file where event.type == "creation" and file.extension == "lnk"] ' +
      '[process where event.type == "start" and event.action == "start" and process.name : "x.exe"] ' +
      'until [process where event.type == "end"]';
    const found = coverageOf(eql, text, index('logs-endpoint.events.*'));
    expect(verdicts(found)).toEqual([
      'Elastic Endpoint file creation full',
      'Elastic Endpoint process start full',
    ]);
  });

  it('are narrowed to the operating systems that the rule names', () => {
    const linux = [{ kind: 'operating system', value: 'linux' }];
    const text = 'process where event.type == "start" and event.action in ("start", "exec")';
    expect(verdicts(coverageOf(eql, text, integration('endpoint'), linux))).toEqual([
      'Elastic Endpoint process exec full',
    ]);
  });

  it('in a cloud log are named by event.action', () => {
    const trail =
      'event.dataset: aws.cloudtrail and event.provider: cloudtrail.amazonaws.com and event.action: StopLogging';
    expect(verdicts(coverageOf(kuery, trail, index('filebeat-*', 'logs-aws.cloudtrail-*')))).toEqual([
      'AWS CloudTrail StopLogging full',
    ]);
    const okta =
      'event.dataset:okta.system AND event.action:user.session.start AND okta.outcome.result:FAILURE';
    expect(verdicts(coverageOf(lucene, okta, index('logs-okta*')))).toEqual(['Okta user.session.start full']);
    const m365 =
      'FROM logs-o365.audit-* | WHERE event.action == "New-InboxRule" AND o365.audit.UserId != "x"';
    expect(verdicts(coverageOf(esql, m365))).toEqual(['Microsoft 365 audit New-InboxRule full']);
    const kube = 'kubernetes.audit.verb: create and kubernetes.audit.objectRef.resource: pods';
    expect(verdicts(coverageOf(kuery, kube, index('logs-kubernetes.audit_logs-*')))).toEqual([
      'Kubernetes create full',
    ]);
  });

  it('are the data set that a test names, out of an index that holds them all', () => {
    const all = 'FROM logs-* | WHERE';
    expect(coverageOf(esql, `${all} user.name == "x"`)).toEqual([]);
    expect(
      verdicts(coverageOf(esql, `${all} event.dataset == "github.audit" AND event.action == "repo.create"`)),
    ).toEqual(['GitHub repo.create full']);
  });

  it('are none where nothing tells', () => {
    expect(coverageOf(kuery, 'process.name: x', index('our-own-index-*'))).toEqual([]);
    expect(coverageOf(kuery, 'source.ip: *', index('winlogbeat-*'))).toEqual([]);
    // Network events of a data stream of processes.
    expect(coverageOf(eql, 'network where true', index('logs-endpoint.events.process-*'))).toEqual([]);
  });

  it('are unchecked where an agent may fill the field', () => {
    const found = coverageOf(
      eql,
      `${START} and process.foo == "x"`,
      index('logs-sentinel_one_cloud_funnel.*'),
    );
    expect(verdicts(found)).toEqual(['SentinelOne * unknown']);
    expect(found[0]?.missing).toEqual([]);
  });
});

describe("the table of Elastic's sources", () => {
  const table = PLATFORM_SOURCES.get('elastic') ?? [];

  it('stands for data sets that it has', () => {
    const known = new Set(table.filter(({ kind }) => kind === 'dataset').flatMap(({ names }) => names));
    for (const { datasets = [] } of table) {
      for (const dataset of datasets) expect(known, dataset).toContain(dataset);
    }
  });

  it('has indices and data sets only', () => {
    expect([...new Set(table.map(({ kind }) => kind))].toSorted()).toEqual(['dataset', 'index']);
  });
});
