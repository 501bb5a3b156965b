import { expect, test } from 'vitest';
import {
  category,
  indicatorsOf,
  kql,
  kuery,
  type Rule,
  service,
  sigma,
  spl,
} from './equivalence-rows/rules.ts';

/** Fields of one name that two logs document as two things (`equivalence/data/namesakes.json`). */
const TWO_THINGS: Readonly<Record<string, readonly Rule[]>> = {
  Path: [
    category('ps_script', 'Path|contains: x'),
    service('taskscheduler', 'EventID: 129', 'Path|contains: x'),
    service('appxdeployment-server', 'EventID: 854', 'Path|contains: x'),
    service('windefend', 'EventID: 1116', 'Path|contains: x'),
  ],
  Data: [
    category('ps_classic_start', 'Data|contains: x'),
    service('application', 'Provider_Name: MSSQLSERVER', 'EventID: 33205', 'Data|contains: x'),
    service('application', 'Provider_Name: ESENT', 'EventID: 325', 'Data|contains: x'),
    service('application', 'Provider_Name: MsiInstaller', 'EventID: 1040', 'Data|contains: x'),
    service('msexchange-management', 'EventID: 6', 'Data|contains: x'),
  ],
  Description: [
    category('process_creation', 'Description|contains: x'),
    category('image_load', 'Description|contains: x'),
    category('sysmon_error', 'Description|contains: x'),
    service('system', 'Provider_Name: Ntfs', 'EventID: 55', 'Description|contains: x'),
  ],
  NewValue: [
    service('windefend', 'EventID: 5007', 'NewValue|contains: x'),
    service('iis-configuration', 'EventID: 29', 'NewValue|contains: x'),
    category('registry_set', 'Details|contains: x'),
  ],
  param1: [
    service('system', 'Provider_Name: Service Control Manager', 'EventID: 7036', 'param1|contains: x'),
    service(
      'system',
      'Provider_Name: Microsoft-Windows-DistributedCOM',
      'EventID: 10001',
      'param1|contains: x',
    ),
    service('security', 'EventID: 5038', 'param1|contains: x'),
  ],
};

test.each(Object.entries(TWO_THINGS))('%s is an indicator of its own in each log', (_, rules) => {
  const keys = rules.flatMap((rule) => indicatorsOf(rule).own);
  expect(keys).toHaveLength(rules.length);
  expect(new Set(keys).size).toBe(rules.length);
});

test('a provider of many logs writes one thing under one name', () => {
  const audit = ['EventID: 33205', 'Data|contains: x'];
  const keys = ["Provider_Name|contains: 'MSSQL'", 'Provider_Name: MSSQLSERVER$AUDIT'].map(
    (provider) => indicatorsOf(service('application', provider, ...audit)).own,
  );
  expect(keys[0]).toEqual(keys[1]);
});

/** Elastic, exported fields of each integration: what `event.action` and its like hold there. */
const DATA_SETS: readonly (readonly [dataset: string, asked: string, rule: Rule])[] = [
  ['okta.system', 'event.action', sigma('product: okta, service: okta', 'eventType: x')],
  ['github.audit', 'event.action', sigma('product: github, service: audit', 'action: x')],
  ['github.audit', 'user.name', sigma('product: github, service: audit', 'actor: x')],
  ['gcp.audit', 'event.action', sigma('product: gcp, service: gcp.audit', 'gcp.audit.method_name: x')],
  [
    'google_workspace.admin',
    'event.action',
    sigma('product: gcp, service: google_workspace.admin', 'eventName: x'),
  ],
  ['azure.signinlogs', 'source.ip', sigma('product: azure, service: signinlogs', 'IPAddress: x')],
  [
    'azure.auditlogs',
    'azure.auditlogs.operation_name',
    sigma('product: azure, service: auditlogs', 'OperationName: x'),
  ],
  ['azure.activitylogs', 'source.ip', sigma('product: azure, service: activitylogs', 'CallerIpAddress: x')],
  ['azure.identity_protection', 'source.ip', sigma('product: azure, service: riskdetection', 'ipAddress: x')],
  ['kubernetes.audit_logs', 'kubernetes.audit.verb', sigma('product: kubernetes, service: audit', 'verb: x')],
];

test.each(DATA_SETS)('%s is told by its data set alone: %s', (dataset, asked, rule) => {
  const [expected] = indicatorsOf(rule).own;
  for (const field of ['event.dataset', 'data_stream.dataset']) {
    expect(indicatorsOf(kuery(`${field}:${dataset} and ${asked}:x`)).own).toEqual([expected]);
  }
});

test('the group of an event of the Security log is its target', () => {
  const rule = kuery('event.dataset:system.security and event.code:4728 and group.name:admins');
  expect(indicatorsOf(rule).own).toEqual(
    indicatorsOf(service('security', 'EventID: 4728', 'TargetUserName: admins')).own,
  );
});

test('an address in a log of a service is not that of a connection', () => {
  for (const dataset of ['github.audit', 'okta.system', 'gcp.audit', 'azure.signinlogs']) {
    const { own } = indicatorsOf(kuery(`event.dataset:${dataset} and source.ip:192.0.2.1`));
    expect(own).not.toContain('SourceIp eq 192.0.2.1');
  }
});

test('the category of a record of Azure tells the log; that of a change in Entra is behaviour', () => {
  const record = spl('sourcetype="azure:monitor:aad" category=SignInLogs properties.status.errorCode=50126');
  expect(indicatorsOf(record)).toMatchObject({
    own: ['ResultType eq 50126'],
    selectors: [expect.stringMatching(/^category.* eq signinlogs$/i)],
  });
  expect(indicatorsOf(kql('AuditLogs | where Category == "RoleManagement"')).own).toEqual([
    'Category eq rolemanagement',
  ]);
});
