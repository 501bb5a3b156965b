import { type Expression, printExpression } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import { readSigma } from '../src/index.ts';

const HEAD = 'title: t\nlogsource:\n  product: windows\ndetection:\n';

/** The one rule of a text that has this detection, indented by two blanks. */
function rule(detection: string) {
  const [read] = readSigma(HEAD + detection).rules;
  if (read === undefined) throw new Error('no rule');
  return read;
}

function shown(where: Expression | null): string | null {
  return where === null ? null : printExpression(where);
}

const SELECTIONS = ['a', 'b', 'c'].map((name) => `  ${name}:\n    F: ${name}\n`).join('');

describe('stages', () => {
  it.each<[string, readonly string[]]>([
    ['c and a and b', ['condition', 'c', 'a', 'b']],
    ['all of them', ['condition', 'a', 'b', 'c']],
    ['a and not b and not c', ['condition', 'a', 'not b', 'not c']],
    ['a and not (b or c)', ['condition', 'a', 'not b', 'not c']],
    ['a and not (b and c)', ['condition', 'a', 'not (b and c)']],
    ['a and not (b and not c)', ['condition', 'a', 'not (b and not c)']],
    ['a and not 1 of *', ['condition', 'a', 'not *']],
    ['a and not all of *', ['condition', 'a', 'not all of *']],
    ['a and not not b', ['condition', 'a', 'b', 'c']],
    ['(a and b) or (a and not b)', ['condition', 'a', 'b', 'not b', 'c']],
    ['b', ['condition', 'b', 'a', 'c']],
  ])('of the condition "%s"', (condition, names) => {
    const { stages } = rule(`${SELECTIONS}  condition: ${condition}\n`);
    expect(stages.map((stage) => stage.name)).toEqual(names);
    expect(stages.map((stage) => stage.index)).toEqual(names.map((_, i) => i));
  });

  it('a selection that the condition never uses is declared, and warned of', () => {
    const { stages, diagnostics, indicators } = rule(`${SELECTIONS}  condition: a and b\n`);
    expect(stages[3]).toMatchObject({ name: 'c', kind: 'declare' });
    expect(diagnostics).toMatchObject([
      { code: 'sigma-unused-selection', severity: 'warning', line: 9, column: 3 },
    ]);
    expect(indicators.map((indicator) => indicator.values)).toEqual([['a'], ['b']]);
  });

  it('have the text of their selection without its indentation', () => {
    const { stages } = rule('    sel:\n        - F: 1\n          G: 2\n    condition: sel\n');
    expect(stages[1]?.text).toBe('sel:\n    - F: 1\n      G: 2');
    expect(stages[0]?.text).toBe('sel');
  });

  it('take in the comments above their selection, behind it, and below the last', () => {
    const detection = '  # one\n  s:\n    F: 1 # two\n  condition: s\n  # three\n# four\nlevel: low\n';
    const { stages } = rule(detection);
    const text = HEAD + detection;
    expect(stages.map((stage) => stage.spans.map(([start, end]) => text.slice(start, end)))).toEqual([
      ['detection:', 'condition: s\n  # three'],
      ['# one\n  s:\n    F: 1 # two'],
    ]);
  });

  it('lie where the text has them', () => {
    const detection = `  s: # first\n    F|contains: 'x'\n  condition: s\n`;
    const { stages } = rule(detection);
    const text = HEAD + detection;
    expect(stages.map((stage) => stage.spans.map(([start, end]) => text.slice(start, end)))).toEqual([
      ['detection:', 'condition: s'],
      ["s: # first\n    F|contains: 'x'"],
    ]);
  });
});

describe('exclusions', () => {
  it('keep their And, and part at their Or', () => {
    const { exclusions } = rule(
      '  s:\n    F: 1\n  filter_a:\n    G: 2\n    H: 3\n  filter_b:\n    - I: 4\n    - J: 5\n  condition: s and not 1 of filter_*\n',
    );
    expect(exclusions.map(({ where }) => shown(where))).toEqual(['G = 2 and H = 3', 'I = 4', 'J = 5']);
  });

  it('of a part that must not match as a whole are one', () => {
    const { exclusions, indicators } = rule(`${SELECTIONS}  condition: a and not (b and not c)\n`);
    expect(exclusions.map(({ where, path }) => [shown(where), path])).toEqual([
      ['F = "b" and not (F = "c")', '/stages/2'],
    ]);
    expect(indicators.map((indicator) => indicator.values)).toEqual([['a'], ['c']]);
  });
});

describe('conditions', () => {
  it('of a list are joined with or', () => {
    const { where, stages } = rule(`${SELECTIONS}  condition:\n    - a and b\n    - c\n`);
    expect(shown(where)).toBe('F = "a" and F = "b" or F = "c"');
    expect(stages[0]).toMatchObject({ text: 'a and b\nc', understood: 'full' });
  });

  it('that ask for two of three are every pair', () => {
    const { where } = rule(`${SELECTIONS}  condition: 2 of *\n`);
    expect(shown(where)).toBe('F = "a" and F = "b" or F = "a" and F = "c" or F = "b" and F = "c"');
  });

  it.each([
    ['a and d', 'sigma-unknown-selection', 'd'],
    ['1 of x_*', 'sigma-unknown-selection', '1 of x_*'],
    ['4 of *', 'sigma-bad-condition', '4 of *'],
    ['0 of *', 'sigma-bad-condition', '0 of *'],
    ['a and (b or', 'sigma-bad-condition', ''],
    ['a b', 'sigma-bad-condition', 'b'],
  ])('"%s" names its problem where it stands', (condition, code, place) => {
    const detection = `${SELECTIONS}  condition: ${condition}\n`;
    const { diagnostics, understood } = rule(detection);
    expect(understood).toBe('partial');
    expect(diagnostics[0]?.code).toBe(code);
    expect((HEAD + detection).slice(...(diagnostics[0]?.span ?? [0, 0]))).toBe(place);
  });

  it('are located through folded lines, quotes and escapes', () => {
    for (const written of [
      '>-\n    a and\n    nowhere\n    or b',
      '|\n    a and\n    nowhere or b\n',
      '"a\\u0020and nowhere"',
      "'a and nowhere'",
      'a\n    and\n\n    nowhere',
    ]) {
      const text = `${HEAD}${SELECTIONS}  condition: ${written}\n`;
      const [read] = readSigma(text).rules;
      const found = read?.diagnostics.find(({ code }) => code === 'sigma-unknown-selection');
      expect(text.slice(...(found?.span ?? [0, 0])), written).toBe('nowhere');
    }
  });

  it('may be missing: the selections are still shown', () => {
    const { diagnostics, where, understood, stages } = rule('  s:\n    F: 1\n');
    expect(diagnostics.map(({ code }) => code)).toEqual(['sigma-missing-condition']);
    expect(where).toBeNull();
    expect(understood).toBe('none');
    expect(stages.map(({ name, kind }) => [name, kind])).toEqual([
      ['condition', 'filter'],
      ['s', 'declare'],
    ]);
  });
});

describe('aggregations in the retired pipe form', () => {
  it('count is a stage of its own, its test derived; the filter before it is the rule’s', () => {
    const { where, stages, indicators, understood } = rule(
      '  s:\n    F: 1\n  timeframe: 5m\n  condition: s | count(G) by H, I >= 5\n',
    );
    expect(understood).toBe('full');
    expect(shown(where)).toBe('F = 1');
    expect(stages[2]).toMatchObject({
      name: 'count',
      kind: 'aggregate',
      text: 'count(G) by H, I >= 5\ntimeframe: 5m',
      where: { test: { field: 'G', through: ['count'], op: 'ge', values: [5], derived: true } },
    });
    expect(stages[0]?.text).toBe('s');
    expect(indicators.map(({ field, derived }) => [field, derived])).toEqual([
      ['F', false],
      ['G', true],
    ]);
  });

  it('count() without a field is a test on the count itself', () => {
    const { stages } = rule('  s:\n    F: 1\n  condition: s | count() > 3\n');
    expect(stages[2]?.where).toMatchObject({
      test: { field: 'count()', through: [], op: 'gt', values: [3] },
    });
  });

  it('near is a sequence: the rule has no filter on one event', () => {
    const { where, stages } = rule(`${SELECTIONS}  condition: a | near b and not c\n`);
    expect(where).toBeNull();
    expect(stages.map(({ name, kind }) => [name, kind])).toEqual([
      ['condition', 'filter'],
      ['a', 'filter'],
      ['b', 'filter'],
      ['not c', 'filter'],
      ['near', 'sequence'],
    ]);
  });

  it('what is neither is kept as unknown', () => {
    const { stages, understood, diagnostics } = rule('  s:\n    F: 1\n  condition: s | sort by x\n');
    expect(understood).toBe('none');
    expect(diagnostics.map(({ code }) => code)).toEqual(['sigma-bad-aggregation']);
    expect(stages[2]?.where).toMatchObject({ unknown: { text: 'sort by x' } });
  });
});

describe('keys given twice', () => {
  it('keep both selections, take the last condition, and cover all of them', () => {
    const detection = '  a:\n    A: 1\n  a:\n    A: 2\n  condition: a\n  condition: not a\n';
    const { where, stages, understood } = rule(detection);
    expect(understood).toBe('partial');
    expect(shown(where)).toBe('not (A = 1 and A = 2)');
    const covered = stages.flatMap(({ spans }) => spans).map((span) => (HEAD + detection).slice(...span));
    expect(covered.sort()).toEqual([
      'a:\n    A: 1',
      'a:\n    A: 2',
      'condition: a',
      'condition: not a',
      'detection:',
    ]);
  });
});

describe('selections', () => {
  it('of mixed lists keep their order, keywords together', () => {
    const { where } = rule("  s:\n    - one\n    - F: 2\n    - 'th*ree'\n  condition: s\n");
    expect(shown(where)).toBe(
      'contains "one" or wildcard "*th*ree*" or F = 2'
        .replace('contains "one"', shown({ test: keyword('contains', 'one') }) ?? '')
        .replace('wildcard "*th*ree*"', shown({ test: keyword('wildcard', '*th*ree*') }) ?? ''),
    );
  });

  it('part values by operator, in the order in which the operators come', () => {
    const { where } = rule("  s:\n    F: ['*a', 'b', '*c', 7]\n  condition: s\n");
    expect(shown(where)).toBe('F ends_with any of ("a", "c") or F = any of ("b", 7)');
  });

  it('with null in a list are read as "or null", and warned of', () => {
    const { where, diagnostics } = rule("  s:\n    F: ['', null]\n  condition: s\n");
    expect(JSON.stringify(where)).toContain('"op":"is_null"');
    expect(diagnostics.map(({ code }) => code)).toEqual(['sigma-null-in-list']);
  });
});

function keyword(op: 'contains' | 'wildcard', value: string) {
  return {
    field: null,
    through: [],
    op,
    values: [value],
    quantifier: 'any' as const,
    caseSensitive: false,
    transforms: [],
    derived: false,
    implied: false,
    via: null,
    span: [0, 0] as const,
  };
}
