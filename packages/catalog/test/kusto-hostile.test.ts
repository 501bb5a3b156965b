import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recognise } from '../src/readers/index.ts';

/** Pieces that mean something to a reader of pages, templates, rules and queries. */
const PIECES = [
  '# ',
  '## Query\n',
  '```',
  '```KQL\n',
  '~~~',
  '\n',
  '|',
  '| where ',
  '[',
  '](',
  ')',
  '**',
  '**ID:** ',
  ': ',
  '---\n',
  ' ',
  '\t',
  '// ',
  'T',
  'let a = 1;',
  '"',
  "'",
  '@"',
  '\\',
  '%%a%%',
  '%%a:1%%',
  'T1059',
  '{',
  '}',
  '"properties":',
  '"query":"',
  '"displayName":"a"',
  'alertRules',
  'name: a\n',
  'query: |\n  T\n',
  'tactics: []\n',
  'https://example.org/(',
  '.',
  ',',
  '\u200b',
  '\r\n',
  '<a>',
  '_',
];

const PATHS = ['a.md', 'a.kql', 'a.txt', 'a.json', 'a.yaml', 'a'];

/** Reads a text as a build does with a file of that name. */
function read(path: string, text: string): readonly (readonly [string, number, number])[] {
  const known = recognise(path, text, false);
  if (known?.role !== 'rules' || !/^(?:kusto|sentinel)-/.test(known.format.name)) return [];
  const { rules } = known.format.read(text, []);
  return rules.map((rule) => [rule.text, rule.query.offset, text.indexOf(rule.text, rule.query.offset)]);
}

describe('whatever stands in a file', () => {
  test('nothing is thrown, and a rule’s text is that of its place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PATHS),
        fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }),
        (path, pieces) => {
          const text = pieces.join('');
          for (const [own, offset, found] of read(path, text)) {
            expect(found).toBe(offset);
            expect(own).not.toBe('');
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  // A reader that is not linear would take hours.
  test.each(PIECES)('many times over, it is read in a moment: %j', (piece) => {
    for (const path of PATHS) {
      for (const text of [
        piece.repeat(10_000),
        `# A\n${piece.repeat(10_000)}x`,
        `// ${piece.repeat(10_000)}\nT | where a`,
      ]) {
        if (path !== 'a.kql') read(path, text);
      }
      const inPage = `# A\n${piece.repeat(10_000)}\n\`\`\`kql\nT\n\`\`\`\n`;
      expect(read('a.md', inPage).length).toBeLessThan(50_000);
    }
  });

  test('a template that is nested deeply is read in a moment', () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const text = `{"type": "alertRules", "properties": {"displayName": "a", "query": "T"}, "b": ${deep}}`;
    expect(read('a.json', text).length).toBe(1);
  });
});
