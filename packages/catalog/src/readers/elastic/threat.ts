import type { RuleFact } from '../../types.ts';
import { attackTags, fact } from '../facts.ts';
import { type Fields, fieldsList, fieldsOf, textOf } from '../fields.ts';

/** What a rule says of its place in a framework: its own tactics and techniques. */
export interface Threat {
  readonly tags: readonly string[];
  readonly facts: readonly RuleFact[];
}

const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/;

/** The threat mapping of a rule: tactics, their techniques and sub-techniques. */
export function threatOf(threat: unknown, tactics: readonly string[] = []): Threat {
  const entries = fieldsList(threat);
  const attack = entries.filter(isAttack);
  const named = attack.flatMap((entry) => [
    ...textsIn(fieldsOf(entry.tactic).name),
    ...fieldsList(entry.technique).flatMap(techniquesOf),
  ]);
  const others = entries.filter((entry) => !isAttack(entry));
  return {
    tags: attackTags([...named, ...tactics]),
    facts: others.flatMap((entry) =>
      fact(textOf(entry.framework) ?? 'Framework', [
        nameWithId(fieldsOf(entry.tactic)),
        ...fieldsList(entry.technique).flatMap((technique) => [
          nameWithId(technique),
          ...fieldsList(technique.subtechnique).map(nameWithId),
        ]),
      ]),
    ),
  };
}

/** Techniques that stand alone in a list; those of MITRE ATLAS among them are facts. */
export function techniquesIn(ids: readonly string[]): Threat {
  return {
    tags: attackTags(ids.filter((id) => TECHNIQUE.test(id))),
    facts: fact(
      'MITRE ATLAS',
      ids.filter((id) => !TECHNIQUE.test(id)),
    ),
  };
}

function isAttack({ framework }: Fields): boolean {
  return textOf(framework)?.toUpperCase() !== 'MITRE ATLAS';
}

function techniquesOf(technique: Fields): readonly string[] {
  return [...textsIn(technique.id), ...fieldsList(technique.subtechnique).flatMap(({ id }) => textsIn(id))];
}

function textsIn(value: unknown): readonly string[] {
  const text = textOf(value);
  return text === null ? [] : [text];
}

function nameWithId({ id, name }: Fields): string {
  return [...textsIn(id), ...textsIn(name)].join(' ');
}
