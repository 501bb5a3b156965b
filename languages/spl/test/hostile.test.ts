import { describe, expect, it } from 'vitest';
import { language, type MacroDefinition, macroKey, parseSpl } from '../src/index.ts';

/** Texts that cost a careless parser time or stack; each must end, and say what is wrong. */
const MANY = 20_000;
const texts: readonly (readonly [string, string])[] = [
  ['parentheses', '('.repeat(MANY)],
  ['brackets', '['.repeat(MANY)],
  ['subsearches that are never closed', '[search a '.repeat(MANY)],
  ['quotation marks', '"a '.repeat(MANY)],
  ['back-ticks', '`'.repeat(MANY)],
  ['pipes', '|'.repeat(MANY)],
  ['NOTs', 'NOT '.repeat(MANY)],
  ['ORs', 'a OR '.repeat(MANY)],
  ['a list without an end', `a IN (${'"b",'.repeat(MANY)}`],
  ['TERMs that are never closed', 'TERM('.repeat(MANY)],
  ['functions in functions', `| where ${'lower('.repeat(MANY)}`],
  ['choices in choices', `| where ${'if(a=1,'.repeat(MANY)}`],
  ['functions of stats that are never closed', `| stats ${'count('.repeat(MANY)}`],
  ['names that are built upon each other', `| eval ${many((i) => `v${i + 1}=v${i}`, ',')} | where v9="x"`],
  ['commands', many(() => 'a=b', ' | search ')],
  ['XORs', `| where ${'a="b" XOR '.repeat(MANY)}c=1`],
  ['unions', `index=a${' | append [search c=d] | search e=f'.repeat(2_000)}`],
  ['appends', `index=a${' | append [search c=d]'.repeat(4_000)}`],
  ['renames', `| rename ${many((i) => `a${i} as a${i + 1}`, ',')}`],
  [
    'choices that repeat each other',
    `| eval ${many((i) => `v${i + 1}=if(v${i}=1 OR v${i}=1,1,0)`, ',', 200)} | where v200=1`,
  ],
];

function many(part: (i: number) => string, between: string, count = MANY): string {
  return Array.from({ length: count }, (_, i) => part(i)).join(between);
}

describe('hostile searches', () => {
  it.each(texts)('end: %s', (_name, text) => {
    const [query] = language.parse(text).queries;
    expect(query?.stages.length).toBeGreaterThan(0);
    expect(query?.diagnostics.length).toBeLessThan(3_000);
  });

  const macros = new Map<string, MacroDefinition>(
    [
      { name: 'loop', parameters: [], definition: 'a=b `loop`' },
      { name: 'two', parameters: [], definition: '`two` `two`' },
      ...Array.from({ length: 12 }, (_, i) => ({
        name: `m${i}`,
        parameters: [],
        definition: `\`m${i + 1}\` `.repeat(10),
      })),
    ].map((macro) => [macroKey(macro.name, 0), macro]),
  );

  it.each(['`loop`', '`two`', '`m0`'])('a macro without end is said to be one: %s', (text) => {
    const [query] = parseSpl(text, { macros, lookups: new Map() }).queries;
    expect(query?.diagnostics.map(({ code }) => code)).toContain('spl-macro-too-deep');
  });
});
