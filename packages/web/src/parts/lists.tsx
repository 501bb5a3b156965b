import type { RuleSummary } from '@rulescope/catalog';
import type { Diagnostic } from '@rulescope/logic';
import type { JSX } from 'preact';
import { helpHref, ruleHref } from '../links.ts';
import { formatNumber, understoodWords } from '../words.ts';

/** Rules, each with a line of what sets it apart. */
export function RuleItems(props: { readonly rules: readonly RuleSummary[] }): JSX.Element {
  return (
    <ul class="rules">
      {props.rules.map((rule) => (
        <li>
          <a href={ruleHref(rule.id)}>{rule.title === '' ? rule.id : rule.title}</a>
          <p class="quiet">
            {[
              rule.platform,
              rule.kind === 'rule' ? null : rule.kind,
              rule.severity,
              rule.status,
              rule.understood === 'full' ? null : understoodWords(rule.understood),
              rule.path,
            ]
              .filter((word) => word !== null)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
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

/** What there is to tell the author of a rule. With `lineAnchors` a position links to its line of the text. */
export function Diagnostics(props: {
  readonly diagnostics: readonly Diagnostic[];
  readonly lineAnchors?: boolean;
}): JSX.Element {
  return (
    <ul class="diagnostics">
      {props.diagnostics.map((diagnostic) => (
        <li class={diagnostic.severity}>
          <strong>{diagnostic.severity}</strong>{' '}
          <Position diagnostic={diagnostic} linked={props.lineAnchors ?? false} /> {diagnostic.message}{' '}
          <a href={helpHref(diagnostic.code)}>{diagnostic.code}</a>
        </li>
      ))}
    </ul>
  );
}

function Position(props: { readonly diagnostic: Diagnostic; readonly linked: boolean }): JSX.Element {
  const { line, column } = props.diagnostic;
  const text = `${line}:${column}`;
  return (
    <span class="position">
      {props.linked ? (
        <a href={`#L${line}`} aria-label={`line ${line}, column ${column}`}>
          {text}
        </a>
      ) : (
        text
      )}
    </span>
  );
}
