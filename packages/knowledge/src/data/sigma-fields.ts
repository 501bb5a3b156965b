import type { LogsourcePattern } from '../logsource.ts';

/**
 * One row: the field names that Sigma rules use for some log sources.
 * A log source may be in several rows; its fields are those of all of them.
 */
export interface SigmaFields {
  /** What the row is about. */
  readonly title: string;
  readonly logsources: readonly LogsourcePattern[];
  /** Spelled as rules spell them: case matters. */
  readonly fields: readonly string[];
  /** Where the names are documented. */
  readonly source: string;
}

const TAXONOMY = 'Sigma Taxonomy Appendix 2.1.0';
/** The appendix leaves the names of these categories to Sysmon ("Other Generic Rule Categories"). */
const SYSMON = 'Sysmon event schema 4.90, as the Sigma Taxonomy Appendix 2.1.0 asks';
/** The appendix takes the names of Windows event attributes over ("Specific"). */
const WINDOWS = 'Event manifest of the provider, as the Sigma Taxonomy Appendix 2.1.0 asks';

/** A category that Sysmon fills; the same fields are found under `service: sysmon`. */
const sysmon = (...categories: string[]): readonly LogsourcePattern[] => [
  ...categories.map((category) => ({ category })),
  { product: 'windows', service: 'sysmon' },
];

const PROCESS = ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'User'];
const WMI = ['RuleName', 'EventType', 'UtcTime', 'Operation', 'User'];

// biome-ignore format: a table, one row a log source
export const SIGMA_FIELDS: readonly SigmaFields[] = [
  // Named by the taxonomy itself.
  {
    title: 'Process creation',
    logsources: sysmon('process_creation'),
    fields: [
      'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'FileVersion', 'Description', 'Product', 'Company',
      'CommandLine', 'CurrentDirectory', 'User', 'LogonGuid', 'LogonId', 'TerminalSessionId', 'IntegrityLevel',
      'imphash', 'md5', 'sha1', 'sha256',
      'ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentCommandLine',
    ],
    source: `${TAXONOMY}, Process Creation Events`,
  },
  {
    title: 'Proxy',
    logsources: [{ category: 'proxy' }],
    fields: [
      'c-uri', 'c-uri-extension', 'c-uri-query', 'c-uri-stem', 'c-useragent',
      'cs-bytes', 'cs-cookie', 'cs-host', 'cs-method', 'r-dns', 'cs-referrer', 'cs-version',
      'sc-bytes', 'sc-status', 'src_ip', 'dst_ip',
    ],
    source: `${TAXONOMY}, Specific`,
  },
  {
    title: 'Firewall',
    logsources: [{ category: 'firewall' }],
    fields: ['src_ip', 'src_port', 'dst_ip', 'dst_port', 'username'],
    source: `${TAXONOMY}, Specific`,
  },
  {
    title: 'Web server',
    logsources: [{ category: 'webserver' }],
    fields: [
      'date', 'time', 'c-ip', 'cs-username', 's-sitename', 's-computername', 's-ip', 's-port',
      'cs-method', 'cs-uri-stem', 'cs-uri-query', 'sc-status', 'c-win32-status', 'sc-bytes', 'cs-bytes',
      'time-taken', 'cs-version', 'cs-host', 'cs-user-agent', 'cs-cookie', 'cs-referer',
    ],
    source: `${TAXONOMY}, Specific`,
  },
  {
    // A category under "Log Sources", a product under "Specific": both are meant.
    title: 'Antivirus',
    logsources: [{ category: 'antivirus' }, { product: 'antivirus' }],
    fields: ['Filename', 'Signature', 'Action'],
    source: `${TAXONOMY}, Specific`,
  },
  {
    title: 'Network connections',
    logsources: [{ category: 'network', service: 'connection' }],
    fields: [
      'event.duration', 'network.type', 'network.transport', 'network.protocol',
      'source.ip', 'source.port', 'destination.ip', 'destination.port',
      'source.packets', 'destination.packets', 'source.bytes', 'destination.bytes',
      'network.community_id', 'network.state', 'network.history',
    ],
    source: `${TAXONOMY}, Network category`,
  },
  {
    title: 'Network DNS',
    logsources: [{ category: 'network', service: 'dns' }],
    fields: [
      'source.ip', 'source.port', 'destination.ip', 'destination.port', 'network.community_id',
      'dns.id', 'dns.question.name', 'dns.question.type', 'dns.question.class',
      'dns.answers.name', 'dns.answers.type', 'dns.answers.class', 'dns.answers.data', 'dns.answers.ttl',
      'dns.header.flags', 'dns.response.code',
    ],
    source: `${TAXONOMY}, Network category`,
  },
  {
    title: 'The header of Windows events',
    logsources: [{ product: 'windows' }],
    fields: ['EventID', 'Provider_Name', 'Execution_ProcessID'],
    source: 'Sigma Rules Specification 2.1.0, Maps, Field Usage',
  },

  // Named as Sysmon names them. The number is Sysmon's event ID.
  { title: '1 Process creation, what the taxonomy leaves out', logsources: sysmon('process_creation'), fields: ['RuleName', 'OriginalFileName', 'Hashes', 'ParentUser'], source: SYSMON },
  { title: '2 File creation time changed', logsources: sysmon('file_change'), fields: [...PROCESS, 'TargetFilename', 'CreationUtcTime', 'PreviousCreationUtcTime'], source: SYSMON },
  { title: '3 Network connection', logsources: sysmon('network_connection'), fields: [...PROCESS, 'Protocol', 'Initiated', 'SourceIsIpv6', 'SourceIp', 'SourceHostname', 'SourcePort', 'SourcePortName', 'DestinationIsIpv6', 'DestinationIp', 'DestinationHostname', 'DestinationPort', 'DestinationPortName'], source: SYSMON },
  { title: '4 Sysmon service state', logsources: sysmon('sysmon_status'), fields: ['UtcTime', 'State', 'Version', 'SchemaVersion'], source: SYSMON },
  { title: '5 Process terminated', logsources: sysmon('process_termination'), fields: PROCESS, source: SYSMON },
  { title: '6 Driver loaded', logsources: sysmon('driver_load'), fields: ['RuleName', 'UtcTime', 'ImageLoaded', 'Hashes', 'Signed', 'Signature', 'SignatureStatus'], source: SYSMON },
  { title: '7 Image loaded', logsources: sysmon('image_load'), fields: [...PROCESS, 'ImageLoaded', 'FileVersion', 'Description', 'Product', 'Company', 'OriginalFileName', 'Hashes', 'Signed', 'Signature', 'SignatureStatus'], source: SYSMON },
  { title: '8 Remote thread created', logsources: sysmon('create_remote_thread'), fields: ['RuleName', 'UtcTime', 'SourceProcessGuid', 'SourceProcessId', 'SourceImage', 'TargetProcessGuid', 'TargetProcessId', 'TargetImage', 'NewThreadId', 'StartAddress', 'StartModule', 'StartFunction', 'SourceUser', 'TargetUser'], source: SYSMON },
  { title: '9 Raw disk access', logsources: sysmon('raw_access_thread'), fields: [...PROCESS, 'Device'], source: SYSMON },
  { title: '10 Process accessed', logsources: sysmon('process_access'), fields: ['RuleName', 'UtcTime', 'SourceProcessGUID', 'SourceProcessId', 'SourceThreadId', 'SourceImage', 'TargetProcessGUID', 'TargetProcessId', 'TargetImage', 'GrantedAccess', 'CallTrace', 'SourceUser', 'TargetUser'], source: SYSMON },
  { title: '11 File created', logsources: sysmon('file_event'), fields: [...PROCESS, 'TargetFilename', 'CreationUtcTime'], source: SYSMON },
  { title: '12 Registry key or value added or deleted', logsources: sysmon('registry_event', 'registry_add', 'registry_delete'), fields: [...PROCESS, 'EventType', 'TargetObject'], source: SYSMON },
  { title: '13 Registry value set', logsources: sysmon('registry_event', 'registry_set'), fields: [...PROCESS, 'EventType', 'TargetObject', 'Details'], source: SYSMON },
  { title: '14 Registry key or value renamed', logsources: sysmon('registry_event', 'registry_rename'), fields: [...PROCESS, 'EventType', 'TargetObject', 'NewName'], source: SYSMON },
  { title: '15 File stream created', logsources: sysmon('create_stream_hash'), fields: [...PROCESS, 'TargetFilename', 'CreationUtcTime', 'Hash', 'Contents'], source: SYSMON },
  { title: '16 Sysmon configuration changed', logsources: sysmon('sysmon_status'), fields: ['UtcTime', 'Configuration', 'ConfigurationFileHash'], source: SYSMON },
  { title: '17 and 18 Named pipe', logsources: sysmon('pipe_created'), fields: [...PROCESS, 'EventType', 'PipeName'], source: SYSMON },
  { title: '19 WMI event filter', logsources: sysmon('wmi_event'), fields: [...WMI, 'EventNamespace', 'Name', 'Query'], source: SYSMON },
  { title: '20 WMI event consumer', logsources: sysmon('wmi_event'), fields: [...WMI, 'Name', 'Type', 'Destination'], source: SYSMON },
  { title: '21 WMI binding of consumer and filter', logsources: sysmon('wmi_event'), fields: [...WMI, 'Consumer', 'Filter'], source: SYSMON },
  { title: '22 DNS query', logsources: sysmon('dns_query'), fields: [...PROCESS, 'QueryName', 'QueryStatus', 'QueryResults'], source: SYSMON },
  { title: '23 File deleted and archived', logsources: sysmon('file_delete'), fields: [...PROCESS, 'TargetFilename', 'Hashes', 'IsExecutable', 'Archived'], source: SYSMON },
  { title: '24 Clipboard changed', logsources: sysmon('clipboard_capture'), fields: [...PROCESS, 'Session', 'ClientInfo', 'Hashes', 'Archived'], source: SYSMON },
  { title: '25 Process image changed', logsources: sysmon('process_tampering'), fields: [...PROCESS, 'Type'], source: SYSMON },
  { title: '26 File deleted', logsources: sysmon('file_delete_detected'), fields: [...PROCESS, 'TargetFilename', 'Hashes', 'IsExecutable'], source: SYSMON },
  { title: '27 Executable file blocked', logsources: sysmon('file_block_executable'), fields: [...PROCESS, 'TargetFilename', 'Hashes'], source: SYSMON },
  { title: '28 File shredding blocked', logsources: sysmon('file_block_shredding'), fields: [...PROCESS, 'TargetFilename', 'Hashes', 'IsExecutable'], source: SYSMON },
  { title: '29 Executable file detected', logsources: sysmon('file_executable_detected'), fields: [...PROCESS, 'TargetFilename', 'Hashes'], source: SYSMON },
  { title: '255 Sysmon error', logsources: sysmon('sysmon_error'), fields: ['UtcTime', 'ID', 'Description'], source: SYSMON },

  // Named as the attributes of the Windows event.
  { title: 'PowerShell 4103', logsources: [{ category: 'ps_module' }], fields: ['ContextInfo', 'UserData', 'Payload'], source: WINDOWS },
  { title: 'PowerShell 4104', logsources: [{ category: 'ps_script' }], fields: ['MessageNumber', 'MessageTotal', 'ScriptBlockText', 'ScriptBlockId', 'Path'], source: WINDOWS },
  { title: 'Windows PowerShell 400, 600, 800', logsources: [{ category: 'ps_classic_start' }, { category: 'ps_classic_provider_start' }, { category: 'ps_classic_script' }], fields: ['Data'], source: WINDOWS },
];
