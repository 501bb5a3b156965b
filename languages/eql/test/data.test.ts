import { STAGE_KINDS } from '@rulescope/logic';
import { lowersWildcards } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, functionNamed } from '../src/data/functions.ts';
import { PIPES, pipeNamed } from '../src/data/pipes.ts';
import { RELATIONS } from '../src/data/relations.ts';
import { language } from '../src/index.ts';

/** EQL function reference, its list of functions; `wildcard` is in that of 7.10 only. */
const ELASTIC_FUNCTIONS =
  'add between cidrMatch concat divide endsWith indexOf length modulo multiply number startsWith string stringContains substring subtract wildcard';
/** EQL syntax reference, "Differences from Endgame EQL syntax", and the functions of Endgame's tests. */
const ENDGAME_FUNCTIONS = 'arrayContains arrayCount arraySearch match matchLite safe';

function namesOf(
  rows: readonly { readonly name: string; readonly dialect: string }[],
  dialect: string,
): string {
  return rows
    .filter((row) => row.dialect === dialect)
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b))
    .join(' ');
}

describe('functions', () => {
  it('are those of the references', () => {
    expect(namesOf(FUNCTIONS, 'elasticsearch').split(' ')).toEqual(
      ELASTIC_FUNCTIONS.split(' ').sort((a, b) => a.localeCompare(b)),
    );
    expect(namesOf(FUNCTIONS, 'endgame')).toBe(ENDGAME_FUNCTIONS);
  });

  it.each(FUNCTIONS)('$name says what it takes, and where it is documented', (row) => {
    const [least, most] = row.arguments;
    expect(least).toBeGreaterThan(0);
    expect(most ?? least).toBeGreaterThanOrEqual(least);
    expect(row.documentation).toMatch(
      /^(Elasticsearch(?: 7\.10)?|Endgame EQL|elastic\/protections-artifacts), /,
    );
    expect(functionNamed(row.name.toUpperCase())).toBe(row);
  });

  it.each(FUNCTIONS)(
    '$name tells of a call with a wrong number of arguments',
    ({ name, arguments: [least, most] }) => {
      const given = Array.from({ length: most === null ? least - 1 : most + 1 }, () => 'a').join(', ');
      const [query] = language.parse(`any where ${name}(${given})`).queries;
      expect(query?.diagnostics.map(({ code }) => code)).toContain('eql-bad-arguments');
    },
  );
});

describe('pipes', () => {
  it('are those of the references', () => {
    expect(namesOf(PIPES, 'elasticsearch')).toBe('head tail');
    expect(namesOf(PIPES, 'endgame')).toBe('count filter sort unique unique_count');
  });

  it.each(PIPES)('$name is a stage of a known kind, and documented', (row) => {
    expect(STAGE_KINDS).toContain(row.kind);
    expect(row.documentation).toMatch(/^(Elasticsearch|Endgame EQL), .*"$/);
    expect(pipeNamed(row.name)).toBe(row);
    const [query] = language.parse(
      `any where true | ${row.name} ${row.passes === 'first' ? '1' : 'a'}`,
    ).queries;
    expect(query?.understood).toBe('full');
    expect(query?.stages[1]).toMatchObject({ name: row.name, kind: row.kind });
  });
});

describe('wildcards', () => {
  lowersWildcards(language, (pattern) => `any where a : "${pattern}"`);
});

describe('relations', () => {
  it.each(RELATIONS)('%s of […] is known', (name) => {
    expect(language.parse(`process where ${name} of [file where a == 1]`).queries[0]?.understood).toBe(
      'full',
    );
  });
});
