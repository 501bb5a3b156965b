import { describe, expect, test } from 'vitest';
import {
  category,
  cim,
  eql,
  esql,
  indicatorsOf,
  kql,
  kuery,
  lucene,
  process,
  type Rule,
  service,
  sigma,
  spl,
} from './equivalence-rows.ts';

/**
 * The equivalence rules by their numbers, each with rules of our own in the languages that it names. Rules that the row
 * says are the same have the key; those that are related have none of it and are linked with the relation, on one side
 * at least; those that differ have neither.
 */
interface Row {
  readonly row: number;
  /** The key, as in `indicatorsOf`. */
  readonly key: string;
  readonly same: readonly Rule[];
  /** How those that have the key are linked. */
  readonly near?: string;
  /** With the key of its own that each has, and where it is linked, how: `related Image contains x`. */
  readonly different?: readonly (readonly [key: string, Rule, near?: string])[];
}

const DEVICE = 'DeviceProcessEvents | where';
const SECURITY = 'SecurityEvent | where EventID == 4688 |  where';
const SYSMON = 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational"';
const WINSEC = 'source="XmlWinEventLog:Security"';
const DEVICE_EVENTS = (action: string, where: string) =>
  kql(`DeviceEvents | where ActionType == "${action}" | where ${where}`);
const processes = (where: string) => cim('Endpoint.Processes', `Processes.${where}`);
const processDocs = 'FROM logs-endpoint.events.process* | WHERE';

const ROWS: readonly Row[] = [
  {
    row: 1,
    key: 'Image ends_with \\x.exe',
    same: [
      process("Image|endswith: '\\x.exe'"),
      kql(`${DEVICE} FileName =~ "x.exe"`),
      kql(`${DEVICE} FileName in~ ("x.exe", "y.exe")`),
    ],
  },
  {
    row: 2,
    key: 'Image ends_with \\x.exe',
    same: [
      eql('process where event.type == "start" and process.name : "x.exe"'),
      eql('process where event.action == "start" and process.name like~ "x.exe"'),
      eql('process where event.action : "Process Create*" and process.name in~ ("x.exe")'),
    ],
  },
  {
    row: 3,
    key: 'Image ends_with \\x.exe',
    same: [
      eql('process where process.name == "x.exe"'),
      esql(`${processDocs} process.name == "x.exe"`),
      kuery('event.category:process and process.name:x.exe'),
      lucene('event.category:process AND process.name:x.exe'),
    ],
  },
  { row: 4, key: 'Image ends_with \\x.exe', same: [processes('process_name=x.exe')] },
  {
    row: 5,
    key: 'Image ends_with \\x.exe',
    same: [
      kql(`${SECURITY} Process =~ "x.exe"`),
      kql(`${SECURITY} NewProcessName endswith @"\\x.exe"`),
      service('security', 'EventID: 4688', "NewProcessName|endswith: '\\x.exe'"),
      spl(`${WINSEC} EventCode=4688 NewProcessName="*\\\\x.exe"`),
    ],
  },
  {
    row: 6,
    key: 'Image ends_with x.exe',
    same: [process("Image|endswith: 'x.exe'"), processes('process_name=*x.exe')],
    different: [['Image ends_with \\x.exe', process("Image|endswith: '\\x.exe'")]],
  },
  {
    row: 7,
    key: 'Image contains \\x.exe',
    same: [process("Image|contains: '\\x.exe'")],
    different: [['Image ends_with \\x.exe', processes('process_name=x.exe')]],
  },
  {
    row: 8,
    key: 'Image ends_with \\dir\\x.exe',
    same: [
      process("Image|endswith: '\\dir\\x.exe'"),
      eql('process where process.executable : "*\\\\dir\\\\x.exe"'),
    ],
    different: [['Image ends_with \\x.exe', eql('process where process.name : "x.exe"')]],
  },
  {
    row: 9,
    key: 'Image eq c:\\windows\\system32\\x.exe',
    same: [
      process("Image: 'C:\\Windows\\System32\\x.exe'"),
      eql('process where process.executable : "C:\\\\Windows\\\\System32\\\\x.exe"'),
      kql(`${DEVICE} FolderPath =~ @"C:\\Windows\\System32\\x.exe"`),
      processes('process_path="C:\\\\Windows\\\\System32\\\\x.exe"'),
    ],
  },
  {
    row: 10,
    key: 'Image ends_with :\\windows\\system32\\x.exe',
    same: [
      process("Image|endswith: ':\\Windows\\System32\\x.exe'"),
      eql('process where process.executable : "?:\\\\Windows\\\\System32\\\\x.exe"'),
    ],
    different: [['Image eq c:\\windows\\system32\\x.exe', process("Image: 'C:\\Windows\\System32\\x.exe'")]],
  },
  {
    row: 11,
    key: 'OriginalFileName eq x.exe',
    same: [
      process('OriginalFileName: X.EXE'),
      kql(`${DEVICE} ProcessVersionInfoOriginalFileName =~ "x.exe"`),
      eql('process where process.pe.original_file_name : "x.exe"'),
      processes('original_file_name=x.exe'),
    ],
  },
  {
    row: 12,
    key: 'OriginalFileName eq nltestrk.exe',
    same: [process('OriginalFileName: nltestrk.exe')],
    different: [['Image ends_with \\nltest.exe', processes('process_name=nltest.exe')]],
  },
  {
    row: 13,
    key: 'Image ends_with \\x.exe',
    same: [processes('process_name=x.exe OR Processes.original_file_name=x.exe')],
    different: [['OriginalFileName eq x.exe', processes('original_file_name=x.exe')]],
  },
  {
    row: 14,
    key: 'Image ends_with /bash',
    same: [
      sigma('category: process_creation, product: linux', "Image|endswith: '/bash'"),
      eql('process where host.os.type == "linux" and process.name : "bash"'),
      eql('process where process.name == "bash"'),
    ],
  },
  {
    row: 15,
    key: 'Image (file name) starts_with reg',
    near: 'narrower Image contains \\reg',
    same: [
      kql(`${DEVICE} FileName startswith "reg"`),
      eql('process where host.os.type == "windows" and process.name : "reg*"'),
    ],
    different: [['Image ends_with \\reg.exe', processes('process_name=reg.exe')]],
  },
  {
    row: 16,
    key: 'ParentImage ends_with \\p.exe',
    same: [
      process("ParentImage|endswith: '\\p.exe'"),
      kql(`${DEVICE} InitiatingProcessFileName =~ "p.exe"`),
      eql('process where process.parent.name : "p.exe"'),
      processes('parent_process_name=p.exe'),
      kql(`${SECURITY} ParentProcessName endswith @"\\p.exe"`),
    ],
  },
  {
    row: 17,
    key: 'Image ends_with \\x.exe',
    same: [
      category('file_event', "Image|endswith: '\\x.exe'"),
      category('registry_set', "Image|endswith: '\\x.exe'"),
      category('network_connection', "Image|endswith: '\\x.exe'"),
      category('image_load', "Image|endswith: '\\x.exe'"),
      ...[
        'DeviceFileEvents',
        'DeviceRegistryEvents',
        'DeviceNetworkEvents',
        'DeviceImageLoadEvents',
        'DeviceEvents',
      ].map((table) => kql(`${table} | where InitiatingProcessFileName =~ "x.exe"`)),
      eql('file where process.name : "x.exe"'),
      eql('registry where process.name : "x.exe"'),
      eql('network where process.name : "x.exe"'),
    ],
  },
  {
    row: 18,
    key: 'InitiatingProcessParentFileName eq p.exe',
    same: [kql(`${DEVICE} InitiatingProcessParentFileName =~ "p.exe"`)],
    different: [['ParentImage ends_with \\p.exe', process("ParentImage|endswith: '\\p.exe'")]],
  },
  {
    row: 19,
    key: 'ParentCommandLine contains s',
    same: [
      process('ParentCommandLine|contains: s'),
      kql(`${DEVICE} InitiatingProcessCommandLine contains "s"`),
      eql('process where process.parent.command_line : "*s*"'),
      processes('parent_process="*s*"'),
    ],
  },
  {
    row: 20,
    key: 'CommandLine contains s',
    same: [
      process('CommandLine|contains: s'),
      kql(`${DEVICE} ProcessCommandLine contains "s"`),
      kql(`${SECURITY} CommandLine contains "s"`),
      eql('process where process.command_line : "*s*"'),
      esql(`${processDocs} process.command_line LIKE "*s*"`),
      kuery('event.category:process and process.command_line:*s*'),
      processes('process="*s*"'),
      spl(
        '| tstats count from datamodel=Endpoint.Processes by Processes.process | rename Processes.* as * | where like(process, "%s%")',
      ),
    ],
  },
  {
    row: 21,
    key: 'CommandLine term s',
    same: [
      kql(`${DEVICE} ProcessCommandLine has "s"`),
      kql(`${DEVICE} ProcessCommandLine has_any ("s", "t")`),
    ],
    different: [['CommandLine contains s', process('CommandLine|contains: s')]],
  },
  {
    row: 22,
    key: 'term s',
    near: 'related CommandLine contains s',
    same: [spl(`${SYSMON} EventCode=1 s`), spl(`${SYSMON} EventCode=1 TERM(s)`)],
    different: [['CommandLine contains s', process('CommandLine|contains: s')]],
  },
  {
    row: 23,
    key: 'process.args eq s',
    near: 'narrower CommandLine contains s',
    same: [eql('process where process.args : "s"'), esql(`${processDocs} process.args == "s"`)],
    different: [['CommandLine contains s', process('CommandLine|contains: s')]],
  },
  {
    row: 24,
    key: 'CommandLine contains vssadmin',
    same: [process('CommandLine|contains: vssadmin'), eql('process where process.args : "*vssadmin*"')],
    different: [['process.args contains a b', eql('process where process.args : "*a b*"')]],
  },
  {
    row: 25,
    key: 'process.args wildcard ?x',
    same: [eql('process where process.args : "?x"')],
    different: [['CommandLine contains -x', process("CommandLine|contains|windash: '-x'")]],
  },
  {
    row: 26,
    key: 'CommandLine eq whole',
    same: [process('CommandLine: whole'), kql(`${DEVICE} ProcessCommandLine =~ "whole"`)],
    different: [['CommandLine contains whole', process('CommandLine|contains: whole')]],
  },
  {
    row: 27,
    key: 'CommandLine contains powershell base64offset',
    same: [process('CommandLine|base64offset|contains: powershell')],
    different: [['CommandLine contains powershell', process('CommandLine|contains: powershell')]],
  },
  {
    row: 28,
    key: 'User eq nt authority\\system',
    same: [
      process("User: 'NT AUTHORITY\\SYSTEM'"),
      eql('process where user.id : "S-1-5-18"'),
      kql(`${DEVICE} AccountSid == "S-1-5-18"`),
    ],
    different: [['User ends_with \\system', kql(`${DEVICE} AccountName =~ "system"`)]],
  },
  {
    row: 29,
    key: 'User eq a\\b',
    same: [process("User: 'a\\b'")],
    different: [
      [
        'SubjectUserName eq b',
        service('security', 'EventID: 4688', 'SubjectUserName: b'),
        'related User ends_with \\b',
      ],
    ],
  },
  {
    row: 30,
    key: 'User ends_with \\a',
    same: [
      process("User|endswith: '\\a'"),
      kql(`${DEVICE} AccountName =~ "a"`),
      kql('DeviceFileEvents | where InitiatingProcessAccountName =~ "a"'),
    ],
    different: [['ParentUser ends_with \\a', kql(`${DEVICE} InitiatingProcessAccountName =~ "a"`)]],
  },
  {
    row: 31,
    key: 'IntegrityLevel eq high',
    same: [
      process('IntegrityLevel: High'),
      service('security', 'EventID: 4688', "MandatoryLabel: 'S-1-16-12288'"),
      kql(`${DEVICE} ProcessIntegrityLevel == "High"`),
      eql('process where process.Ext.token.integrity_level_name : "high"'),
      eql('process where winlog.event_data.IntegrityLevel : "high"'),
    ],
  },
  {
    row: 32,
    key: 'ProcessId eq 4660',
    same: [
      process('ProcessId: 4660'),
      service('security', 'EventID: 4688', "NewProcessId: '0x1234'"),
      eql('process where process.pid == 4660'),
    ],
    different: [['ParentProcessId eq 4660', service('security', 'EventID: 4688', "ProcessId: '0x1234'")]],
  },
  {
    row: 33,
    key: 'TargetObject ends_with \\k\\v',
    same: [
      category('registry_set', "TargetObject|endswith: '\\K\\V'"),
      kql('DeviceRegistryEvents | where RegistryKey endswith @"\\K" and RegistryValueName =~ "V"'),
    ],
    different: [
      [
        'TargetObject (key) ends_with \\k',
        kql('DeviceRegistryEvents | where RegistryKey endswith @"\\K"'),
        'related TargetObject contains \\k',
      ],
      ['TargetObject (value name) eq v', kql('DeviceRegistryEvents | where RegistryValueName =~ "V"')],
      [
        'TargetObject (key) contains k',
        kql('DeviceRegistryEvents | where RegistryKey contains "K" and RegistryValueName =~ "V"'),
      ],
    ],
  },
  {
    row: 34,
    key: 'TargetObject ends_with \\k\\v',
    same: [eql('registry where registry.path : "*\\\\K\\\\V"')],
    different: [['TargetObject (value name) eq v', eql('registry where registry.value : "V"')]],
  },
  {
    row: 35,
    key: 'TargetObject ends_with \\k\\v',
    same: [
      cim('Endpoint.Registry', 'Registry.registry_path="*\\\\K\\\\V"'),
      cim('Endpoint.Registry', 'Registry.registry_path="*\\\\K*" Registry.registry_value_name=V'),
    ],
    different: [
      ['TargetObject (key) ends_with \\k', cim('Endpoint.Registry', 'Registry.registry_key_name="*\\\\K"')],
    ],
  },
  {
    row: 36,
    key: 'TargetObject starts_with hklm\\k',
    same: [
      category('registry_set', "TargetObject|startswith: 'HKLM\\K'"),
      category('registry_set', "TargetObject|startswith: 'HKEY_LOCAL_MACHINE\\K'"),
      eql('registry where registry.path : "\\\\REGISTRY\\\\MACHINE\\\\K*"'),
      eql('registry where registry.path : "MACHINE\\\\K*"'),
    ],
  },
  {
    row: 37,
    key: 'TargetObject starts_with hku\\k',
    same: [
      category('registry_set', "TargetObject|startswith: 'HKU\\K'"),
      category('registry_set', "TargetObject|startswith: 'HKEY_USERS\\K'"),
      eql('registry where registry.path : "\\\\REGISTRY\\\\USER\\\\K*"'),
    ],
    different: [
      [
        'TargetObject starts_with hkcu\\k',
        category('registry_set', "TargetObject|startswith: 'HKEY_CURRENT_USER\\K'"),
      ],
    ],
  },
  {
    row: 38,
    key: 'TargetObject contains \\currentcontrolset\\s',
    same: [
      category('registry_set', "TargetObject|contains: '\\CurrentControlSet\\S'"),
      category('registry_set', "TargetObject|contains: '\\ControlSet001\\S'"),
      eql('registry where registry.path : "*\\\\ControlSet001\\\\S*"'),
    ],
  },
  {
    row: 39,
    key: 'Details eq dword (0x00000001)',
    same: [
      category('registry_set', "Details: 'DWORD (0x00000001)'"),
      kql('DeviceRegistryEvents | where RegistryValueData == "1"'),
      eql('registry where registry.data.strings : "1"'),
      eql('registry where registry.data.strings : "0x00000001"'),
      cim('Endpoint.Registry', 'Registry.registry_value_data="0x00000001"'),
    ],
    different: [['Details contains 0x00000001', category('registry_set', "Details|contains: '0x00000001'")]],
  },
  {
    row: 40,
    key: 'TargetObject ends_with \\k\\v',
    same: [
      service('security', 'EventID: 4657', "ObjectName|endswith: '\\K'", 'ObjectValueName: V'),
      kql(
        'SecurityEvent | where EventID == 4657 | where ObjectName endswith @"\\K" and ObjectValueName =~ "V"',
      ),
    ],
  },
  {
    row: 41,
    key: 'TargetObject ends_with \\k',
    same: [category('registry_set', "TargetObject|endswith: '\\K'")],
    different: [
      ['ObjectName ends_with \\k', service('security', 'EventID: 4663', "ObjectName|endswith: '\\K'")],
      ['ObjectName ends_with \\k', service('security', 'EventID: 4656', "ObjectName|endswith: '\\K'")],
    ],
  },
  {
    row: 43,
    key: 'TargetFilename ends_with \\n.ext',
    same: [
      category('file_event', "TargetFilename|endswith: '\\n.ext'"),
      kql('DeviceFileEvents | where ActionType == "FileCreated" | where FileName =~ "n.ext"'),
      eql('file where host.os.type == "windows" and event.type == "creation" and file.name : "n.ext"'),
      cim('Endpoint.Filesystem', 'Filesystem.file_path="*\\\\n.ext"'),
    ],
    different: [
      [
        'TargetFilename (renamed) ends_with \\n.ext',
        kql('DeviceFileEvents | where ActionType == "FileRenamed" | where FileName =~ "n.ext"'),
        'related TargetFilename ends_with \\n.ext',
      ],
      [
        'TargetFilename (changed) ends_with \\n.ext',
        kql('DeviceFileEvents | where ActionType == "FileModified" | where FileName =~ "n.ext"'),
        'related TargetFilename ends_with \\n.ext',
      ],
      [
        'TargetFilename (deleted) ends_with \\n.ext',
        cim('Endpoint.Filesystem', 'Filesystem.action=deleted Filesystem.file_path="*\\\\n.ext"'),
      ],
      [
        'TargetFilename (stream) ends_with \\n.ext',
        category('create_stream_hash', "TargetFilename|endswith: '\\n.ext'"),
      ],
    ],
  },
  {
    row: 44,
    key: 'TargetFilename ends_with .ext',
    same: [
      category('file_event', "TargetFilename|endswith: '.ext'"),
      eql('file where event.type == "creation" and file.extension : "ext"'),
      kql('DeviceFileEvents | where FileName endswith ".ext"'),
    ],
    different: [
      ['TargetFilename ends_with .doc.exe', category('file_event', "TargetFilename|endswith: '.doc.exe'")],
    ],
  },
  {
    row: 45,
    key: 'TargetFilename ends_with \\n.ext',
    same: [category('file_event', "TargetFilename|endswith: '\\n.ext'")],
    different: [
      [
        'ObjectName ends_with \\n.ext',
        service('security', 'EventID: 4663', "ObjectName|endswith: '\\n.ext'"),
        'related TargetFilename ends_with \\n.ext',
      ],
    ],
  },
  {
    row: 46,
    key: 'Hashes contains sha256=ab',
    same: [
      process("Hashes|contains: 'SHA256=ab'"),
      kql(`${DEVICE} SHA256 == "ab"`),
      eql('process where process.hash.sha256 : "ab"'),
      eql('file where file.hash.sha256 : "ab"'),
      eql('library where dll.hash.sha256 : "ab"'),
    ],
  },
  {
    row: 46,
    key: 'Hashes contains imphash=ab',
    same: [process("Hashes|contains: 'IMPHASH=ab'"), eql('process where process.pe.imphash : "ab"')],
  },
  {
    row: 47,
    key: 'DestinationPort eq 22',
    same: [
      category('network_connection', "Initiated: 'true'", 'DestinationPort: 22'),
      kql('DeviceNetworkEvents | where ActionType == "ConnectionSuccess" and RemotePort == 22'),
      kql('DeviceNetworkEvents | where ActionType == "ConnectionFailed" and RemotePort == 22'),
      eql('network where destination.port == 22'),
      cim('Network_Traffic.All_Traffic', 'All_Traffic.dest_port=22'),
    ],
  },
  {
    row: 47,
    key: 'DestinationIp eq 192.0.2.1',
    same: [
      category('network_connection', "Initiated: 'true'", 'DestinationIp: 192.0.2.1'),
      kql('DeviceNetworkEvents | where RemoteIP == "192.0.2.1"'),
      eql('network where destination.ip == "192.0.2.1"'),
      cim('Network_Traffic.All_Traffic', 'All_Traffic.dest_ip=192.0.2.1'),
    ],
  },
  {
    row: 48,
    key: 'DestinationPort eq 22',
    same: [
      category('network_connection', 'DestinationPort: 22'),
      kql('DeviceNetworkEvents | where ActionType == "InboundConnectionAccepted" and LocalPort == 22'),
    ],
    different: [
      [
        'SourcePort eq 22',
        kql('DeviceNetworkEvents | where ActionType == "InboundConnectionAccepted" and RemotePort == 22'),
      ],
    ],
  },
  {
    row: 49,
    key: 'DestinationHostname eq a.example',
    same: [category('network_connection', 'DestinationHostname: a.example')],
    different: [
      [
        'RemoteUrl eq a.example',
        kql('DeviceNetworkEvents | where RemoteUrl =~ "a.example"'),
        'related DestinationHostname eq a.example',
      ],
      ['QueryName eq a.example', category('dns_query', 'QueryName: a.example')],
      [
        'destination.domain eq a.example',
        eql('network where destination.domain : "a.example"'),
        'related DestinationHostname eq a.example',
      ],
    ],
  },
  {
    row: 50,
    key: 'QueryName eq a.example',
    same: [
      category('dns_query', 'QueryName: a.example'),
      sigma('category: dns', 'query: a.example'),
      service('dns-client', 'EventID: 3008', 'QueryName: a.example'),
      eql('network where dns.question.name : "a.example"'),
      cim('Network_Resolution.DNS', 'DNS.query=a.example'),
      DEVICE_EVENTS('DnsQueryResponse', 'parse_json(AdditionalFields).DnsQueryString =~ "a.example"'),
    ],
  },
  {
    row: 51,
    key: 'ImageLoaded ends_with \\d.dll',
    same: [
      category('image_load', "ImageLoaded|endswith: '\\d.dll'"),
      kql('DeviceImageLoadEvents | where FileName =~ "d.dll"'),
      eql('library where dll.name : "d.dll"'),
    ],
  },
  {
    row: 52,
    key: 'OriginalFileName (library) eq d.dll',
    same: [
      category('image_load', 'OriginalFileName: d.dll'),
      eql('library where dll.pe.original_file_name : "d.dll"'),
    ],
    different: [
      [
        'InitiatingProcessVersionInfoOriginalFileName eq d.dll',
        kql('DeviceImageLoadEvents | where InitiatingProcessVersionInfoOriginalFileName =~ "d.dll"'),
      ],
      ['OriginalFileName eq d.dll', eql('library where process.pe.original_file_name : "d.dll"')],
    ],
  },
  {
    row: 53,
    key: 'ImageLoaded (driver) ends_with \\d.sys',
    same: [
      category('driver_load', "ImageLoaded|endswith: '\\d.sys'"),
      eql('driver where dll.name : "d.sys"'),
    ],
    different: [['ImageLoaded ends_with \\d.sys', category('image_load', "ImageLoaded|endswith: '\\d.sys'")]],
  },
  {
    row: 54,
    key: 'TargetImage ends_with \\lsass.exe',
    same: [
      category('process_access', "TargetImage|endswith: '\\lsass.exe'"),
      DEVICE_EVENTS('OpenProcessApiCall', 'FileName =~ "lsass.exe"'),
    ],
    different: [
      [
        'TargetImage ends_with :\\windows\\system32\\lsass.exe',
        eql(
          'process where event.code == "10" and winlog.event_data.TargetImage : "?:\\\\WINDOWS\\\\system32\\\\lsass.exe"',
        ),
      ],
      [
        'ObjectName ends_with \\lsass.exe',
        service('security', 'EventID: 4656', "ObjectName|endswith: '\\lsass.exe'"),
        'related TargetImage ends_with \\lsass.exe',
      ],
      [
        'TargetImage (remote thread) ends_with \\lsass.exe',
        category('create_remote_thread', "TargetImage|endswith: '\\lsass.exe'"),
      ],
    ],
  },
  {
    row: 55,
    key: 'GrantedAccess eq 0x1410',
    same: [
      category('process_access', "GrantedAccess: '0x1410'"),
      category('process_access', "GrantedAccess: '0x00001410'"),
      DEVICE_EVENTS('OpenProcessApiCall', 'parse_json(AdditionalFields).DesiredAccess == 5136'),
    ],
    different: [['GrantedAccess ends_with 10', category('process_access', "GrantedAccess|endswith: '10'")]],
  },
  {
    row: 56,
    key: 'PipeName eq \\x',
    same: [
      category('pipe_created', "PipeName: '\\x'"),
      DEVICE_EVENTS('NamedPipeEvent', 'parse_json(AdditionalFields).PipeName =~ @"\\Device\\NamedPipe\\x"'),
    ],
    different: [
      [
        'RelativeTargetName eq x',
        service('security', 'EventID: 5145', 'RelativeTargetName: x'),
        'related PipeName eq \\x',
      ],
    ],
  },
  {
    row: 57,
    key: 'ServiceName eq s',
    same: [
      service('system', 'EventID: 7045', "Provider_Name: 'Service Control Manager'", 'ServiceName: s'),
      service('security', 'EventID: 4697', 'ServiceName: s'),
      DEVICE_EVENTS('ServiceInstalled', 'parse_json(AdditionalFields).ServiceName =~ "s"'),
    ],
  },
  {
    row: 57,
    key: 'ImagePath contains admin$',
    same: [
      service(
        'system',
        'EventID: 7045',
        "Provider_Name: 'Service Control Manager'",
        'ImagePath|contains: ADMIN$',
      ),
      service('security', 'EventID: 4697', 'ServiceFileName|contains: ADMIN$'),
      spl(`${WINSEC} EventCode=4697 ServiceFileName="*ADMIN$*"`),
      esql(
        'FROM logs-system.security* | WHERE event.code == "4697" and winlog.event_data.ServiceFileName LIKE "*ADMIN$*"',
      ),
    ],
    different: [
      [
        'TargetObject ends_with \\services\\x\\imagepath',
        category('registry_set', "TargetObject|endswith: '\\Services\\X\\ImagePath'"),
      ],
    ],
  },
  {
    row: 58,
    key: 'TaskName eq \\t',
    same: [
      service('security', 'EventID: 4698', "TaskName: '\\t'"),
      DEVICE_EVENTS('ScheduledTaskCreated', 'parse_json(AdditionalFields).TaskName =~ @"\\t"'),
    ],
    different: [
      [
        'TaskName (task scheduler) eq \\t',
        service('taskscheduler', 'EventID: 106', "TaskName: '\\t'"),
        'related TaskName eq \\t',
      ],
    ],
  },
  {
    row: 59,
    key: 'ScriptBlockText contains s',
    same: [
      category('ps_script', 'ScriptBlockText|contains: s'),
      spl(
        'source="XmlWinEventLog:Microsoft-Windows-PowerShell/Operational" EventCode=4104 ScriptBlockText="*s*"',
      ),
      eql('any where event.code : "4104" and powershell.file.script_block_text : "*s*"'),
    ],
    different: [
      ['ScriptBlockText term s', kuery('event.category:process and powershell.file.script_block_text : "s"')],
    ],
  },
  {
    row: 60,
    key: 'ScriptBlockText contains s',
    same: [category('ps_script', 'ScriptBlockText|contains: s')],
    different: [
      ['Payload contains s', category('ps_module', 'Payload|contains: s')],
      ['ContextInfo contains s', category('ps_module', 'ContextInfo|contains: s')],
      [
        'Data contains hostapplication=s',
        category('ps_classic_start', 'Data|contains: HostApplication=s'),
        'related CommandLine contains hostapplication=s',
      ],
      [
        'AdditionalFields.Command contains s',
        DEVICE_EVENTS('PowerShellCommand', 'parse_json(AdditionalFields).Command contains "s"'),
        'related ScriptBlockText contains s',
      ],
    ],
  },
  {
    row: 62,
    key: 'LogonType eq 10',
    same: [
      service('security', 'EventID: 4624', 'LogonType: 10'),
      kql('DeviceLogonEvents | where LogonType == "RemoteInteractive"'),
      esql(
        'FROM logs-system.security* | WHERE event.code == "4624" and winlog.logon.type == "RemoteInteractive"',
      ),
      spl(`${WINSEC} EventCode=4624 Logon_Type=10`),
    ],
  },
  {
    row: 63,
    key: 'eventName eq stoplogging',
    same: [
      sigma('product: aws, service: cloudtrail', 'eventName: StopLogging'),
      spl('sourcetype=aws:cloudtrail eventName=StopLogging'),
      kql('AWSCloudTrail | where EventName == "StopLogging"'),
      kuery('event.dataset:aws.cloudtrail and event.action:StopLogging'),
      spl('sourcetype="aws:asl" api.operation=StopLogging'),
    ],
  },
  {
    row: 63,
    key: 'eventSource eq cloudtrail.amazonaws.com',
    same: [
      sigma('product: aws, service: cloudtrail', 'eventSource: cloudtrail.amazonaws.com'),
      kql('AWSCloudTrail | where EventSource == "cloudtrail.amazonaws.com"'),
      kuery('event.dataset:aws.cloudtrail and event.provider:cloudtrail.amazonaws.com'),
    ],
  },
  {
    row: 64,
    key: 'errorCode is_null',
    same: [sigma('product: aws, service: cloudtrail', 'errorCode: null')],
    different: [
      ['event.outcome eq success', kuery('event.dataset:aws.cloudtrail and event.outcome:success')],
    ],
  },
  {
    row: 65,
    key: 'ResultType eq 50126',
    same: [
      sigma('product: azure, service: signinlogs', 'ResultType: 50126'),
      kql('SigninLogs | where ResultType == "50126"'),
      kql('AADSignInEventsBeta | where ErrorCode == 50126'),
      spl('sourcetype="azure:monitor:aad" category=SignInLogs properties.status.errorCode=50126'),
      kuery('event.dataset:azure.signinlogs and azure.signinlogs.properties.status.error_code:50126'),
    ],
  },
  {
    row: 66,
    key: 'OperationName eq add service principal',
    same: [
      sigma('product: azure, service: auditlogs', 'OperationName: Add service principal'),
      sigma('product: azure, service: auditlogs', 'operationName: Add service principal'),
      sigma('product: azure, service: auditlogs', 'properties.message: Add service principal'),
      sigma('product: azure, service: auditlogs', 'ActivityDisplayName: Add service principal.'),
      kql('AuditLogs | where OperationName == "Add service principal"'),
      kuery('event.dataset:azure.auditlogs and azure.auditlogs.operation_name:"Add service principal"'),
      spl('sourcetype="azure:monitor:aad" category=AuditLogs operationName="Add service principal"'),
    ],
  },
  {
    row: 67,
    key: 'Operation eq new-inboxrule',
    same: [
      sigma('product: m365, service: audit', 'Operation: New-InboxRule'),
      kql('OfficeActivity | where Operation == "New-InboxRule"'),
      kql('CloudAppEvents | where ActionType == "New-InboxRule"'),
      kuery('event.dataset:o365.audit and event.action:New-InboxRule'),
    ],
    different: [
      [
        'ScriptBlockText contains new-inboxrule',
        category('ps_script', 'ScriptBlockText|contains: New-InboxRule'),
      ],
    ],
  },
];

test('row 3: a comparison that cares for case is one indicator with one that does not, and says so', () => {
  const cased = [
    eql('process where process.name == "x.exe"'),
    kuery('event.category:process and process.name:x.exe'),
  ];
  expect(cased.flatMap((rule) => indicatorsOf(rule).caseSensitive)).toEqual([true, true]);
  expect(indicatorsOf(eql('process where process.name : "x.exe"')).caseSensitive).toEqual([false]);
});

test.each([
  category('registry_event', 'EventType: CreateKey'),
  kql('DeviceRegistryEvents | where ActionType == "RegistryKeyCreated"'),
])('row 42: what was done to a registry key picks events, and is no behaviour (%s)', (...rule) => {
  expect(indicatorsOf(rule)).toMatchObject({ own: [], selectors: [expect.any(String)] });
});

test.each([
  service('security', 'EventID: 4688'),
  spl(`${WINSEC} EventCode=4688`),
  spl(`${WINSEC} TERM(EventCode=4688)`),
  esql('FROM logs-system.security* | WHERE event.code == "4688"'),
  esql('FROM logs-system.security* | WHERE winlog.event_id == "4688"'),
  kql('SecurityEvent | where EventID == 4688'),
])('row 61: which event it is picks events, one selector with its provider (%s)', (...rule) => {
  expect(indicatorsOf(rule)).toMatchObject({
    own: [],
    selectors: ['EventID eq microsoft-windows-security-auditing/4688'],
  });
});

test('every row is here', () => {
  const rows = new Set([...ROWS.map(({ row }) => row), 42, 61]);
  expect(Array.from({ length: 67 }, (_, i) => i + 1).filter((row) => !rows.has(row))).toEqual([]);
});

describe.each(ROWS)('row $row: $key', ({ key, same, near, different = [] }) => {
  test.each(same)('%s: %s', (language, text) => {
    const found = indicatorsOf([language, text]);
    expect(found.own).toContain(key);
    if (near !== undefined) expect(found.near).toContain(near);
  });

  test.each(different.map((it) => ({ it })))('not $it', ({ it: [own, rule, link] }) => {
    const found = indicatorsOf(rule);
    expect(found.own).toContain(own);
    expect(found.own).not.toContain(key);
    if (link === undefined) expect(found.near).not.toContainEqual(expect.stringContaining(key));
    else expect(found.near).toContain(link);
  });
});
