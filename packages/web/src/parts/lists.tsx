import type { RuleSummary } from '@rulescope/catalog';
import type { Diagnostic } from '@rulescope/logic';
import type { ComponentChildren, JSX } from 'preact';
import { helpHref, ruleHref } from '../links.ts';
import { formatNumber, understoodWords, unreadWords } from '../words.ts';
import { Breakable } from './breakable.tsx';
import { Severity } from './marks.tsx';

/** Rules, each with what sets it apart. */
export function RuleItems(props: { readonly rules: readonly RuleSummary[] }): JSX.Element {
  return (
    <ul class="rules">
      {props.rules.map((rule) => (
        <li>
          <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>
          <span class="marks">
            {rule.severity !== null && <Severity severity={rule.severity} />}
            {rule.status !== null && <span class="status">{rule.status}</span>}
          </span>
          <span class="where">
            {whereWords(rule).join(' · ')} · <Breakable text={rule.path} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The platform of a rule, its language where that is another word, its kind where it has one, how well it is read. */
export function whereWords({ platform, language, kind, understood }: RuleSummary): readonly string[] {
  const words = [
    platform,
    language ?? unreadWords(understood),
    kind === 'rule' ? null : kind,
    language === null || understood === 'full' ? null : understoodWords(understood),
  ];
  return [...new Set(words.filter((word) => word !== null))];
}

/** Links to the pages before and after this one, where there is more than one. */
export function Pagination(props: {
  readonly label: string;
  readonly page: number;
  readonly pages: number;
  readonly href: (page: number) => string;
}): JSX.Element | null {
  const { label, page, pages, href } = props;
  if (pages <= 1) return null;
  return (
    <nav class="pages" aria-label={label}>
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          Previous
        </a>
      )}
      <span>
        Page {formatNumber(page)} of {formatNumber(pages)}
      </span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          Next
        </a>
      )}
    </nav>
  );
}

/** A thing of a list of counts. */
export interface Counted {
  readonly key: string;
  readonly href: string | null;
  readonly text: ComponentChildren;
  /** What follows the link. */
  readonly after?: ComponentChildren;
  readonly count: number;
}

/** Things with how many rules each has, the numbers beneath each other. */
export function CountList(props: {
  readonly items: readonly Counted[];
  readonly label: string;
}): JSX.Element {
  return (
    <ul class="counts" aria-label={props.label}>
      {props.items.map(({ key, href, text, after, count }) => (
        <li key={key}>
          <span>
            {href === null ? text : <a href={href}>{text}</a>} {after}
          </span>{' '}
          <span class="number">{formatNumber(count)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What there is to tell the author of a rule. A position links to its line where a page shows the text. */
export function Diagnostics(props: {
  readonly diagnostics: readonly Diagnostic[];
  /** The address of the page that shows the text; empty for the one that this stands on. */
  readonly textAt?: string;
}): JSX.Element {
  return (
    <ul class="diagnostics">
      {props.diagnostics.map((diagnostic) => (
        <li class={diagnostic.severity}>
          <strong>{diagnostic.severity}</strong>{' '}
          <Position diagnostic={diagnostic} textAt={props.textAt ?? null} /> {diagnostic.message}{' '}
          <a href={helpHref(diagnostic.code)}>{diagnostic.code}</a>
        </li>
      ))}
    </ul>
  );
}

function Position(props: { readonly diagnostic: Diagnostic; readonly textAt: string | null }): JSX.Element {
  const { line, column } = props.diagnostic;
  const text = `${line}:${column}`;
  return (
    <span class="position">
      {props.textAt !== null ? (
        <a href={`${props.textAt}#L${line}`} aria-label={`line ${line}, column ${column}`}>
          {text}
        </a>
      ) : (
        text
      )}
    </span>
  );
}
