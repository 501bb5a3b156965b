import { category, cim, DEVICE, eql, esql, kql, kuery, process, type Row, service } from './rules.ts';

/** Rows 33 to 46: the registry, files, and hashes. */
export const REGISTRY_AND_FILES: readonly Row[] = [
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
    row: 33,
    key: 'TargetObject (deleted) ends_with \\k\\v',
    same: [
      category('registry_delete', "TargetObject|endswith: '\\K\\V'"),
      category('registry_event', 'EventType: DeleteValue', "TargetObject|endswith: '\\K\\V'"),
      kql(
        'DeviceRegistryEvents | where ActionType == "RegistryValueDeleted" | where RegistryKey endswith @"\\K" and RegistryValueName =~ "V"',
      ),
      cim('Endpoint.Registry', 'Registry.action=deleted Registry.registry_path="*\\\\K\\\\V"'),
      eql('registry where event.type == "deletion" and registry.path : "*\\\\K\\\\V"'),
      kuery('event.category:registry and event.type:deletion and registry.path:*\\\\K\\\\V'),
    ],
    different: [
      ['TargetObject ends_with \\k\\v', category('registry_set', "TargetObject|endswith: '\\K\\V'")],
      [
        'TargetObject ends_with \\k\\v',
        eql('registry where event.type in ("change", "deletion") and registry.path : "*\\\\K\\\\V"'),
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
    row: 43,
    key: 'TargetFilename (deleted) ends_with \\n.ext',
    same: [
      category('file_delete', "TargetFilename|endswith: '\\n.ext'"),
      kql('DeviceFileEvents | where ActionType == "FileDeleted" | where FolderPath endswith @"\\n.ext"'),
      eql('file where event.type == "deletion" and file.path : "*\\\\n.ext"'),
      kuery('event.category:file and event.type:deletion and file.path:*\\\\n.ext'),
      esql(
        'FROM logs-endpoint.events.file-* | WHERE event.type == "deletion" and file.path LIKE "*\\\\n.ext"',
      ),
    ],
    different: [
      [
        'TargetFilename ends_with \\n.ext',
        kuery('event.category:file and event.type:creation and file.path:*\\\\n.ext'),
      ],
    ],
  },
  {
    row: 43,
    key: 'TargetFilename (changed) ends_with \\n.ext',
    same: [
      kql('DeviceFileEvents | where ActionType == "FileModified" | where FolderPath endswith @"\\n.ext"'),
      cim('Endpoint.Filesystem', 'Filesystem.action=modified Filesystem.file_path="*\\\\n.ext"'),
      eql('file where event.type == "change" and file.path : "*\\\\n.ext"'),
      eql('file where event.action == "overwrite" and file.path : "*\\\\n.ext"'),
    ],
    near: 'related TargetFilename ends_with \\n.ext',
    different: [
      [
        'TargetFilename (time changed) ends_with \\n.ext',
        category('file_change', "TargetFilename|endswith: '\\n.ext'"),
      ],
      [
        'TargetFilename (renamed) ends_with \\n.ext',
        eql('file where event.type == "change" and event.action == "rename" and file.path : "*\\\\n.ext"'),
        'related TargetFilename ends_with \\n.ext',
      ],
      [
        'TargetFilename ends_with \\n.ext',
        eql('file where event.type in ("creation", "change") and file.path : "*\\\\n.ext"'),
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
    different: [
      ['Hashes (process) contains sha256=ab', eql('library where process.hash.sha256 : "ab"')],
      ['Hashes (process) contains sha256=ab', eql('file where process.hash.sha256 : "ab"')],
      [
        'Hashes (process) contains sha256=ab',
        kql('DeviceFileEvents | where InitiatingProcessSHA256 == "ab"'),
      ],
      ['Hashes (parent) contains sha256=ab', kql(`${DEVICE} InitiatingProcessSHA256 == "ab"`)],
      ['Hashes (parent) contains sha256=ab', eql('process where process.parent.hash.sha256 : "ab"')],
    ],
  },
  {
    row: 46,
    key: 'Hashes contains imphash=ab',
    same: [process("Hashes|contains: 'IMPHASH=ab'"), eql('process where process.pe.imphash : "ab"')],
  },
];
