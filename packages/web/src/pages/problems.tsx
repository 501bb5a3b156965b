import type { NotUnderstood, Problem } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { DIAGNOSTIC_CODES } from '../diagnostics.ts';
import { listHref, ruleHref, withQuery } from '../links.ts';
import type { GroupedRules, NoteGroup } from '../not-understood.ts';
import { Breakable } from '../parts/breakable.tsx';
import { Diagnostics, Pagination } from '../parts/lists.tsx';
import { UnderstandingNav } from '../parts/understanding-nav.tsx';
import { formatNumber, plural, understoodWords, unreadWords } from '../words.ts';
import { Layout } from './layout.tsx';

/** Rules of one source, or of one note, that are listed; the rest is a list of its own. */
const MOST_RULES = 100;
/** Rules of one source that stand open. */
const OPEN_RULES = 30;

/** The rules that are not understood in full, and the files that could not be read whole. */
export function ProblemsPage(props: {
  readonly rules: GroupedRules;
  /** How many rules are not understood in full. */
  readonly notUnderstood: number;
  /** The files of this page, of so many. */
  readonly problems: readonly Problem[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}): JSX.Element {
  const { rules, notUnderstood } = props;
  return (
    <Layout title="Problems" section="problems">
      <h1>Problems</h1>
      <UnderstandingNav page="problems" />
      {notUnderstood > 0 && (
        <section class="part" id="rules">
          <h2>Rules that are not understood in full ({formatNumber(notUnderstood)})</h2>
          {rules.faults.map((group) => (
            <SourceFaults {...group} />
          ))}
          {rules.notes.length > 0 && (
            <>
              <h3>With nothing but a note</h3>
              {rules.notes.map((group) => (
                <Notes group={group} />
              ))}
            </>
          )}
        </section>
      )}
      <section class="part" id="files">
        <h2>Files that could not be read whole</h2>
        <p>
          {props.total === 0
            ? 'Every file of this catalog was read.'
            : `${plural(props.total, 'file')}. The rest of the catalog is not affected.`}
        </p>
        {props.problems.map((problem) => (
          <section class="problem">
            <h3>
              <code>{problem.path}</code> <span class="note">{problem.source}</span>
            </h3>
            <Diagnostics diagnostics={problem.diagnostics} />
          </section>
        ))}
        <Pagination
          label="Pages of problems"
          page={props.page}
          pages={props.pages}
          href={(page) => withQuery('/problems', {}, page)}
        />
      </section>
    </Layout>
  );
}

/** The rules of one source with an error or a warning. */
function SourceFaults({ source, rules }: GroupedRules['faults'][number]): JSX.Element {
  return (
    <details class="by-source" open={rules.length <= OPEN_RULES}>
      <summary>
        <h3>{source}</h3> <span class="note">{plural(rules.length, 'rule')}</span>
      </summary>
      <RuleRows rules={rules} />
      <MoreOf source={source} rules={rules} />
    </details>
  );
}

/** Rules of one source of which one note says why. */
function Notes({ group }: { readonly group: NoteGroup }): JSX.Element {
  const { source, code, rules } = group;
  const title = DIAGNOSTIC_CODES.find((row) => row.code === code)?.title ?? code;
  return (
    <details class="by-source">
      <summary>
        {source}: {plural(rules.length, 'rule')} <span class="note">{title}</span>
      </summary>
      <RuleRows rules={rules} />
      <MoreOf source={source} rules={rules} />
    </details>
  );
}

function MoreOf({ source, rules }: Pick<NoteGroup, 'source' | 'rules'>): JSX.Element | null {
  if (rules.length <= MOST_RULES) return null;
  return (
    <p>
      and {formatNumber(rules.length - MOST_RULES)} more:{' '}
      <a href={listHref({ source, understood: 'partial', retired: true })}>all that are understood in part</a>
      , <a href={listHref({ source, understood: 'none', retired: true })}>all that are not</a>
    </p>
  );
}

/** Each with its path and the reason; a position is that in the rule's own text, on its page. */
function RuleRows({ rules }: { readonly rules: readonly NotUnderstood[] }): JSX.Element {
  return (
    <ul class="plain">
      {rules.slice(0, MOST_RULES).map((rule) => (
        <li class="problem">
          <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>{' '}
          <span class="note">
            {rule.language === null ? unreadWords(rule.understood) : understoodWords(rule.understood)}
          </span>
          <span class="where">
            <Breakable text={rule.path} />
          </span>
          {rule.diagnostic !== null && (
            <Diagnostics diagnostics={[rule.diagnostic]} textAt={ruleHref(rule.id)} />
          )}
        </li>
      ))}
    </ul>
  );
}
