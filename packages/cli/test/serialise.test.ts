import { expect, test } from 'vitest';
import { explainCode, textDiagnostic } from '../src/explain/codes.ts';
import { failure } from '../src/explain/explain.ts';
import { serialise } from '../src/explain/serialise.ts';

const ANSWER = failure('one', 'sigma', textDiagnostic(explainCode('explain-failed'), 'x'));

test('an answer is written as JSON', () => {
  expect(JSON.parse(serialise(ANSWER).json)).toEqual(ANSWER);
  expect(serialise(ANSWER).answer).toBe(ANSWER);
});

test('one that cannot be written is answered by that failure, with its id', () => {
  // V8's own error, without the 500 million characters that cause it.
  const endless = { ...ANSWER, understood: 'full' } as const;
  Object.defineProperty(endless, 'stages', {
    enumerable: true,
    get: () => {
      throw new RangeError('Invalid string length');
    },
  });
  for (const indent of [undefined, 2]) {
    const { answer, json } = serialise(endless, indent);
    expect(JSON.parse(json)).toEqual(answer);
    expect(answer).toMatchObject({
      id: 'one',
      language: 'sigma',
      understood: 'none',
      diagnostics: [{ code: 'answer-too-large', line: 1, column: 1 }],
    });
  }
});
