import {
  category,
  cim,
  DEVICE_EVENTS,
  eql,
  esql,
  kql,
  kuery,
  type Row,
  service,
  sigma,
  spl,
  WINSEC,
} from './rules.ts';

/** Rows 47 to 67: networks, images, access, pipes, services, scripts, logons, clouds. */
export const OTHERS: readonly Row[] = [
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
      [
        'LocalPort eq 22',
        kql('DeviceNetworkEvents | where ActionType == "ListeningConnectionCreated" and LocalPort == 22'),
        'related DestinationPort eq 22',
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
    key: 'ServiceName eq krbtgt',
    same: [
      service('system', 'EventID: 7045', "Provider_Name: 'Service Control Manager'", 'ServiceName: krbtgt'),
    ],
    different: [
      ['ServiceName (Kerberos) eq krbtgt', service('security', 'EventID: 4769', 'ServiceName: krbtgt')],
      [
        'ServiceName (Kerberos) eq krbtgt',
        kql('SecurityEvent | where EventID == 4769 and ServiceName == "krbtgt"'),
      ],
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
        'Data (PowerShell) contains hostapplication=s',
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
      eql('authentication where event.code == "4624" and winlog.logon.type == "RemoteInteractive"'),
    ],
  },
  {
    row: 62,
    key: 'TargetUserName eq bob',
    same: [
      service('security', 'EventID: 4624', 'TargetUserName: bob'),
      kql('SecurityEvent | where EventID == 4624 and TargetUserName == "bob"'),
      kql('DeviceLogonEvents | where AccountName =~ "bob"'),
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
  {
    row: 67,
    key: 'Operation eq new-inboxrule',
    same: [
      sigma('product: m365, service: exchange', 'eventName: New-InboxRule'),
      sigma('product: m365, service: threat_detection', 'eventName: New-InboxRule'),
      spl('sourcetype=o365:management:activity Operation=New-InboxRule'),
    ],
    different: [['Operation (WMI subscription) eq created', category('wmi_event', 'Operation: Created')]],
  },
  {
    row: 67,
    key: 'Workload eq exchange',
    same: [
      sigma('product: m365, service: audit', 'Workload: Exchange'),
      sigma('product: m365, service: exchange', 'eventSource: Exchange'),
      kql('OfficeActivity | where OfficeWorkload == "Exchange"'),
    ],
  },
];
