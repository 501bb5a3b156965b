import { languages, missingNames, notCompared } from '@rulescope/catalog';
import type { LanguageId } from '@rulescope/logic';
import type { JSX } from 'preact';
import type { ComparedRule, Comparison } from '../compare.ts';
import { ruleHref } from '../links.ts';
import { Diagnostics } from '../parts/lists.tsx';
import { OverlapList, ShareNote, TooCommon } from '../parts/overlap.tsx';
import { IndicatorList, OwnIndicators } from '../parts/own-indicators.tsx';
import { LONGEST_RULE } from '../request.ts';
import { formatNumber, plural, understoodWords, unreadWords } from '../words.ts';
import { Layout } from './layout.tsx';

interface ComparePageProps {
  /** What was pasted; empty before anything was. */
  readonly query: string;
  readonly language: LanguageId | null;
  /** Null before anything was pasted. */
  readonly comparison: Comparison | null;
}

/** A form for a new rule, and the rules of the catalog that look for the same. */
export function ComparePage({ query, language, comparison }: ComparePageProps): JSX.Element {
  return (
    <Layout title="Compare a rule" section="compare">
      <h1>Compare a rule</h1>
      {comparison?.kind === 'refused' && (
        <div class="notice" role="alert">
          <p>{comparison.reason}</p>
        </div>
      )}
      <p class="lede">
        Which rules of this catalog look for the same as a new one, in any language, and what does no other
        look for? The text is compared on this server and kept nowhere.
      </p>
      <form class="compare" action="/overlap" method="post">
        <label for="query">
          A rule or a query, such as a Sigma file, a Splunk search or an Elastic TOML file
        </label>
        <textarea id="query" name="query" rows={12} maxlength={LONGEST_RULE} required spellcheck={false}>
          {`\n${query}`}
        </textarea>
        <div>
          <label for="language">Language</label>
          <select id="language" name="language">
            <option value="" selected={language === null}>
              as the text tells
            </option>
            {languages.map(({ id, name }) => (
              <option value={id} selected={id === language}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit">Compare</button>
        </div>
      </form>
      {comparison?.kind === 'compared' && <Compared {...comparison} />}
    </Layout>
  );
}

function Compared({ rules, more }: Extract<Comparison, { readonly kind: 'compared' }>): JSX.Element {
  return (
    <>
      {rules.map((rule, i) => (
        <ComparedPart rule={rule} number={rules.length === 1 ? null : i + 1} />
      ))}
      {more > 0 && (
        <p>
          The text holds {plural(more, 'more rule')}, which {more === 1 ? 'is' : 'are'} left out.
        </p>
      )}
    </>
  );
}

function ComparedPart(props: { readonly rule: ComparedRule; readonly number: number | null }): JSX.Element {
  const { rule, number } = props;
  const { id, title, language, understood, known, diagnostics, overlap } = rule;
  const lead = number === null ? '' : `${number}: `;
  const name = title === '' ? 'The query' : title;
  const missing = notCompared(rule);
  const [itself] = overlap.itself;
  return (
    <section class="part">
      <h2>
        {lead}
        {name}
      </h2>
      <p class="figures">
        {language === null
          ? unreadWords(understood)
          : `${languageName(language)}, ${understoodWords(understood, missingNames(diagnostics).length)}`}{' '}
        · {plural(overlap.indicators, 'indicator')}, {plural(overlap.exclusions, 'excluded value')}
      </p>
      {known && id !== null && (
        <p>
          The catalog has <a href={ruleHref(id)}>a rule of this id</a>: it and its copies are left out.
        </p>
      )}
      {missing.length > 0 && <Diagnostics diagnostics={missing} />}
      {itself !== undefined && (
        <p>
          The catalog has <a href={ruleHref(itself.id)}>this rule</a>: it is left out.
        </p>
      )}
      <OwnIndicators overlap={overlap} level={3} />
      <details>
        <summary>All that was read of it</summary>
        {overlap.asked.length === 0 ? (
          <p>No test on a field, and no text that it searches for.</p>
        ) : (
          <IndicatorList indicators={overlap.asked} />
        )}
      </details>
      {overlap.rules.length > 0 && (
        <>
          <h3>
            {formatNumber(overlap.total)} {overlap.total === 1 ? 'rule looks' : 'rules look'} for some of the
            same
            {overlap.total > overlap.rules.length && `; the first ${formatNumber(overlap.rules.length)}`}
          </h3>
          <ShareNote />
        </>
      )}
      <OverlapList rules={overlap.rules} indicators={overlap.indicators} />
      <TooCommon overlap={overlap} level={3} />
    </section>
  );
}

function languageName(language: LanguageId): string {
  return languages.find(({ id }) => id === language)?.name ?? language;
}
