import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type EventCoverage, eventCoverage, type Logsource, type Verdict } from '@rulescope/knowledge';
import { type Expression, testsOf } from '@rulescope/logic';
import { linkSigma, readSigma } from '@rulescope/sigma';
import { describe, expect, it } from 'vitest';

function parse(path: string): Logsource {
  const [product, category, service] = path.split('/').map((part) => (part === '' ? null : part));
  return { product: product ?? null, category: category ?? null, service: service ?? null };
}

/** The coverage of a rule that has only this detection. */
function coverage(logsource: string, detection: string): readonly EventCoverage[] {
  const [rule] = readSigma(`title: t\nlogsource: {}\ndetection:\n${detection}`).rules;
  if (rule === undefined) throw new Error('no rule');
  return eventCoverage(rule, parse(logsource));
}

/** `Sysmon 1`, `Security-Auditing 4688 v2`: the version where the event is written with it below. */
function onEvent(all: readonly EventCoverage[], name: string): EventCoverage {
  const found = all.find(({ provider, id, version }) => {
    const short = `${provider?.replace('Microsoft-Windows-', '')} ${id}`;
    return name === short || name === `${short} v${version}`;
  });
  if (found === undefined) throw new Error(`no ${name} in ${JSON.stringify(all)}`);
  return found;
}

/** The fields of each of several parts of a condition. */
function fieldsIn(parts: readonly Expression[]): readonly string[] {
  return parts.map((part) => [...new Set(testsOf(part).map((test) => test.field))].join('+'));
}

const MSIEXEC = `
  selection_img:
    - Image|endswith: '\\msiexec.exe'
    - OriginalFileName: 'msiexec.exe'
  selection_cli:
    CommandLine|contains|windash: ['-i', '-package', '-a', '-j']
  selection_quiet:
    CommandLine|contains|windash: '-q'
  filter_user_temp:
    ParentImage|startswith: 'C:\\Users\\'
    ParentImage|contains: '\\AppData\\Local\\Temp\\'
  filter_system_temp:
    ParentImage|startswith: 'C:\\Windows\\Temp\\'
  filter_ccm:
    ParentImage: 'C:\\Windows\\CCM\\Ccm32BitLauncher.exe'
    IntegrityLevel: ['System', 'S-1-16-16384']
  condition: all of selection_* and not 1 of filter_*`;

describe('the msiexec rule of the seed page', () => {
  const all = coverage('windows/process_creation/', MSIEXEC);

  it('is full on Sysmon 1', () => {
    const event = onEvent(all, 'Sysmon 1');
    expect(event).toMatchObject({ role: 'primary', verdict: 'full', missing: [], mapped: [] });
    expect(event.prerequisites).toContain('Sysmon 10 or later'); // OriginalFileName
  });

  it('is partial on Security 4688 v2: only OriginalFileName has no counterpart', () => {
    const event = onEvent(all, 'Security-Auditing 4688 v2');
    expect(event).toMatchObject({ role: 'alternative', verdict: 'partial', missing: ['OriginalFileName'] });
    expect(event.idleExclusions).toEqual([]);
    expect(fieldsIn(event.deadBranches)).toEqual(['OriginalFileName']);
    expect(event.mapped.map(({ field, to }) => [field, ...to])).toEqual([
      ['Image', 'NewProcessName'],
      ['ParentImage', 'ParentProcessName'],
      ['IntegrityLevel', 'MandatoryLabel'],
    ]);
    expect(event.mapped[2]?.values).toMatchObject({ System: 'S-1-16-16384' });
    expect(event.prerequisites).toEqual([
      'Audit Process Creation',
      'Group Policy: Include command line in process creation events',
    ]);
  });

  it('is partial and noisier on v1: no parent, so that none of the three filters applies', () => {
    const event = onEvent(all, 'Security-Auditing 4688 v1');
    expect(event.verdict).toBe('partial');
    expect([...event.missing].sort()).toEqual(['IntegrityLevel', 'OriginalFileName', 'ParentImage']);
    expect(fieldsIn(event.deadBranches)).toEqual(['OriginalFileName']);
    expect([...fieldsIn(event.idleExclusions)].sort()).toEqual([
      'ParentImage',
      'ParentImage',
      'ParentImage+IntegrityLevel',
    ]);
  });

  it('is blind on v0: selection_cli needs the command line', () => {
    const event = onEvent(all, 'Security-Auditing 4688 v0');
    expect(event.verdict).toBe('blind');
    expect(event.missing).toContain('CommandLine');
    expect(event.prerequisites).toEqual(['Audit Process Creation']);
  });
});

type Row = readonly [
  why: string,
  logsource: string,
  detection: string,
  event: string,
  verdict: Verdict,
  missing: readonly string[],
];

// Each verdict was worked out from the fields that the documents list for the event.
// biome-ignore format: a table, one verdict a line
const VERDICTS: readonly Row[] = [
  // The event that the log source means.
  ['all fields are Sysmon 1 ones', 'windows/process_creation/', '  s: {Image: a, ParentCommandLine: b, Hashes: c}\n  condition: s', 'Sysmon 1', 'full', []],
  ['Sysmon knows no grandparent', 'windows/process_creation/', '  s: {Image: a, ParentOfParentImage: b}\n  condition: s', 'Sysmon 1', 'blind', ['ParentOfParentImage']],
  ['Sysmon 7 has no command line', 'windows/image_load/', "  s: {ImageLoaded|endswith: '\\a.dll', CommandLine|contains: b}\n  condition: s", 'Sysmon 7', 'blind', ['CommandLine']],
  ['only the filter asks for the command line', 'windows/image_load/', "  s: {ImageLoaded|endswith: '\\a.dll'}\n  f: {CommandLine|contains: b}\n  condition: s and not f", 'Sysmon 7', 'noisier', ['CommandLine']],
  ['OriginalFileName of 7 is there, though of the DLL', 'windows/image_load/', '  s: {ImageLoaded: a, OriginalFileName: b, Signed: "false"}\n  condition: s', 'Sysmon 7', 'full', []],
  ['Sysmon 8 has no source command line', 'windows/create_remote_thread/', '  s: {SourceImage: a, SourceCommandLine|contains: b}\n  condition: s', 'Sysmon 8', 'blind', ['SourceCommandLine']],
  ['one of two sources is asked by its parent', 'windows/create_remote_thread/', '  s:\n    - SourceImage: a\n    - SourceParentImage: b\n  condition: s', 'Sysmon 8', 'partial', ['SourceParentImage']],
  ['both the filter and an alternative lack theirs: partial is the worse', 'windows/create_remote_thread/', '  s:\n    - SourceImage: a\n    - SourceParentImage: b\n  f: {SourceCommandLine: c}\n  condition: s and not f', 'Sysmon 8', 'partial', ['SourceParentImage', 'SourceCommandLine']],
  ['drivers are named by ImageLoaded; ImagePath is of 7045', 'windows/driver_load/', '  s: {ImagePath|contains: a}\n  condition: s', 'Sysmon 6', 'blind', ['ImagePath']],
  ['Sysmon 3 has no parent', 'windows/network_connection/', "  s: {Initiated: 'true', DestinationPort: 443}\n  f: {ParentImage: a}\n  condition: s and not f", 'Sysmon 3', 'noisier', ['ParentImage']],
  ['13 sets a value: it has Details', 'windows/registry_set/', "  s: {TargetObject|endswith: '\\a', Details: 'DWORD (0x00000001)'}\n  condition: s", 'Sysmon 13', 'full', []],
  ['12 has no Details', 'windows/registry_delete/', '  s: {TargetObject: a, Details: b}\n  condition: s', 'Sysmon 12', 'blind', ['Details']],
  ['a key that is added was never deleted', 'windows/registry_add/', '  s: {EventType: DeleteKey, TargetObject: a}\n  condition: s', 'Sysmon 12', 'blind', []],
  ['Details is in 13 only', 'windows/registry_event/', '  s:\n    - TargetObject: a\n    - Details: b\n  condition: s', 'Sysmon 14', 'partial', ['Details']],
  ['ETW names the file FileName', 'windows/file_access/', "  s: {FileName|endswith: '\\a', Image: b}\n  condition: s", 'Kernel-File 12', 'full', []],
  ['TargetFilename is Sysmon, not ETW', 'windows/file_access/', '  s: {TargetFilename: a}\n  condition: s', 'Kernel-File 12', 'blind', ['TargetFilename']],
  ['HostApplication is text in Data', 'windows/ps_classic_start/', '  s: {HostApplication|contains: a}\n  condition: s', 'PowerShell 400', 'blind', ['HostApplication']],
  ['so it is found there', 'windows/ps_classic_start/', '  s: {Data|contains: HostApplication=a}\n  condition: s', 'PowerShell 400', 'full', []],
  ['4104 has the script, not the payload', 'windows/ps_script/', '  s:\n    - ScriptBlockText|contains: a\n    - Payload|contains: b\n  condition: s', 'PowerShell 4104', 'partial', ['Payload']],
  ['DNS-Client knows no process', 'windows//dns-client', '  s: {EventID: 3008, QueryName: a, Image: b}\n  condition: s', 'DNS-Client 3008', 'blind', ['Image']],
  ['fields of another EventID are not asked of this one', 'windows//security', '  a: {EventID: 4663, ObjectName: x}\n  b: {EventID: 4624, LogonType: 3}\n  condition: a or b', 'Security-Auditing 4624 v2', 'full', []],
  ['ImpersonationLevel came with 4624 v1', 'windows//security', '  s: {EventID: 4624, ImpersonationLevel: "%%1833"}\n  condition: s', 'Security-Auditing 4624 v0', 'blind', ['ImpersonationLevel']],
  ['and is there since', 'windows//security', '  s: {EventID: 4624, ImpersonationLevel: "%%1833"}\n  condition: s', 'Security-Auditing 4624 v1', 'full', []],
  ['the object of 4660 is only known from 4656', 'windows//security', '  s: {EventID: 4660, ObjectName: a}\n  condition: s', 'Security-Auditing 4660', 'blind', ['ObjectName']],
  ['the header of an event is always there', 'windows//security', '  s: {EventID: 1102, Provider_Name: Microsoft-Windows-Eventlog, Computer: a}\n  condition: s', 'Eventlog 1102', 'full', []],
  ['Windows Defender writes it Process Name', 'windows//windefend', '  s: {EventID: 1121, ProcessName|endswith: a}\n  condition: s', 'Windows Defender 1121', 'full', []],
  ['arguments are in EXECVE, the key in SYSCALL', 'linux//auditd', '  s: {type: EXECVE, a0: find, key: b}\n  condition: s', 'auditd EXECVE', 'blind', ['key']],
  ['every argument has a field of its own', 'linux//auditd', '  s: {type: EXECVE, a0: find, a7: b}\n  condition: s', 'auditd EXECVE', 'full', []],
  ['parts of a JSON object that CloudTrail documents', 'aws//cloudtrail', '  s: {eventName: StopLogging, requestParameters.name: a}\n  condition: s', 'AWS CloudTrail StopLogging', 'full', []],
  ['we do not know of every field of an Entra record', 'azure//auditlogs', '  s: {OperationName: Add user, someField: a}\n  condition: s', 'Entra ID audit Add user', 'unknown', []],

  // Events that show the same in their own words.
  ['4657 has key and value name apart', 'windows/registry_set/', "  s: {TargetObject|endswith: '\\K\\V', Details: a, Image: b}\n  condition: s", 'Security-Auditing 4657', 'full', []],
  ['User of 4688 is who creates, not whose the process is', 'windows/process_creation/', '  s: {Image: a, User: b}\n  condition: s', 'Security-Auditing 4688 v2', 'blind', ['User']],
  ['ProcessId of 4688 is NewProcessId', 'windows/process_creation/', '  s: {ProcessId: 4}\n  condition: s', 'Security-Auditing 4688 v0', 'full', []],
  ['the filter by company needs Sysmon', 'windows/process_creation/', '  s: {Image: a}\n  f: {Company: b}\n  condition: s and not f', 'Security-Auditing 4688 v2', 'noisier', ['Company']],
  ['5156 names the program by its device path', 'windows/network_connection/', '  s: {Image: a, DestinationPort: 443}\n  condition: s', 'Security-Auditing 5156 v0', 'blind', ['Image']],
  ['but has addresses and ports', 'windows/network_connection/', "  s: {Initiated: 'true', DestinationIp: 10.0.0.1}\n  condition: s", 'Security-Auditing 5156 v0', 'full', []],
  ['3008 has the name that was asked for', 'windows/dns_query/', '  s: {QueryName|endswith: a}\n  condition: s', 'DNS-Client 3008', 'full', []],
  ['not the process: the filter by Image is idle', 'windows/dns_query/', '  s: {QueryName|endswith: a}\n  f: {Image: b}\n  condition: s and not f', 'DNS-Client 3008', 'noisier', ['Image']],
  ['the call trace is in Sysmon 10 alone', 'windows/process_access/', '  s: {SourceImage: a, CallTrace|contains: b}\n  condition: s', 'Security-Auditing 4663 v1', 'blind', ['CallTrace']],
  ['26 has what 23 has, but for Archived', 'windows/file_delete/', "  s: {TargetFilename|endswith: a}\n  f: {Archived: 'false'}\n  condition: s and not f", 'Sysmon 26', 'noisier', ['Archived']],
  ['4697 is 7045 in the Security log', 'windows//system', '  s: {EventID: 7045, Provider_Name: Service Control Manager, ImagePath: a}\n  condition: s', 'Security-Auditing 4697 v0', 'full', []],
  ['auditd splits the command line into arguments', 'linux/process_creation/', '  s: {CommandLine|contains: a}\n  condition: s', 'auditd EXECVE', 'blind', ['CommandLine']],

  // Missing is null: `is_null` holds, `exists` does not.
  ['a filter on no parent at all excludes every 4688 v1', 'windows/process_creation/', '  s: {Image: a}\n  f: {ParentImage: null}\n  condition: s and not f', 'Security-Auditing 4688 v1', 'blind', ['ParentImage']],
  ['a rule that wants the field absent fires whatever the parent', 'windows/process_creation/', '  s: {Image: a, ParentImage: null}\n  condition: s', 'Security-Auditing 4688 v1', 'noisier', ['ParentImage']],
  ['an exclusion for want of a parent excludes b whatever the parent', 'windows/process_creation/', '  s: {Image: a}\n  f: {ParentImage: null, CommandLine: b}\n  condition: s and not f', 'Security-Auditing 4688 v1', 'partial', ['ParentImage']],
  ['exists is false', 'windows/process_creation/', '  s: {Image: a, ParentImage|exists: true}\n  condition: s', 'Security-Auditing 4688 v1', 'blind', ['ParentImage']],
  ['exists: false is is_null by another name', 'windows/process_creation/', '  s: {Image: a, ParentImage|exists: false}\n  condition: s', 'Security-Auditing 4688 v1', 'noisier', ['ParentImage']],
  ['an empty text is not null', 'windows/process_creation/', "  s: {Image: a, ParentImage: ''}\n  condition: s", 'Security-Auditing 4688 v1', 'blind', ['ParentImage']],
  ['a comparison of two fields needs both', 'windows/process_creation/', '  s: {Image|fieldref: Company}\n  condition: s', 'Security-Auditing 4688 v2', 'blind', ['Company']],

  // The shape of the condition.
  ['keywords are found anywhere', 'windows/process_creation/', "  s: ['mimikatz']\n  condition: s", 'Security-Auditing 4688 v0', 'full', []],
  ['an alternative inside an exclusion is idle, the rest of it works', 'windows/process_creation/', '  s: {Image: a}\n  f:\n    - CommandLine: b\n    - Company: c\n  condition: s and not f', 'Security-Auditing 4688 v2', 'noisier', ['Company']],
  ['an exclusion out of an exclusion is an inclusion', 'windows/process_creation/', '  s: {Image: a}\n  f: {CommandLine: b}\n  g: {Company: c}\n  condition: s and not (f and not g)', 'Security-Auditing 4688 v2', 'partial', ['Company']],
];

describe('verdicts worked out by hand', () => {
  it.each(VERDICTS)('%s (%s)', (_why, logsource, detection, event, verdict, missing) => {
    const found = onEvent(coverage(logsource, detection), event);
    expect([found.verdict, ...found.missing]).toEqual([verdict, ...missing]);
  });

  it('says what comes near a missing field', () => {
    const event = onEvent(
      coverage('windows/process_creation/', '  s: {User: a}\n  condition: s'),
      'Security-Auditing 4688 v2',
    );
    expect(event.related.map(({ field, to }) => [field, ...to])).toEqual([
      ['User', 'SubjectUserName', 'SubjectDomainName'],
    ]);
  });

  it('names the fields that it is not sure of', () => {
    const [event] = coverage(
      'azure//auditlogs',
      '  s: {OperationName: Add user, someField: a}\n  condition: s',
    );
    expect(event?.unchecked).toEqual(['someField']);
  });

  it('is not sure of a rule that holds a placeholder', () => {
    const detection = `
  s: {Image|endswith: '\\\\x.exe'}
  filter: {User|expand: '%administrators%'}
  condition: s and not filter
`;
    const sysmon = onEvent(coverage('windows/process_creation/', detection), 'Sysmon 1');
    expect(sysmon).toMatchObject({ verdict: 'unknown', missing: [], unchecked: [] });
  });

  it('says what must be set up, for the event and for the fields that are tested', () => {
    const of = (logsource: string, test: string) => coverage(logsource, `  s: {${test}}\n  condition: s`)[0];
    expect(of('windows/ps_script/', 'ScriptBlockText: a')?.prerequisites).toEqual([
      'Group Policy: Turn on PowerShell Script Block Logging',
    ]);
    expect(of('windows/process_creation/', 'ParentUser: a')?.prerequisites).toContain(
      'Sysmon 13.30 or later',
    );
    expect(of('windows/process_creation/', 'Image: a')?.prerequisites).not.toContain('Sysmon 13.30 or later');
    expect(of('windows//security', 'EventID: 4663, ObjectName: a')?.prerequisites).toContain(
      'A SACL on the object',
    );
  });

  it('leaves out the events that the rule contradicts, and asks others nothing of them', () => {
    const all = coverage(
      'windows//system',
      '  s: {EventID: 16, Provider_Name: Microsoft-Windows-Kernel-General, HiveName: a}\n  condition: s',
    );
    expect(all.map(({ provider, id, verdict }) => [provider, id, verdict])).toEqual([
      ['Microsoft-Windows-Kernel-General', 16, 'full'],
    ]);
  });

  it('has no event for a log source that is unknown', () => {
    expect(coverage('macos/process_creation/', '  s: {Image: a}\n  condition: s')).toEqual([]);
    expect(coverage('no-such-product//', '  s: {Image: a}\n  condition: s')).toEqual([]);
  });
});

describe('a correlation', () => {
  it('is covered as the rules that it names, each with its own log source, the worst on each event', () => {
    const rules = [
      ['a', 'process_creation', '{Image: x}'],
      ['b', 'process_creation', '{Company: x}'],
      ['c', 'image_load', '{ImageLoaded: x}'],
    ].map(
      ([name, category, selection]) =>
        `title: ${name}\nname: ${name}\nlogsource: {product: windows, category: ${category}}\ndetection:\n  s: ${selection}\n  condition: s\n`,
    );
    const correlation =
      'title: d\ncorrelation: {type: temporal, rules: [a, b, c], group-by: [Computer], timespan: 1h}\n';
    const [file] = [readSigma([...rules, correlation].join('---\n'))];
    const query = linkSigma([file.rules])[0]?.at(-1);
    if (query === undefined) throw new Error('no correlation');
    const found = eventCoverage(query, { product: null, category: null, service: null });
    expect(found.map(({ id, version, verdict }) => [id, version, verdict])).toEqual([
      [1, 5, 'full'],
      [4688, 0, 'blind'],
      [4688, 1, 'blind'],
      [4688, 2, 'blind'],
      [7, 3, 'full'],
    ]);
  });
});

const rule = fileURLToPath(
  new URL(
    '../../../../shared/corpora/sigma/rules/windows/process_creation/proc_creation_win_msiexec_install_quiet.yml',
    import.meta.url,
  ),
);

describe.skipIf(!existsSync(rule))("SigmaHQ's own msiexec rule (skipped without ../shared)", () => {
  it('is full, partial, partial and blind', () => {
    const [msiexec] = readSigma(readFileSync(rule, 'utf8')).rules;
    if (msiexec === undefined) throw new Error('no rule');
    const found = eventCoverage(msiexec, msiexec.metadata.logsource);
    expect(found.map(({ id, version, verdict }) => [id, version, verdict])).toEqual([
      [1, 5, 'full'],
      [4688, 0, 'blind'],
      [4688, 1, 'partial'],
      [4688, 2, 'partial'],
    ]);
  });
});
