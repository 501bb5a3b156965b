import type { Language } from '@rulescope/logic';
import { ANALYSED_FIELDS } from '@rulescope/logic/elastic';
import { describe, expect, it } from 'vitest';

/**
 * Checks that a language of Elasticsearch asks analysed fields for terms, and addresses for networks, whatever a query
 * looks like that asks a field for a value in quotes.
 */
export function comparesAsElasticsearchDoes(
  language: Language,
  query: (field: string, value: string) => string,
): void {
  const indicatorsOf = (field: string, value: string) =>
    language.parse(query(field, value)).queries[0]?.indicators;

  describe('analysed fields', () => {
    it.each(ANALYSED_FIELDS)('$name is asked for terms', ({ name }) => {
      const field = name.replace('*', 'process.title');
      const [found] = indicatorsOf(field, 'Word') ?? [];
      expect(found).toMatchObject({ field, op: 'term', values: ['Word'], caseSensitive: false });
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
      expect(indicatorsOf(field, value)).toMatchObject([{ op, values: [value] }]);
    });
  });
}
