import { describe, expect, test } from 'vitest';
import { carriedFields, carriersOf, EVENTS, type EventId, eventVersions } from '../src/index.ts';

/** The names that indicators have for a field of an event's newest version. */
function namesOf(provider: string, id: EventId, field: string): readonly string[] {
  const newest = eventVersions(provider, id).toSorted((a, b) => b.version - a.version)[0];
  if (newest === undefined) throw new Error(`no event ${provider} ${id}`);
  const found = carriedFields(newest).find((it) => it.field === field);
  if (found === undefined) throw new Error(`${provider} ${id} has no ${field}`);
  return found.names;
}

describe('what rules call the fields of an event', () => {
  test.each([
    // Sigma Taxonomy Appendix: the names of process_creation are Sysmon's own.
    ['Microsoft-Windows-Sysmon', 1, 'Image', ['Image']],
    ['Microsoft-Windows-Sysmon', 1, 'CommandLine', ['CommandLine']],
    // Microsoft Learn, 4688(S): New Process Name; Creator Process Name; Process ID is that of the creator.
    ['Microsoft-Windows-Security-Auditing', 4688, 'NewProcessName', ['Image', 'NewProcessName']],
    ['Microsoft-Windows-Security-Auditing', 4688, 'ParentProcessName', ['ParentImage', 'ParentProcessName']],
    ['Microsoft-Windows-Security-Auditing', 4688, 'CommandLine', ['CommandLine']],
    ['Microsoft-Windows-Security-Auditing', 4688, 'ProcessId', ['ParentProcessId']],
    // Microsoft Learn, DeviceProcessEvents: FolderPath is the whole path, FileName the name in it.
    [
      'Microsoft Defender for Endpoint',
      'ProcessCreated',
      'FileName',
      ['Image', 'Image (file name)', 'FileName'],
    ],
    ['Microsoft Defender for Endpoint', 'ProcessCreated', 'FolderPath', ['Image', 'FolderPath']],
    [
      'Microsoft Defender for Endpoint',
      'ProcessCreated',
      'ProcessCommandLine',
      ['CommandLine', 'ProcessCommandLine'],
    ],
    [
      'Microsoft Defender for Endpoint',
      'ProcessCreated',
      'InitiatingProcessCommandLine',
      ['ParentCommandLine', 'InitiatingProcessCommandLine'],
    ],
    // In a file event the initiating process is the one that acts (Microsoft Learn, DeviceFileEvents).
    [
      'Microsoft Defender for Endpoint',
      'FileCreated',
      'InitiatingProcessCommandLine',
      ['CommandLine', 'InitiatingProcessCommandLine'],
    ],
    // Elastic Common Schema, Process fields: executable is the path, name the file's.
    ['Elastic Endpoint', 'process start', 'process.executable', ['Image', 'process.executable']],
    ['Elastic Endpoint', 'process start', 'process.name', ['Image', 'Image (file name)', 'process.name']],
    ['Elastic Endpoint', 'process start', 'process.command_line', ['CommandLine', 'process.command_line']],
    // Splunk Add-on for CrowdStrike FDR, fields of ProcessRollup2.
    ['CrowdStrike Falcon', 'ProcessRollup2', 'ImageFileName', ['Image', 'ImageFileName']],
    ['CrowdStrike Falcon', 'ProcessRollup2', 'CommandLine', ['CommandLine']],
    // AWS CloudTrail User Guide, record contents: rules of every language use these names.
    ['AWS CloudTrail', null, 'eventName', ['eventName']],
    ['AWS CloudTrail', null, 'requestParameters.*', ['requestParameters.*']],
  ] as const)('%s %s: %s', (provider, id, field, names) => {
    expect(namesOf(provider, id, field)).toEqual(names);
  });

  test('fields of a kind have the names of those in it, in events of that class', () => {
    const names = namesOf('Elastic Endpoint', 'process start', 'process.parent.*');
    expect(names).toEqual(expect.arrayContaining(['ParentImage', 'ParentCommandLine', 'process.parent.*']));
    // Access rights are asked of another process, which a start has none of.
    expect(namesOf('Elastic Endpoint', 'process start', 'process.Ext.*')).not.toContain('GrantedAccess');
  });
});

describe('the events that carry a field', () => {
  function named(field: string): ReadonlyMap<string, readonly string[]> {
    return new Map(carriersOf(field).map(({ event, fields }) => [`${event.provider}/${event.id}`, fields]));
  }

  test('are those of every product, with its own name for it', () => {
    const carriers = named('CommandLine');
    expect(carriers.get('Microsoft-Windows-Sysmon/1')).toEqual(['CommandLine']);
    expect(carriers.get('Microsoft-Windows-Security-Auditing/4688')).toEqual(['CommandLine']);
    expect(carriers.get('Microsoft Defender for Endpoint/ProcessCreated')).toEqual(['ProcessCommandLine']);
    expect(carriers.get('Elastic Endpoint/process start')).toEqual(['process.command_line']);
    expect(carriers.get('CrowdStrike Falcon/ProcessRollup2')).toEqual(['CommandLine']);
    expect(carriers.get('Linux-Sysmon/1')).toEqual(['CommandLine']);
    expect(carriers.has('Microsoft-Windows-Sysmon/3')).toBe(false);
    expect(carriers.has('AWS CloudTrail/null')).toBe(false);
  });

  test('are found by a product’s own name, and in any case', () => {
    expect(named('processcommandline').get('Microsoft Defender for Endpoint/ProcessCreated')).toEqual([
      'ProcessCommandLine',
    ]);
    expect(named('requestParameters.bucketName').get('AWS CloudTrail/null')).toEqual(['requestParameters.*']);
    expect(named('process.Ext.token.elevation').get('Elastic Endpoint/process start')).toEqual([
      'process.Ext.*',
    ]);
    expect(carriersOf('no such field')).toEqual([]);
  });

  test('are each named once, whatever versions it has', () => {
    const names = carriersOf('Image').map(({ event }) => `${event.provider}/${event.id}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('what an event’s page says of a field, the field’s page says of the event', () => {
    for (const event of EVENTS.slice(0, 60)) {
      for (const { field, names } of carriedFields(event)) {
        const [name = ''] = names;
        if (name.endsWith('*')) continue;
        const carriers = carriersOf(name).filter(
          ({ event: it }) => it.provider === event.provider && it.id === event.id,
        );
        expect(carriers.flatMap(({ fields }) => fields)).toContain(field);
      }
    }
  });
});
