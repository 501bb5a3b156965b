import { canonicalise, type EventScope } from '@rulescope/knowledge';
import type { Operator } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { device, elastic, line, model, one, scope, sigma, table, wants } from './equivalence-scopes.ts';

/** Rows of the equivalence rules: forms that are one indicator, and that indicator. */
const SAME: readonly (readonly [
  row: number,
  field: string,
  op: Operator,
  value: string,
  EventScope,
  string,
])[] = [
  [1, 'Image', 'ends_with', '\\x.exe', sigma('process_creation'), 'Image ends_with \\x.exe'],
  [1, 'FileName', 'eq', 'x.exe', table('DeviceProcessEvents'), 'Image ends_with \\x.exe'],
  [2, 'process.name', 'eq', 'x.exe', elastic('process'), 'Image ends_with \\x.exe'],
  [4, 'Processes.process_name', 'eq', 'x.exe', model('Endpoint.Processes'), 'Image ends_with \\x.exe'],
  [5, 'NewProcessName', 'ends_with', '\\x.exe', table('SecurityEvent'), 'Image ends_with \\x.exe'],
  [6, 'Processes.process_name', 'ends_with', 'x.exe', model('Endpoint.Processes'), 'Image ends_with x.exe'],
  [9, 'FolderPath', 'eq', 'C:\\a\\x.exe', table('DeviceProcessEvents'), 'Image eq C:\\a\\x.exe'],
  [9, 'process.executable', 'eq', 'C:\\a\\x.exe', elastic('process'), 'Image eq C:\\a\\x.exe'],
  [10, 'process.executable', 'wildcard', '?:\\a\\x.exe', elastic('process'), 'Image ends_with :\\a\\x.exe'],
  [
    11,
    'ProcessVersionInfoOriginalFileName',
    'eq',
    'X.EXE',
    table('DeviceProcessEvents'),
    'OriginalFileName eq X.EXE',
  ],
  [
    14,
    'process.name',
    'eq',
    'bash',
    elastic('process', [wants('host.os.type', 'linux')]),
    'Image ends_with /bash',
  ],
  [
    16,
    'InitiatingProcessFileName',
    'eq',
    'p.exe',
    table('DeviceProcessEvents'),
    'ParentImage ends_with \\p.exe',
  ],
  [17, 'InitiatingProcessFileName', 'eq', 'p.exe', table('DeviceFileEvents'), 'Image ends_with \\p.exe'],
  [17, 'InitiatingProcessFileName', 'eq', 'p.exe', table('DeviceNetworkEvents'), 'Image ends_with \\p.exe'],
  [
    19,
    'Processes.parent_process',
    'contains',
    's',
    model('Endpoint.Processes'),
    'ParentCommandLine contains s',
  ],
  [20, 'process.command_line', 'contains', 's', elastic('process'), 'CommandLine contains s'],
  [24, 'process.args', 'contains', 'vssadmin', elastic('process'), 'CommandLine contains vssadmin'],
  [28, 'user.id', 'eq', 'S-1-5-18', elastic('process'), 'User eq NT AUTHORITY\\SYSTEM'],
  [31, 'IntegrityLevel', 'eq', 'S-1-16-12288', sigma('process_creation'), 'IntegrityLevel eq High'],
  [31, 'ProcessIntegrityLevel', 'eq', 'High', table('DeviceProcessEvents'), 'IntegrityLevel eq High'],
  [32, 'process.pid', 'eq', '4', elastic('process'), 'ProcessId eq 4'],
  [34, 'registry.path', 'ends_with', '\\K\\V', elastic('registry'), 'TargetObject ends_with \\K\\V'],
  [
    36,
    'registry.path',
    'starts_with',
    '\\REGISTRY\\MACHINE\\K',
    elastic('registry'),
    'TargetObject starts_with HKLM\\K',
  ],
  [36, 'TargetObject', 'eq', 'HKEY_LOCAL_MACHINE\\K', sigma('registry_set'), 'TargetObject eq HKLM\\K'],
  [
    37,
    'registry.path',
    'wildcard',
    'HKEY_USERS\\\\*\\K',
    elastic('registry'),
    'TargetObject wildcard HKU\\\\*\\K',
  ],
  [
    38,
    'TargetObject',
    'contains',
    '\\ControlSet001\\S',
    sigma('registry_set'),
    'TargetObject contains \\CurrentControlSet\\S',
  ],
  [
    38,
    'registry.path',
    'wildcard',
    'HKLM\\SYSTEM\\\\*ControlSet*\\S',
    elastic('registry'),
    'TargetObject eq HKLM\\SYSTEM\\CurrentControlSet\\S',
  ],
  [39, 'Details', 'eq', 'DWORD (0x00000001)', sigma('registry_set'), 'Details eq DWORD (0x00000001)'],
  [39, 'RegistryValueData', 'eq', '1', table('DeviceRegistryEvents'), 'Details eq DWORD (0x00000001)'],
  [
    39,
    'Registry.registry_value_data',
    'eq',
    '0x00000001',
    model('Endpoint.Registry'),
    'Details eq DWORD (0x00000001)',
  ],
  [43, 'FileName', 'eq', 'n.ext', table('DeviceFileEvents'), 'TargetFilename ends_with \\n.ext'],
  [44, 'file.extension', 'eq', 'lnk', elastic('file'), 'TargetFilename ends_with .lnk'],
  [46, 'SHA256', 'eq', 'ab', table('DeviceProcessEvents'), 'Hashes contains SHA256=ab'],
  [46, 'dll.hash.sha256', 'eq', 'ab', elastic('library'), 'Hashes contains SHA256=ab'],
  [47, 'RemotePort', 'eq', '22', table('DeviceNetworkEvents'), 'DestinationPort eq 22'],
  [50, 'DNS.query', 'eq', 'a.example', model('Network_Resolution.DNS'), 'QueryName eq a.example'],
  [51, 'dll.name', 'eq', 'd.dll', elastic('library'), 'ImageLoaded ends_with \\d.dll'],
  [52, 'dll.pe.original_file_name', 'eq', 'D.DLL', elastic('library'), 'OriginalFileName (library) eq D.DLL'],
  [54, 'FileName', 'eq', 'lsass.exe', device('OpenProcessApiCall'), 'TargetImage ends_with \\lsass.exe'],
  [
    55,
    'AdditionalFields.DesiredAccess',
    'eq',
    '5136',
    device('OpenProcessApiCall'),
    'GrantedAccess eq 0x1410',
  ],
  [55, 'GrantedAccess', 'eq', '0x00001410', sigma('process_access'), 'GrantedAccess eq 0x1410'],
  [
    56,
    'AdditionalFields.PipeName',
    'eq',
    '\\Device\\NamedPipe\\x',
    device('NamedPipeEvent'),
    'PipeName eq \\x',
  ],
  [62, 'LogonType', 'eq', 'RemoteInteractive', table('DeviceLogonEvents'), 'LogonType eq 10'],
  [63, 'EventName', 'eq', 'StopLogging', table('AWSCloudTrail'), 'eventName eq StopLogging'],
  [66, 'ActivityDisplayName', 'eq', 'Add user', table('AuditLogs'), 'OperationName eq Add user'],
  [
    66,
    'OperationName',
    'eq',
    'Add service principal.',
    table('AuditLogs'),
    'OperationName eq Add service principal',
  ],
];

/** Forms that are near an indicator, and are none of its own. */
const APART: readonly (readonly [
  row: number,
  field: string,
  op: Operator,
  value: string,
  EventScope,
  string,
])[] = [
  [15, 'process.name', 'starts_with', 'reg', elastic('process'), 'Image (file name) starts_with reg'],
  [
    18,
    'InitiatingProcessParentFileName',
    'eq',
    'p.exe',
    table('DeviceProcessEvents'),
    'InitiatingProcessParentFileName eq p.exe',
  ],
  [21, 'ProcessCommandLine', 'term', 's', table('DeviceProcessEvents'), 'CommandLine term s'],
  [23, 'process.args', 'eq', 's', elastic('process'), 'process.args eq s'],
  [24, 'process.args', 'contains', 'a b', elastic('process'), 'process.args contains a b'],
  [33, 'RegistryKey', 'ends_with', '\\K', table('DeviceRegistryEvents'), 'TargetObject (key) ends_with \\K'],
  [34, 'registry.value', 'eq', 'V', elastic('registry'), 'TargetObject (value name) eq V'],
  [
    37,
    'TargetObject',
    'starts_with',
    'HKEY_CURRENT_USER\\K',
    sigma('registry_set'),
    'TargetObject starts_with HKCU\\K',
  ],
  [
    38,
    'TargetObject',
    'contains',
    'MyControlSet001x',
    sigma('registry_set'),
    'TargetObject contains MyControlSet001x',
  ],
  [39, 'Details', 'contains', '0x00000001', sigma('registry_set'), 'Details contains 0x00000001'],
  [39, 'Details', 'eq', '1', sigma('registry_set'), 'Details eq 1'],
  [48, 'LocalPort', 'eq', '22', table('DeviceNetworkEvents'), 'SourcePort eq 22'],
  [53, 'ImageLoaded', 'ends_with', '\\d.sys', sigma('driver_load'), 'ImageLoaded (driver) ends_with \\d.sys'],
  [
    54,
    'TargetImage',
    'ends_with',
    '\\x.exe',
    sigma('create_remote_thread'),
    'TargetImage (remote thread) ends_with \\x.exe',
  ],
  [55, 'GrantedAccess', 'ends_with', '10', sigma('process_access'), 'GrantedAccess ends_with 10'],
];

describe('one indicator, whatever says it', () => {
  test.each(SAME)('row %i: %s %s %s', (_row, field, op, value, events, expected) => {
    expect(one(field, op, value, events)).toBe(expected);
  });
});

describe('what is near an indicator is counted apart', () => {
  test.each(APART)('row %i: %s %s %s', (_row, field, op, value, events, expected) => {
    expect(one(field, op, value, events)).toBe(expected);
  });

  test('and linked with it', () => {
    const near = (field: string, op: Operator, value: string, events: EventScope) =>
      canonicalise({ field, op, value }, events).related.map((it) => `${it.relation} ${line(it)}`);
    expect(near('process.args', 'eq', 's', elastic('process'))).toEqual(['narrower CommandLine contains s']);
    expect(near('registry.value', 'eq', 'V', elastic('registry'))).toEqual([
      'related TargetObject ends_with \\V',
    ]);
    expect(near('RegistryKey', 'ends_with', '\\K', table('DeviceRegistryEvents'))).toEqual([
      'related TargetObject contains \\K',
    ]);
  });
});

test('a name means what the table makes it mean, and nothing without one', () => {
  expect(one('FileName', 'eq', 'a.exe', table('DeviceImageLoadEvents'))).toBe(
    'ImageLoaded ends_with \\a.exe',
  );
  expect(one('FileName', 'eq', 'a.exe', table('Unknown_CL'))).toBe('FileName eq a.exe');
  expect(one('FileName', 'eq', 'a.exe', table('DeviceEvents'))).toBe('FileName eq a.exe');
});

test('a common name of an integration’s records says nothing of others', () => {
  expect(one('event.code', 'eq', '4697', scope('eql', []))).toBe('event.code eq 4697');
  expect(one('event.action', 'eq', 'a', scope('eql', []))).toBe('event.action eq a');
});

test('a field is canonical, native or unknown', () => {
  const status = (field: string, events: EventScope) =>
    canonicalise({ field, op: 'eq', value: 'x' }, events).status;
  expect(status('process.name', elastic('process'))).toBe('canonical');
  expect(status('process.thread.Ext.call_stack_summary', elastic('process'))).toBe('native');
  expect(status('my_own.field', elastic('process'))).toBe('unknown');
  expect(status('CommandLine', sigma('process_creation'))).toBe('canonical');
});

test('an account that is not the same everywhere keeps its SID', () => {
  expect(one('user.id', 'eq', '1000', elastic('process'))).toBe('user.id eq 1000');
});

test('a field that is compared with another one has its canonical name, too', () => {
  expect(one('process.executable', 'field_eq', 'process.parent.executable', elastic('process'))).toBe(
    'Image field_eq ParentImage',
  );
});

test('what picks events is no indicator', () => {
  const { isSelector } = canonicalise({ field: 'EventCode', op: 'eq', value: '4688' }, scope('spl', []));
  expect(isSelector).toBe(true);
  const action = { field: 'ActionType', op: 'eq', value: 'New-InboxRule' } as const;
  expect(canonicalise(action, table('CloudAppEvents'))).toMatchObject({
    field: 'Operation',
    isSelector: false,
  });
});
