import type { RuleAttack } from '@rulescope/catalog';
import { plainLine } from './plain.ts';
import { columns } from './table.ts';

/** A rule's place in ATT&CK, a line each: techniques, the rule's own tactics, what the release does not have. */
export function renderAttack(attack: RuleAttack): readonly string[] {
  const { techniques, tactics, groups, software, others, unresolved } = attack;
  const rows = techniques.map(({ id, name, parent, tactics: served, asTagged, status }) => [
    id,
    plainLine(parent === null ? name : `${parent.name}: ${name}`),
    namesOf(served),
    notes(asTagged === id ? '' : `tagged ${asTagged}`, status === 'current' ? '' : status),
  ]);
  return [
    ...columns(rows, ['left', 'left', 'left', 'left']),
    ...listed('Own tactics', tactics.map(ownTactic)),
    ...listed('Groups', groups),
    ...listed('Software', software),
    ...listed(
      'Others',
      others.map(({ id }) => id),
    ),
    ...unresolved.map(({ tag, reason }) => plainLine(`Not resolved: ${tag}. ${reason}`)),
  ];
}

function ownTactic({ own, tactics }: RuleAttack['tactics'][number]): string {
  const now = namesOf(tactics);
  return now === plainLine(own.name) ? now : `${plainLine(own.name)} (now ${now})`;
}

function namesOf(tactics: readonly { readonly name: string }[]): string {
  return tactics.map(({ name }) => plainLine(name)).join(', ');
}

function notes(...parts: readonly string[]): string {
  return plainLine(parts.filter((part) => part !== '').join(', '));
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}: ${items.map(plainLine).join(', ')}`];
}
