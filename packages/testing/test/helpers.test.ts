import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { emptyQuery, SCHEMA_VERSION } from '@rulescope/logic';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusFolder, oracleFile, PROJECT_ROOT, schemaFaults } from '../src/index.ts';
import { damaged, tokenSoup, truncations } from '../src/mutations.ts';

describe('shared files', () => {
  it('are looked for beside the project', () => {
    expect(existsSync(join(PROJECT_ROOT, 'packages', 'testing', 'package.json'))).toBe(true);
    expect(corpusFolder('no-such-corpus')).toBeNull();
    expect(oracleFile('no-such-oracle')).toBeNull();
  });

  const sigma = corpusFolder('sigma');
  it.skipIf(sigma === null)('are found where they are (needs ../shared/corpora/sigma)', () => {
    expect(sigma !== null && existsSync(join(sigma, 'rules'))).toBe(true);
  });
});

describe('mutations', () => {
  it('cut a text at places spread over it', () => {
    expect(truncations('abcdef', 3)).toEqual(['', 'ab', 'abcd']);
    expect(truncations('ab', 10)).toEqual(['', 'a']);
    expect(truncations('', 10)).toEqual([]);
  });

  it('delete and double parts of texts, and nothing else', () => {
    fc.assert(
      fc.property(damaged(['abcdefgh']), (text) => {
        expect(text).toMatch(/^[a-h]*$/);
        expect(text.length).toBeLessThanOrEqual(8 + 4 * 8);
      }),
    );
  });

  it('make texts of tokens alone', () => {
    fc.assert(
      fc.property(tokenSoup(['foo', '(']), (text) => {
        expect(text.replace(/foo|\(|\s/g, '')).toBe('');
      }),
    );
  });
});

describe('schemaFaults', () => {
  it('are none for a result, and say where one is for another value', () => {
    const result = { schema: SCHEMA_VERSION, id: null, ...emptyQuery('sigma', 'full') };
    expect(schemaFaults(result)).toEqual([]);
    expect(schemaFaults({ ...result, stages: [{}] }).join()).toContain('/stages/0');
    expect(schemaFaults(null)).not.toEqual([]);
  });
});
