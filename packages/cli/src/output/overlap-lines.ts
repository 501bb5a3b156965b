import { type OverlapSubject, percent } from './overlap.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plain.ts';
import { plural } from './words.ts';

/**
 * The rules of a folder, one a line: how much of it the closest rule looks for, its file, its title, and that rule. A
 * rule that the catalog has itself is `known`. Then how many there are of each kind.
 */
export function renderOverlapLines(subjects: readonly OverlapSubject[], paint: Paint): readonly string[] {
  const kinds = Map.groupBy(subjects, kindOf);
  const counts = KINDS.flatMap(([kind, words]) => {
    const number = kinds.get(kind)?.length ?? 0;
    return number === 0 ? [] : `${plural(number, 'rule')} ${words}`;
  });
  return [...subjects.map((subject) => renderLine(subject, paint)), `${counts.join(', ')}.`];
}

type Kind = 'unread' | 'known' | 'shared' | 'alone';

const KINDS: readonly (readonly [Kind, words: string])[] = [
  ['known', 'that the catalog has'],
  ['shared', 'close to one of it'],
  ['alone', 'with nothing in common'],
  ['unread', 'not understood'],
];

function kindOf({ understood, known, overlap }: OverlapSubject): Kind {
  if (understood === 'none') return 'unread';
  if (known || overlap.itself.length > 0) return 'known';
  return overlap.rules.length > 0 ? 'shared' : 'alone';
}

function renderLine(subject: OverlapSubject, paint: Paint): string {
  const { name, title, id, overlap } = subject;
  const rule = [plainLine(name), paint.heading(plainLine(title))].filter((part) => part !== '').join('  ');
  const [closest] = overlap.rules;
  switch (kindOf(subject)) {
    case 'unread':
      return `    ?  ${rule}  ${paint.error('not understood')}`;
    case 'known':
      return `known  ${rule}  = ${plainLine(overlap.itself[0]?.id ?? id ?? '')}`;
    case 'alone':
      return `    -  ${rule}`;
    case 'shared':
      return closest === undefined
        ? rule
        : `${percent(closest.share)}  ${rule}  ~ ${plainLine(closest.rule.id)}  ${plainLine(closest.rule.title)}`;
  }
}
