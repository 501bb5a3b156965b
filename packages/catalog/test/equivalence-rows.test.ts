import { describe, expect, test } from 'vitest';
import { OTHERS } from './equivalence-rows/others.ts';
import { PROCESSES } from './equivalence-rows/processes.ts';
import { REGISTRY_AND_FILES } from './equivalence-rows/registry-and-files.ts';
import {
  category,
  eql,
  esql,
  indicatorsOf,
  kql,
  kuery,
  service,
  spl,
  WINSEC,
} from './equivalence-rows/rules.ts';

const ROWS = [...PROCESSES, ...REGISTRY_AND_FILES, ...OTHERS];

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
