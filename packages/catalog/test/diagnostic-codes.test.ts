import { diagnosticCodes, languages } from '@rulescope/catalog';
import { SHARED_CODES } from '@rulescope/logic';
import { expect, test } from 'vitest';

test('every diagnostic code is explained, once', () => {
  const all = [
    ...SHARED_CODES,
    ...languages.flatMap((language) => language.diagnosticCodes),
    ...diagnosticCodes,
  ];
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  for (const { code, title, help } of diagnosticCodes) {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).not.toMatch(/\.$/);
    expect(help).toMatch(/^[A-Z].{80,}\.$/);
  }
});
