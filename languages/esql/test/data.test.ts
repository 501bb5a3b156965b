import { STAGE_KINDS } from '@rulescope/logic';
import { lowersWildcards } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { COMMANDS, commandNamed, OTHER_NAMES } from '../src/data/commands.ts';
import { castTo, FUNCTIONS, functionNamed } from '../src/data/functions.ts';
import { isTimeUnit } from '../src/data/units.ts';
import { language } from '../src/index.ts';

/** ES|QL reference, its lists of commands. */
const SOURCES = 'from promql row show ts';
const PROCESSING =
  'bottomk change_point completion dedup dense_vector dissect drop enrich eval fork fuse grok highlight inline_stats ip_location keep limit limitk lookup_join metrics_info mmr mv_expand registered_domain rename rerank sample sort stats topk ts_collapse ts_info uri_parts user_agent where';

/** ES|QL reference, some of its lists of functions, which are open where versions add to them. */
const LISTS: Readonly<Record<string, string>> = {
  'Conditional functions and expressions': 'case clamp clamp_max clamp_min coalesce greatest least',
  'Date and time functions':
    'date_diff date_extract date_format date_parse date_trunc day day_name hour month month_name now range_contains range_intersects range_max range_min range_within year',
  'IP functions': 'cidr_match ip_prefix network_direction',
  'Search functions': 'decay kql knn match match_phrase qstr score top_snippets',
};

const names = (rows: readonly { readonly name: string }[]): string =>
  rows
    .map(({ name }) => name.replaceAll(' ', '_'))
    .sort()
    .join(' ');

const sorted = (list: string): string => list.split(' ').sort().join(' ');

describe('commands', () => {
  it('are those of the reference', () => {
    expect(names(COMMANDS.filter(({ kind }) => kind === 'source'))).toBe(SOURCES);
    expect(names(COMMANDS.filter(({ documentation }) => documentation.includes('Processing')))).toBe(
      PROCESSING,
    );
  });

  it.each(COMMANDS)('$name is a stage of a known kind, and documented', (row) => {
    expect(STAGE_KINDS).toContain(row.kind);
    expect(row.documentation).toMatch(
      /^ES\|QL reference, (?:Source commands|Processing commands|Directives), ".*"$/,
    );
    expect(commandNamed(row.name)).toBe(row);
  });

  it.each([...OTHER_NAMES])('%s is another spelling of %s', (other, name) => {
    expect(commandNamed(other)).toBe(commandNamed(name));
  });
});

describe('functions', () => {
  const KINDS = ['condition', 'choice', 'value', 'clock', 'aggregate'];

  it('have a name, a kind and a page each, and no two the same name', () => {
    const all = FUNCTIONS.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
    expect(new Set(all).size).toBe(all.length);
    for (const row of FUNCTIONS) {
      expect(row.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(KINDS).toContain(row.kind);
      expect(row.page).toMatch(/^ES\|QL reference, .*(?:functions|expressions)$/);
      expect(Object.keys(row).filter((key) => !['name', 'kind', 'page', 'aliases'].includes(key))).toEqual(
        [],
      );
    }
  });

  it.each(Object.entries(LISTS))('of the page %s are those of the reference', (page, list) => {
    expect(names(FUNCTIONS.filter((row) => row.page.endsWith(`, ${page}`)))).toBe(sorted(list));
  });

  it.each(FUNCTIONS.filter(({ kind }) => kind === 'value'))(
    '$name around a field is kept in through',
    ({ name }) => {
      const [query] = language.parse(`from a | where ${name}(b) == 1`).queries;
      expect(query?.understood).toBe('full');
      expect(query?.indicators[0]).toMatchObject({ field: 'b', through: [name], op: 'eq', values: [1] });
    },
  );

  it('are called by their other names too', () => {
    expect(functionNamed('to_int')?.name).toBe('to_integer');
    expect(castTo('keyword')).toBe('to_string');
    expect(castTo('toString')).toBeNull();
  });
});

describe('units of time', () => {
  it.each(['1 day', '30 Days', '5m', '2 h', '1 quarter', '10 ms'])('%s is a span of time', (text) => {
    const [query] = language.parse(`from a | where b > now() - ${text}`).queries;
    expect(query?.understood).toBe('full');
  });

  it('are no other words', () => {
    expect(['by', 'desc', 'fortnight', 'constructor'].filter(isTimeUnit)).toEqual([]);
  });
});

describe('patterns of like', () => {
  lowersWildcards(language, (pattern) => `from a | where b like "${pattern}"`);
});
