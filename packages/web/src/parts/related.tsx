import type { RelatedRule, RuleSummary } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { ruleHref } from '../links.ts';
import { RuleItems } from './lists.tsx';

/** What each relation says of the rule that is named; "related" in the Sigma Rules Specification. */
const NAMES: Readonly<Record<string, string>> = {
  derived: 'derived from',
  obsolete: 'replaces',
  obsoletes: 'replaces',
  merged: 'merged from',
  renamed: 'was once',
  similar: 'similar to',
};

/** The same seen from the rule that is named. */
const NAMED_BY: Readonly<Record<string, string>> = {
  derived: 'origin of',
  obsolete: 'replaced by',
  obsoletes: 'replaced by',
  merged: 'merged into',
  renamed: 'renamed to',
  similar: 'similar to',
};

/** How a related rule stands to this one, in words. */
function relationWords({ direction, type }: Pick<RelatedRule, 'direction' | 'type'>): string {
  const words = direction === 'names' ? NAMES : NAMED_BY;
  const known = Object.hasOwn(words, type) ? words[type] : undefined;
  return known ?? (direction === 'names' ? type : `${type} (says the other rule)`);
}

/** What took the place of a retired rule: the rules that say so of it. */
function replacements(related: readonly RelatedRule[]): readonly RelatedRule[] {
  return related.filter(
    ({ direction, type, rule }) =>
      direction === 'named-by' &&
      rule !== null &&
      ['obsolete', 'obsoletes', 'merged', 'renamed'].includes(type),
  );
}

/** The rules that a rule names and those that name it, each a link where the catalog holds it. */
export function Related({ related }: { readonly related: readonly RelatedRule[] }): JSX.Element {
  return (
    <ul class="related">
      {related.map((relation) => (
        <li>
          <span class="relation">{relationWords(relation)}</span> <RelatedLink relation={relation} />
        </li>
      ))}
    </ul>
  );
}

function RelatedLink({ relation }: { readonly relation: RelatedRule }): JSX.Element {
  const { rule, id } = relation;
  if (rule === null) {
    return (
      <>
        <code>{id}</code> <span class="note">not in this catalog</span>
      </>
    );
  }
  return (
    <>
      <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>{' '}
      {rule.status !== null && <span class="note">{rule.status}</span>}
    </>
  );
}

/** The other places where a rule stands: counts have all of them as one rule. */
export function Copies({ copies }: { readonly copies: readonly RuleSummary[] }): JSX.Element {
  return (
    <>
      <p class="quiet">Counts have all of these as one rule.</p>
      <RuleItems rules={copies} />
    </>
  );
}

/** A clear word on a rule that is no longer kept, and the way to what replaces it. */
export function RetiredNote(props: {
  readonly status: string | null;
  readonly related: readonly RelatedRule[];
}): JSX.Element {
  const found = replacements(props.related);
  return (
    <aside class="notice" aria-label="Status of this rule">
      <p>
        <strong>This rule is {props.status ?? 'retired'}.</strong> It is left out of lists and counts.{' '}
        {found.length === 0 && 'No rule of this catalog says that it replaces it.'}
      </p>
      {found.length > 0 && <Related related={found} />}
    </aside>
  );
}
