import type { Span } from '@rulescope/logic';
import { reporter } from '@rulescope/logic/parsing';
import { behavesLikeLanguage, runGoldenPairs } from '@rulescope/testing';
import { language } from '../src/index.ts';
import { splitCondition } from '../src/syntax/aggregation.ts';
import { type Condition, parseCondition, printCondition } from '../src/syntax/condition.ts';
import { MODIFIER_NAMES } from '../src/syntax/modifiers.ts';
import { entryOf, readYaml, textsOf } from '../src/text/yaml.ts';
import { SAMPLES } from './samples.ts';

/** The `detection`, `correlation` and `filter` parts of all documents, keys included. */
function detectionParts(text: string): readonly Span[] {
  return readYaml(text, reporter(text)).flatMap(({ root }) =>
    ['detection', 'correlation', 'filter'].flatMap((key) => {
      const span = entryOf(root, key)?.span;
      return span === undefined ? [] : [span];
    }),
  );
}

/** Every condition of a text, as it was parsed and as it reads after it was printed. */
function roundTrip(text: string): readonly [unknown, unknown] {
  const conditions = readYaml(text, reporter(text)).flatMap(({ root }) => {
    const detection = entryOf(root, 'detection') ?? entryOf(root, 'filter');
    return textsOf(entryOf(detection?.value ?? null, 'condition')?.value);
  });
  const parsed = conditions.map((condition) => parseCondition(splitCondition(condition).condition).condition);
  return [
    parsed.map(bare),
    parsed.map((condition) => bare(parseCondition(printCondition(condition)).condition)),
  ];
}

function bare(condition: Condition): unknown {
  return JSON.parse(JSON.stringify(condition, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

behavesLikeLanguage(language, {
  samples: SAMPLES,
  soup: [
    'title: t\n',
    'logsource:\n',
    '  product: windows\n',
    'detection:\n',
    '  s:\n',
    '  filter_a:\n',
    '    f: x\n',
    '    - ',
    '  condition: ',
    's',
    ' and ',
    ' or ',
    ' not ',
    '1 of ',
    'all of ',
    '(',
    ')',
    ' | count() by f > 5',
    '*',
    '\n',
    '---\n',
    'action: global\n',
    'correlation:\n',
    '  type: temporal\n',
    '  rules: [s]\n',
    'filter:\n',
    "'",
    '"',
    '&a ',
    '*a',
    '<<: ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '\t',
    'null',
    '0x1F',
    '\\',
    ...MODIFIER_NAMES.map((name) => `    f|${name}: [a, 1]\n`),
  ],
  nest: (depth) =>
    `title: t\nlogsource: {product: p}\ndetection:\n  s: {f: 1}\n  condition: ${'('.repeat(depth)}s${')'.repeat(depth)}\n`,
  covered: detectionParts,
  comments: /(?<=^|\s)#[^\n]*/g,
  roundTrip,
});

runGoldenPairs(language);
