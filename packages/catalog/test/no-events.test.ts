import { noCoverageReason } from '@rulescope/catalog';
import type { Source } from '@rulescope/logic';
import { expect, test } from 'vitest';
import { eventsOfQuery } from '../src/analyse/canonical.ts';
import { languages } from '../src/languages.ts';

function reason(language: string, text: string): string | null | undefined {
  const query = languages.find(({ id }) => id === language)?.parse(text).queries[0];
  return query && noCoverageReason(query, eventsOfQuery(query).coverage);
}

test('a query without event coverage says of which source nothing is known', () => {
  expect(reason('spl', 'index=wineventlog EventCode=4768')).toBe(
    'No event coverage: nothing tells which events of index wineventlog are meant.',
  );
  expect(reason('eql', 'any where true')).toBe('No event coverage: the query names no source of events.');
  const sources = ['a', 'b', 'b', 'c', 'd', 'e'].map((value): Source => ({ kind: 'table', value }));
  expect(noCoverageReason({ language: 'kql', sources }, [])).toBe(
    'No event coverage: nothing tells which events of table a, table b, table c and 2 others are meant.',
  );
});

test('a log source of which Sigma documents no events says so', () => {
  const sources = [{ kind: 'logsource', value: 'macos/process_creation/' }];
  expect(noCoverageReason({ language: 'sigma', sources }, [])).toMatch(
    /^No event coverage: Sigma names no provider for macOS/,
  );
});

test('nothing is said where there is coverage', () => {
  expect(reason('kql', 'DeviceProcessEvents | where FileName == "a"')).toBeNull();
});
