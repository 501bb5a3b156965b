import type { RuleFact } from '../types.ts';
import { textsOf } from './fields.ts';

/** What a rule says under one name; nothing where that is nothing. */
export function fact(name: string, value: unknown): readonly RuleFact[] {
  const values = textsOf(value);
  return values.length === 0 ? [] : [{ name, values }];
}

/** Techniques and tactics as the tags that Sigma rules have: what `attackOf` reads. */
export function attackTags(names: readonly string[]): readonly string[] {
  return [
    ...new Set(
      names.map(
        (name) =>
          `attack.${name
            .trim()
            .toLowerCase()
            .replaceAll(/[\s_]+/g, '-')}`,
      ),
    ),
  ];
}
