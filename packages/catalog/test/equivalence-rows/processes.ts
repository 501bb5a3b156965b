import {
  category,
  DEVICE,
  eql,
  esql,
  kql,
  kuery,
  lucene,
  process,
  processDocs,
  processes,
  type Row,
  SECURITY,
  SYSMON,
  service,
  sigma,
  spl,
  WINSEC,
} from './rules.ts';

/** Rows 1 to 32: processes. */
export const PROCESSES: readonly Row[] = [
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
      eql('process where process.name.caseless == "x.exe"'),
      esql(`${processDocs} process.name.caseless == "x.exe"`),
      eql('process where process.name.text : "x.exe"'),
    ],
    different: [['process.io.text eq x.exe', eql('process where process.io.text : "x.exe"')]],
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
      spl(`${WINSEC} EventCode=4688 Creator_Process_Name="*\\\\p.exe"`),
    ],
  },
  {
    row: 17,
    key: 'ProcessName ends_with \\x.exe',
    same: [
      service('security', 'EventID: 4624', "ProcessName|endswith: '\\x.exe'"),
      esql(
        'FROM logs-system.security* | WHERE event.code == "4624" and process.executable LIKE "*\\\\x.exe"',
      ),
      kuery('event.dataset:system.security and event.code:4663 and process.executable:*\\\\x.exe'),
    ],
    different: [
      [
        'Image ends_with \\x.exe',
        esql(
          'FROM logs-system.security* | WHERE event.code == "4688" and process.executable LIKE "*\\\\x.exe"',
        ),
      ],
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
    key: 'CommandLine contains cg93zxjzagvsb',
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
];
