import { type EventId, eventVersions } from '@rulescope/knowledge';
import { describe, expect, test } from 'vitest';
import { testedFields } from '../src/events.ts';

/** How many rules test a field of an event, where rules test canonical fields as often as is said. */
function rulesOn(provider: string, id: EventId, field: string) {
  const tested = new Map(
    Object.entries({
      image: 30,
      'image (file name)': 4,
      commandline: 20,
      eventname: 7,
      'requestparameters.bucketname': 3,
      parentimage: 5,
    }),
  );
  return testedFields(eventVersions(provider, id), tested).find((it) => it.field === field);
}

describe('how many rules test the fields of an event', () => {
  test.each([
    ['Microsoft-Windows-Sysmon', 1, 'CommandLine', 20, false],
    ['Microsoft-Windows-Security-Auditing', 4688, 'NewProcessName', 30, false],
    ['Microsoft-Windows-Security-Auditing', 4688, 'TokenElevationType', 0, false],
    ['Microsoft Defender for Endpoint', 'ProcessCreated', 'FileName', 30, true],
    ['Microsoft Defender for Endpoint', 'ProcessCreated', 'FolderPath', 30, false],
    ['Microsoft Defender for Endpoint', 'ProcessCreated', 'ProcessCommandLine', 20, false],
    ['Elastic Endpoint', 'process start', 'process.command_line', 20, false],
    ['Elastic Endpoint', 'process start', 'process.parent.*', 5, false],
    ['CrowdStrike Falcon', 'ProcessRollup2', 'ImageFileName', 30, false],
    ['AWS CloudTrail', null, 'eventName', 7, false],
    ['AWS CloudTrail', null, 'requestParameters.*', 3, false],
  ] as const)('%s %s: %s', (provider, id, field, rules, isLeast) => {
    expect(rulesOn(provider, id, field)).toMatchObject({ rules, isLeast });
  });

  test('a field of several versions is there once', () => {
    const fields = testedFields(eventVersions('Microsoft-Windows-Security-Auditing', 4688), new Map()).map(
      ({ field }) => field,
    );
    expect(new Set(fields).size).toBe(fields.length);
  });
});
