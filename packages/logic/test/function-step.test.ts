import { describe, expect, it } from 'vitest';
import { FIELD_PLACE, stepArgument, stepName } from '../src/parsing.ts';

describe('stepName', () => {
  it('is the name alone without other arguments', () => {
    expect(stepName('length', [])).toBe('length');
    expect(stepName('length', [FIELD_PLACE])).toBe('length');
  });

  it('shows the other arguments, and the place of a field that is not the first', () => {
    expect(stepName('substring', [FIELD_PLACE, '0', '3'])).toBe('substring(0, 3)');
    expect(stepName('concat', [stepArgument('a'), FIELD_PLACE])).toBe('concat("a", _)');
    expect(stepName('trim', [stepArgument(FIELD_PLACE)])).toBe('trim("_")');
  });

  it('tells long arguments apart that start alike, and bounds them', () => {
    const [one, other] = ['a', 'b'].map((end) => stepName('f', [stepArgument('x'.repeat(5_000) + end)]));
    expect(one).not.toBe(other);
    expect(one?.length).toBeLessThan(250);
  });
});

it('stepArgument writes what two values differ in', () => {
  expect([1, '1', true, null, 'say "x\\"'].map(stepArgument)).toEqual([
    '1',
    '"1"',
    'true',
    'null',
    String.raw`"say \"x\\\""`,
  ]);
});
