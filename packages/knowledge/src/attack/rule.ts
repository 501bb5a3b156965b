import type { Unresolved } from './lookup.ts';
import type { AttackRelease } from './model.ts';
import { type ResolvedTactic, resolveTactic } from './tactic.ts';
import { type AttackObjectKind, attackTag } from './tag.ts';
import { type ResolvedTechnique, resolveTechnique } from './technique.ts';

/** A rule's place in ATT&CK: what its tags name, each in the order of the tags. */
export interface RuleAttack {
  readonly techniques: readonly RuleTechnique[];
  readonly tactics: readonly ResolvedTactic[];
  /** Groups (`G0016`) and software (`S0002`), as tagged: releases are not asked whether they exist. */
  readonly groups: readonly string[];
  readonly software: readonly string[];
  /** Data sources, mitigations and assets, as tagged. */
  readonly others: readonly RuleAttackObject[];
  /** Tags of the namespace that the release has nothing for. */
  readonly unresolved: readonly UnresolvedTag[];
}

/** A technique of a rule. Two tags may resolve to one id, where one of them is older. */
export interface RuleTechnique extends ResolvedTechnique {
  /** The rule's own tactics that it goes with: the short names of those tags that are tactics of it. */
  readonly ownTactics: readonly string[];
}

export interface RuleAttackObject {
  readonly kind: Exclude<AttackObjectKind, 'technique' | 'group' | 'software'>;
  readonly id: string;
}

export interface UnresolvedTag {
  readonly tag: string;
  readonly code: Unresolved['code'];
  /** A sentence for a reader. */
  readonly reason: string;
}

/**
 * A rule's place in ATT&CK, from its Sigma tags: those of the namespace `attack`; others are passed over, and a
 * tag that is there twice counts once. Where the release split a tactic that the rule names, the rule's
 * techniques decide which part is meant; all parts stay where they decide nothing.
 */
export function attackOf(tags: readonly string[], release: AttackRelease): RuleAttack {
  const techniques: ResolvedTechnique[] = [];
  const tactics: ResolvedTactic[] = [];
  const groups: string[] = [];
  const software: string[] = [];
  const others: RuleAttackObject[] = [];
  const problems: UnresolvedTag[] = [];
  for (const tag of attackTags(tags)) {
    const named = attackTag(tag);
    // Null is no verdict: a release that the user brings may have tactics that we don't know.
    if (named === null || named.kind === 'tactic') {
      const tactic = resolveTactic(tag.slice(NAMESPACE.length), release);
      if (tactic.resolved) tactics.push(tactic);
      else problems.push(problemOf(tag, tactic));
      continue;
    }
    switch (named.kind) {
      case 'technique': {
        const technique = resolveTechnique(named.id, release);
        if (technique.resolved) techniques.push(technique);
        else problems.push(problemOf(tag, technique));
        break;
      }
      case 'group':
        groups.push(named.id);
        break;
      case 'software':
        software.push(named.id);
        break;
      default:
        others.push({ kind: named.kind, id: named.id });
    }
  }
  const meant = tactics.map((tactic) => narrowed(tactic, techniques));
  return {
    techniques: techniques.map((technique) => ({ ...technique, ownTactics: ownTactics(technique, meant) })),
    tactics: meant,
    groups,
    software,
    others,
    unresolved: problems,
  };
}

const NAMESPACE = 'attack.';

/** The tags of the namespace, each once, however it is spelled. */
function attackTags(tags: readonly string[]): readonly string[] {
  const distinct = new Map<string, string>();
  for (const tag of tags) {
    const key = tag.toLowerCase().replaceAll('_', '-');
    if (key.startsWith(NAMESPACE) && !distinct.has(key)) distinct.set(key, tag);
  }
  return [...distinct.values()];
}

function narrowed(tactic: ResolvedTactic, techniques: readonly ResolvedTechnique[]): ResolvedTactic {
  if (tactic.tactics.length < 2) return tactic;
  const meant = tactic.tactics.filter(({ id }) =>
    techniques.some((technique) => technique.tactics.some((candidate) => candidate.id === id)),
  );
  return meant.length === 0 ? tactic : { ...tactic, tactics: meant };
}

function ownTactics(technique: ResolvedTechnique, tactics: readonly ResolvedTactic[]): readonly string[] {
  const ids = new Set(technique.tactics.map((tactic) => tactic.id));
  return tactics
    .filter((tactic) => tactic.tactics.some(({ id }) => ids.has(id)))
    .map((tactic) => tactic.own.shortname);
}

function problemOf(tag: string, { code, reason }: Unresolved): UnresolvedTag {
  return { tag, code, reason };
}
