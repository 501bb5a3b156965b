import { describe, expect, test } from 'vitest';
import { plainText, readMarkdown } from '../src/readers/markdown.ts';

/** Headings and lines by their words, fences by their label and code. */
function blocksOf(...lines: readonly string[]): readonly string[] {
  const text = lines.join('\n');
  return readMarkdown(text).map((block) => {
    if (block.kind === 'fence')
      return `[${block.label}] ${text
        .slice(...block.body)
        .trim()
        .replaceAll('\n', ' / ')}`;
    return block.kind === 'heading' ? `${'#'.repeat(block.level)} ${block.text}` : block.text;
  });
}

describe('the blocks of a page', () => {
  test.each([
    [
      'headings, lines and fences',
      ['# A', 'words', '', '```KQL', 'T', '| count', '```', '## B ##'],
      ['# A', 'words', '[KQL] T / | count', '## B'],
    ],
    ['tildes, and more signs than three', ['~~~~', '```', 'T', '~~~~', 'x'], ['[] ``` / T', 'x']],
    [
      'YAML before the page, its title alone',
      ['---', "title: 'A'", 'date: 2026-01-02', '---', 'x'],
      ['# A', 'x'],
    ],
    ['a line that is drawn, though', ['---', 'x', '', '# A'], ['---', 'x', '# A']],
    ['Windows line ends', ['# A\r', '```\r', 'T\r', '```\r', 'x'], ['# A', '[] T', 'x']],
    [
      'signs within a line are no fence',
      ['use ```T | count``` here', '```T``` too'],
      ['use ```T | count``` here', '```T``` too'],
    ],
    ['a fence that is not closed, to the end', ['```kql', 'T'], ['[kql] T']],
    [
      'a fence that is not closed, another one',
      ['```KQL', 'T', '```KQL', 'S', '```', 'x'],
      ['[KQL] T', '[KQL] S', 'x'],
    ],
    [
      'a fence that is not closed, a heading',
      ['```KQL', 'T', '', '## Sentinel', '```KQL', 'S', '```'],
      ['[KQL] T', '## Sentinel', '[KQL] S'],
    ],
    [
      'a fence without a label that is not closed',
      ['```', 'T', '## Sentinel', '```', 'S', '```'],
      ['[] T', '## Sentinel', '[] S'],
    ],
    [
      'a comment in a script is no heading',
      ['```powershell', '# list', 'Get-Item', '```'],
      ['[powershell] # list / Get-Item'],
    ],
    ['code glued to the label', ['```KQLSigninLogs', '| count', '```'], ['[KQL] SigninLogs / | count']],
    ['code behind the label', ['```kusto SigninLogs', '| count', '```'], ['[kusto] SigninLogs / | count']],
    ['code in the place of the label', ['```SigninLogs', '| count', '```'], ['[] SigninLogs / | count']],
    [
      'words behind the label that are no code',
      ['```KQL title', 'T', '| count', '```'],
      ['[KQL] T / | count'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(blocksOf(...lines)).toEqual(expected);
  });

  test('cover the page in order, each once', () => {
    const text = '# A\n\nwords\n```\nT\n```\n```kql\nS\n## B\nmore';
    const spans = readMarkdown(text).map(({ span }) => span);
    expect(spans.flat()).toEqual(spans.flat().toSorted((a, b) => a - b));
    expect(spans.at(-1)?.[1]).toBe(text.length);
  });
});

test.each([
  ['**Bold** and *thin* words', 'Bold and thin words'],
  ['see [the notes](https://example.org/a_(b)) there', 'see the notes there'],
  ['2 * 3 * 4', '2 * 3 * 4'],
])('words without marks: %s', (line, expected) => {
  expect(plainText(line)).toBe(expected);
});
