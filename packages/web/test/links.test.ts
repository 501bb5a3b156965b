import { expect, test } from 'vitest';
import { indicatorHref, ruleHref, safeLink } from '../src/links.ts';
import { stageName } from '../src/stage-path.ts';
import { sampleRule } from './sample-catalog.ts';

test.each([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  [' http://example.org ', 'http://example.org/'],
  ['javascript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,x', null],
  ['//example.org', null],
  ['example.org', null],
  ['ftp://example.org/', null],
  ['', null],
])('safeLink(%j) is %j', (address, href) => {
  expect(safeLink(address)).toBe(href);
});

test('an address survives any id, lone surrogates too', () => {
  expect(ruleHref('sigma/a b#0')).toBe('/rules/sigma/a%20b%230');
  expect(ruleHref('sigma/..')).toBe('/rules/?id=sigma%2F..');
  expect(ruleHref('sigma/\ud800')).toBe('/rules/sigma/%EF%BF%BD');
});

test('a value that no address can hold is not linked', () => {
  const key = { field: 'a', op: 'eq', value: 'x'.repeat(100_000), encoding: '' } as const;
  expect(indicatorHref(key)).toBeNull();
  expect(indicatorHref({ ...key, value: 'x', encoding: 'wide' }, 'sigma')).toBe(
    '/indicators?field=a&op=eq&value=x&encoding=wide&platform=sigma',
  );
});

test('stageName follows a JSON Pointer into nested queries', () => {
  const { result } = sampleRule('sigma/1');
  const outer = {
    ...result,
    stages: [{ ...result.stages[0], index: 0, name: 'join', queries: [result] }],
  } as typeof result;
  expect(stageName(result, '/stages/1')).toBe('selection');
  expect(stageName(outer, '/stages/0/queries/0/stages/2')).toBe('join › not filter');
  expect(stageName(outer, '/stages/9')).toBe('');
  expect(stageName(outer, '')).toBe('');
});
