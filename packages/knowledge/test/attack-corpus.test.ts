import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attackOf, attackRelease, type RuleAttack } from '@rulescope/knowledge';
import { describe, expect, it } from 'vitest';

const corpus = fileURLToPath(new URL('../../../../shared/corpora/sigma', import.meta.url));
const changes = fileURLToPath(
  new URL('../../../../shared/knowledge/attack/v19-changes.json', import.meta.url),
);

/** Techniques that rules name although ATT&CK gave them up, each looked up by hand. */
const GIVEN_UP = new Map([
  // unsupported/network/net_possible_dns_rebinding.yml, an old rule. Deprecated without a replacement.
  ['T1043', 'Commonly Used Port'],
]);

interface Rule {
  readonly path: string;
  readonly tags: readonly string[];
}

/** The tags of a rule, by its lines alone: this test shares no code with the reader of Sigma. */
function tagsOf(text: string): readonly string[] {
  return [...text.matchAll(/^\s*-\s*['"]?(attack\.[^\s#'"]+)/gim)].map((match) => match[1] ?? '');
}

describe.skipIf(!existsSync(corpus))('the tags of the Sigma corpus (skipped without ../shared)', () => {
  const rules: readonly Rule[] = globSync('**/*.yml', { cwd: corpus }).map((path) => ({
    path,
    tags: tagsOf(readFileSync(join(corpus, path), 'utf8')),
  }));
  const placed = (version: '18.1' | '19.1'): readonly (Rule & RuleAttack)[] => {
    const release = attackRelease(version);
    return rules.map((rule) => ({ ...rule, ...attackOf(rule.tags, release) }));
  };

  it('all resolve in 19.1', () => {
    const resolved = placed('19.1');
    expect(resolved.reduce((sum, rule) => sum + rule.techniques.length, 0)).toBeGreaterThan(4000);
    expect(
      resolved.flatMap((rule) => rule.unresolved.map(({ reason }) => `${rule.path}: ${reason}`)),
    ).toEqual([]);
    const stale = resolved.flatMap((rule) => rule.techniques.filter(({ status }) => status !== 'current'));
    expect(new Map(stale.map(({ id, name }) => [id, name]))).toEqual(GIVEN_UP);
  });

  it('resolve in 18.1, save those that came with version 19', () => {
    const { added } = JSON.parse(readFileSync(changes, 'utf8'));
    const unresolved = placed('18.1').flatMap((rule) => rule.unresolved);
    for (const { tag, code } of unresolved) {
      expect(code, tag).toBe('other-release');
      expect(added).toHaveProperty([tag.replace('attack.', '').toUpperCase()]);
    }
    expect(new Set(unresolved.map(({ tag }) => tag))).toContain('attack.t1685');
  });

  it('agree with 19.1 on what is Stealth and what is Defense Impairment', () => {
    // SigmaHQ moved its rules to version 19 by itself: a second reading of what we derived.
    const strays = placed('19.1')
      .filter((rule) => rule.path.startsWith('rules') && rule.techniques.length > 0)
      .filter((rule) =>
        rule.tactics
          .filter(({ own }) => own.shortname === 'stealth' || own.shortname === 'defense-impairment')
          .some(({ own }) => !rule.techniques.some(({ ownTactics }) => ownTactics.includes(own.shortname))),
      );
    expect(strays.map((rule) => rule.path)).toEqual([]);
  });
});
