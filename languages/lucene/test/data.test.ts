import { describe, expect, it } from 'vitest';
import { ANALYSED_FIELDS, isAnalysed, language } from '../src/index.ts';

describe('analysed fields', () => {
  it.each(ANALYSED_FIELDS)('$name is documented, and asked for terms', ({ name, documentation }) => {
    expect(documentation).toMatch(/^(Elastic Common Schema|Winlogbeat), .*\((text|match_only_text)\)$/);
    const field = name.replace('*', 'process.title');
    expect(isAnalysed(field)).toBe(true);
    const [query] = language.parse(`${field}:"Word"`).queries;
    expect(query?.indicators).toMatchObject([{ field, op: 'term', values: ['Word'], caseSensitive: false }]);
  });

  it('are no others', () => {
    for (const field of ['process.name', 'message.keyword', 'text', 'my.message', 'context'])
      expect(isAnalysed(field)).toBe(false);
  });
});

describe('networks', () => {
  it.each([
    ['source.ip', '10.0.0.0/8', 'cidr'],
    ['source.ip', '1.2.3.4/32', 'cidr'],
    ['source.ip', '2001:db8::/48', 'cidr'],
    ['source.ip', '::1/128', 'cidr'],
    ['source.ip', '10.0.0.1', 'eq'],
    ['source.ip', '10.0.0.0/33', 'eq'],
    ['source.ip', '::1/129', 'eq'],
    ['file.path', '/8', 'eq'],
    ['url.path', 'a/1', 'eq'],
    ['process.args', '0.0.0.0/0', 'eq'],
    ['process.command_line', '0.0.0.0/0', 'eq'],
    ['request_parameters.cidrIp', '0.0.0.0/0', 'eq'],
  ])('%s: "%s" is %s', (field, value, op) => {
    expect(language.parse(`${field}:"${value}"`).queries[0]?.indicators).toMatchObject([
      { op, values: [value] },
    ]);
  });
});
