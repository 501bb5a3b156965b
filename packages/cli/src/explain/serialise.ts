import { reasonOf } from '../errors.ts';
import { plainJson } from '../output/plain.ts';
import { explainCode, textDiagnostic } from './codes.ts';
import type { Answer } from './explain.ts';
import { failure } from './explain.ts';

/** An answer as JSON; with `indent` it takes several lines. */
export interface Serialised {
  /** The answer that the JSON holds. */
  readonly answer: Answer;
  readonly json: string;
}

/**
 * An answer as JSON. Where it cannot be written, as a text may hold no more than some 500 million characters,
 * the answer is that failure, with the same id.
 */
export function serialise(answer: Answer, indent?: number): Serialised {
  try {
    return { answer, json: plainJson(answer, indent) };
  } catch (error) {
    const message = `The result is too large to be written: ${reasonOf(error)}. Split the text.`;
    const told = textDiagnostic(explainCode('answer-too-large'), message);
    const instead = failure(answer.id ?? null, answer.language, told);
    return { answer: instead, json: plainJson(instead, indent) };
  }
}
