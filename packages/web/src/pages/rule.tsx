import type { CatalogRule, IndicatorCount } from '@rulescope/catalog';
import type { Test } from '@rulescope/logic';
import type { ComponentChildren, JSX } from 'preact';
import { countFinder, groupTests } from '../indicator-groups.ts';
import { Diagnostics } from '../parts/lists.tsx';
import { Exclusions, Terms } from '../parts/logic.tsx';
import { References, Related, RuleFacts } from '../parts/metadata.tsx';
import { RuleText } from '../parts/rule-text.tsx';
import { Stages } from '../parts/stages.tsx';
import { ExpressionText, IndicatorTable } from '../parts/values.tsx';
import { Layout } from './layout.tsx';

/** Everything that the catalog knows of one rule. */
export function RulePage(props: {
  readonly rule: CatalogRule;
  readonly counts: readonly IndicatorCount[];
  /** The id of a rule of the catalog that another rule names, or null. */
  readonly resolve: (id: string) => string | null;
}): JSX.Element {
  const { rule, counts } = props;
  const { metadata, result } = rule;
  const find = countFinder(counts);
  const indicators = groupTests(withoutTerms(rule), 'include', find);
  const title = rule.title === '' ? rule.id : rule.title;
  return (
    <Layout title={title} section="rules">
      <nav class="crumbs" aria-label="Breadcrumbs">
        <a href="/">Rules</a> ›{' '}
        <a href={`/?${new URLSearchParams({ source: rule.source })}`}>{rule.source}</a>
      </nav>
      <h1>{title}</h1>
      <RuleFacts rule={rule} />
      {metadata.description !== null && <p class="prose">{metadata.description}</p>}
      {!rule.standalone && (
        <p class="quiet">This rule serves a correlation that names it and raises no alert of its own.</p>
      )}

      {result.diagnostics.length > 0 && (
        <Part id="diagnostics" title="Diagnostics">
          <Diagnostics diagnostics={result.diagnostics} lineAnchors />
        </Part>
      )}
      {result.where !== null && (
        <Part id="logic" title="What it looks for">
          <ExpressionText expression={result.where} />
        </Part>
      )}
      <Part id="exclusions" title="Exclusions">
        <p class="quiet">What the rule does not want, although the rest of its condition holds.</p>
        <Exclusions exclusions={result.exclusions} result={result} find={find} />
      </Part>
      <Part id="indicators" title="Indicators">
        <p class="quiet">
          Each row is a field, an operator and the values that the rule looks for, with the number of other
          rules in this catalog that look for the same. A high number points to a widely used indicator, none
          to one of this rule’s own.
        </p>
        {indicators.length === 0 ? (
          <p>None.</p>
        ) : (
          <IndicatorTable caption="Indicators" groups={indicators} polarity="include" />
        )}
      </Part>
      {result.terms.length > 0 && (
        <Part id="terms" title="Search terms">
          <p class="quiet">Texts that are searched in the whole event, not in one field.</p>
          <Terms result={result} counts={counts} />
        </Part>
      )}
      <Part id="stages" title="Stages and predicates">
        <Stages stages={result.stages} level={3} />
      </Part>
      <Part id="text" title="Rule text">
        <RuleText text={rule.text} />
      </Part>
      {metadata.falsePositives.length > 0 && (
        <Part id="false-positives" title="Known false positives">
          <ul>
            {metadata.falsePositives.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </Part>
      )}
      {metadata.tags.length > 0 && (
        <Part id="tags" title="Tags">
          <ul class="tags">
            {metadata.tags.map((tag) => (
              <li>{tag}</li>
            ))}
          </ul>
        </Part>
      )}
      {metadata.references.length > 0 && (
        <Part id="references" title="References">
          <References references={metadata.references} />
        </Part>
      )}
      {metadata.related.length > 0 && (
        <Part id="related" title="Related rules">
          <Related related={metadata.related} resolve={props.resolve} />
        </Part>
      )}
    </Layout>
  );
}

function Part(props: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section id={props.id}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** The indicators that ask about a field; the others are in the list of search terms. */
function withoutTerms(rule: CatalogRule): readonly Test[] {
  const terms = new Set(rule.result.terms.map((term) => term.value));
  return rule.result.indicators.filter(
    (test) => test.field !== null || !test.values.every((value) => terms.has(String(value))),
  );
}
