import { misspeltField, misspeltSource } from '@rulescope/knowledge';
import type { Source } from '@rulescope/logic';
import { describe, expect, test } from 'vitest';
import { scope, sigma } from './equivalence-scopes.ts';

const PROCESSES = scope('kql', [{ kind: 'table', value: 'DeviceProcessEvents' }]);
const SIGNINS = scope('kql', [{ kind: 'table', value: 'SigninLogs' }]);
const MODEL = scope('spl', [{ kind: 'datamodel', value: 'Endpoint.Processes' }]);
const ENDPOINT = scope('eql', [{ kind: 'index', value: 'logs-endpoint.events.process-*' }]);

/** The meant ones are in the Sigma Taxonomy Appendix, the reference of the table, the CIM and the ECS. */
const FIELDS = [
  [sigma('process_access'), 'GrantedAcess', 'GrantedAccess'],
  [sigma('process_access'), 'Sourceimage', 'SourceImage'],
  [PROCESSES, 'FileNam', 'FileName'],
  [PROCESSES, 'ProcesCommandLnie', 'ProcessCommandLine'],
  [PROCESSES, 'filename', 'FileName'],
  [SIGNINS, 'LocationDetailz.city', 'LocationDetails.city'],
  [scope('kql', [{ kind: 'table', value: 'DeviceProcesEvents' }]), 'FileNam', 'FileName'],
  [MODEL, 'Processes.proces_name', 'Processes.process_name'],
  [ENDPOINT, 'process.comand_line', 'process.command_line'],
  [ENDPOINT, 'proces.executable', 'process.executable'],
] as const;

describe('a field is misspelt', () => {
  test.each(FIELDS)('where its scope has a name near it: %#', (events, written, meant) => {
    expect(misspeltField(written, events)).toBe(meant);
  });
});

/** Names that are known, or that somebody may well have chosen so. */
const OWN = [
  [sigma('process_access'), 'GrantedAccess'],
  // The event itself writes it so (Microsoft-Windows-SmbClient/Connectivity).
  [sigma('smbserver-connectivity'), 'EncyptionUsed'],
  [sigma('process_creation'), 'CommandLine2'],
  [sigma('process_creation'), 'Command_Line'],
  [sigma('process_creation'), 'CommandLines'],
  [PROCESSES, 'FileNameId'],
  [PROCESSES, 'Filter'],
  [PROCESSES, 'AdditionalFields.Anything'],
  [scope('kql', [{ kind: 'table', value: 'Own_CL' }]), 'FileNam'],
  // An extraction of the environment's own.
  [MODEL, 'Processes.Process_Name'],
  [MODEL, 'proces_name'],
  [ENDPOINT, 'process.command_lines'],
  [ENDPOINT, 'process.parent.thread.id'],
  [ENDPOINT, 'okta.debug_context.debug_data.flattened.comand_line'],
] as const;

describe('a field is not misspelt', () => {
  test.each(OWN)('where its name is known, or another on purpose: %#', (events, written) => {
    expect(misspeltField(written, events)).toBeNull();
  });

  test('in a query of more unknown names than a person misspells', () => {
    const events = scope('kql', [{ kind: 'table', value: 'DeviceProcessEvents' }]);
    for (let i = 0; i < 300; i += 1) misspeltField(`unheard${i}`, events);
    expect(misspeltField('FileNam', events)).toBeNull();
  });
});

describe('a source', () => {
  const meant = (language: 'sigma' | 'kql' | 'spl', kind: string, value: string) => {
    const source: Source = { kind, value };
    return misspeltSource(source, language).map((found) => `${found.kind} ${found.meant}`);
  };

  test('is misspelt where a known one is near', () => {
    expect(meant('sigma', 'logsource', 'windos/process_acess/')).toEqual([
      'product windows',
      'category process_access',
    ]);
    expect(meant('kql', 'table', 'DeviceProcesEvents')).toEqual(['table DeviceProcessEvents']);
    expect(meant('kql', 'table', 'SecurityEvents')).toEqual(['table SecurityEvent']);
    expect(meant('kql', 'table', 'securityevent')).toEqual(['table SecurityEvent']);
    expect(meant('spl', 'sourcetype', 'XmlWinEvenLog')).toEqual(['sourcetype XmlWinEventLog']);
    expect(meant('spl', 'datamodel', 'Endpoint.Proceses')).toEqual(['datamodel Endpoint.Processes']);
    expect(meant('spl', 'source', 'WinEventLog:Securty')).toEqual(['source WinEventLog:Security']);
  });

  test('is not misspelt where it is known, of another name, or the environment’s', () => {
    expect(meant('sigma', 'logsource', 'windows/process_access/')).toEqual([]);
    expect(meant('sigma', 'logsource', 'acme/own_category/')).toEqual([]);
    expect(meant('kql', 'table', 'DeviceTvmBrowserExtensionsKB')).toEqual([]);
    expect(meant('kql', 'table', 'Device*')).toEqual([]);
    expect(meant('spl', 'sourcetype', 'xmlwineventlog')).toEqual([]);
    expect(meant('spl', 'index', 'wineventlogs')).toEqual([]);
  });
});
