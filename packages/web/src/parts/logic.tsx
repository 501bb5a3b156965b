import type { IndicatorCount, RuleResult } from '@rulescope/catalog';
import type { Exclusion, Expression, Test } from '@rulescope/logic';
import { visit } from '@rulescope/logic';
import type { JSX } from 'preact';
import type { CountFinder } from '../indicator-groups.ts';
import { stageName } from '../stage-path.ts';
import { CorpusCount, ExpressionText, TestTable, ValueText } from './values.tsx';

/** What a rule does not want: each exclusion as it is built, and its tests as a table. */
export function Exclusions(props: {
  readonly exclusions: readonly Exclusion[];
  readonly result: RuleResult;
  readonly find: CountFinder;
}): JSX.Element {
  const { exclusions, result, find } = props;
  if (exclusions.length === 0) return <p>None.</p>;
  return (
    <>
      {exclusions.map((exclusion, i) => (
        <section class="exclusion">
          <h3>
            Exclusion {i + 1} <span class="note">{stageName(result, exclusion.path)}</span>
          </h3>
          <ExpressionText label={`Exclusion ${i + 1}`} expression={exclusion.where} />
          <TestTable
            caption={`Tests of exclusion ${i + 1}`}
            tests={wantedTests(exclusion.where)}
            polarity="exclude"
            find={find}
          />
        </section>
      ))}
    </>
  );
}

/** Texts that are searched in the whole event. */
export function Terms(props: {
  readonly result: RuleResult;
  readonly counts: readonly IndicatorCount[];
}): JSX.Element {
  const { result, counts } = props;
  const keywords = new Map(
    counts
      .filter((count) => count.field === null)
      .map((count) => [`${count.polarity} ${count.shown}`, count]),
  );
  return (
    <table class="terms">
      <caption class="hidden">Search terms</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Term</th>
        </tr>
      </thead>
      <tbody>
        {result.terms.map((term) => {
          const count = keywords.get(`${term.polarity} ${term.value}`);
          return (
            <tr>
              <td>{stageName(result, term.path)}</td>
              <td>
                <ValueText value={term.value} />{' '}
                {term.polarity === 'exclude' && <span class="note">excluded</span>}{' '}
                {count !== undefined && (
                  <CorpusCount indicator={count} count={count.others} polarity={term.polarity} />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The tests of an exclusion that are not themselves negated. */
function wantedTests(where: Expression): readonly Test[] {
  const tests: Test[] = [];
  visit(where, (part, negated) => {
    if ('test' in part && !negated) tests.push(part.test);
  });
  return tests;
}
