import { type CatalogRule, missingNames, type RuleFact, type RuleMetadata } from '@rulescope/catalog';
import { attackTag } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { listHref, safeLink, tacticHref, techniqueHref } from '../links.ts';
import { LOG_SOURCE_PARTS, logSourceWords, sourceWords, understoodWords, unreadWords } from '../words.ts';
import { Breakable } from './breakable.tsx';
import { Severity } from './marks.tsx';
import { Fact } from './page.tsx';
import { Word } from './words.tsx';

/** What a rule says of itself, as a list of names and values. */
export function RuleFacts(props: {
  readonly rule: CatalogRule;
  /** The authors that the rule's `author` names. */
  readonly authors: readonly string[];
}): JSX.Element {
  const { rule, authors } = props;
  const { metadata, retired } = rule;
  const unresolved = new Set(rule.attack.unresolved.map(({ tag }) => tag));
  const { status, severity } = metadata;
  const also = retired ? { retired } : {};
  const isLong = isLongLogSource(rule);
  const logSource = (
    <Fact name="Log source" wide={isLong}>
      <LogSource rule={rule} />
    </Fact>
  );
  return (
    <dl class="facts">
      {status !== null && (
        <Fact name="Status">
          <a href={listHref({ status, ...also })}>{status}</a>
        </Fact>
      )}
      {severity !== null && (
        <Fact name="Severity">
          <a href={listHref({ severity, ...also })}>
            <Severity severity={severity} />
          </a>
        </Fact>
      )}
      {metadata.riskScore !== null && <Fact name="Risk score">{metadata.riskScore}</Fact>}
      {!isLong && logSource}
      {authors.length > 0 && (
        <Fact name="Author">
          {authors.map((author, i) => (
            <>
              {i > 0 && ', '}
              <a href={listHref({ author, ...also })}>{author}</a>
            </>
          ))}
        </Fact>
      )}
      {metadata.date !== null && <Fact name="Date">{metadata.date}</Fact>}
      {metadata.modified !== null && <Fact name="Modified">{metadata.modified}</Fact>}
      <Fact name="Licence">{metadata.licence ?? 'not stated'}</Fact>
      <Fact name="Understood">
        {rule.language === null
          ? `${rule.kind}, ${unreadWords(rule.understood)}`
          : `${rule.language} ${rule.kind === rule.language ? 'rule' : rule.kind}, `}
        {rule.language !== null && (
          <Word word="understood">
            {understoodWords(rule.understood, missingNames(rule.result.diagnostics).length)}
          </Word>
        )}
      </Fact>
      {isLong && logSource}
      <Fact name="Source" wide>
        <Link address={rule.link} text={`${rule.source}/${rule.path}`} />
      </Fact>
      <Fact name="Id" wide>
        <code>{rule.id}</code>
      </Fact>
      {metadata.logsource?.definition != null && (
        <Fact name="The log source needs" wide>
          <span class="prose">{metadata.logsource.definition}</span>
        </Fact>
      )}
      {metadata.tags.length > 0 && (
        <Fact name="Tags" wide>
          <ul class="tags">
            {metadata.tags.map((tag) => (
              <li>
                <Tag tag={tag} unresolved={unresolved.has(tag)} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
  );
}

/** A tag; one that names a technique or a tactic of the release of ATT&CK leads to its page. */
function Tag({ tag, unresolved }: { readonly tag: string; readonly unresolved: boolean }): JSX.Element {
  const named = unresolved ? null : attackTag(tag);
  if (named?.kind === 'technique') return <a href={techniqueHref(named.id)}>{tag}</a>;
  if (named?.kind === 'tactic') return <a href={tacticHref(named.name)}>{tag}</a>;
  return <span>{tag}</span>;
}

/** What else a rule says of itself, by name, what is short first. A value that is an address is a link. */
export function MoreFacts({ facts }: Pick<RuleMetadata, 'facts'>): JSX.Element {
  const isWide = ({ values }: RuleFact) =>
    values.length > 1 || values.some((value) => value.length > SHORT_VALUE);
  return (
    <dl class="facts">
      {facts
        .toSorted((a, b) => Number(isWide(a)) - Number(isWide(b)))
        .map(({ name, values }) => (
          <Fact name={name} wide={isWide({ name, values })}>
            {values.length > 1 ? (
              <ul>
                {values.map((value) => (
                  <li>
                    <FactValue value={value} />
                  </li>
                ))}
              </ul>
            ) : (
              values.map((value) => <FactValue value={value} />)
            )}
          </Fact>
        ))}
    </dl>
  );
}

/** Values that are longer take the whole width. */
const SHORT_VALUE = 40;

function FactValue({ value }: { readonly value: string }): JSX.Element {
  return /^https?:\/\/\S+$/.test(value) ? (
    <Link address={value} text={value} />
  ) : (
    <span class="prose">{value}</span>
  );
}

/** The addresses that a rule refers to; only `http:` and `https:` become links. */
export function References({ references }: { readonly references: readonly string[] }): JSX.Element {
  return (
    <ul class="references">
      {references.map((reference) => (
        <li>
          <Link address={reference} text={reference} />
        </li>
      ))}
    </ul>
  );
}

function Link(props: { readonly address: string | null; readonly text: string }): JSX.Element {
  const href = props.address === null ? null : safeLink(props.address);
  const text = <Breakable text={props.text} />;
  if (href === null) return <span>{text}</span>;
  return (
    <a href={href} rel="noreferrer noopener nofollow">
      {text}
    </a>
  );
}

/** Characters of the sources of a query that have room in a column; more take the whole width. */
const SHORT_LOG_SOURCE = 24;

function isLongLogSource({ metadata, result }: CatalogRule): boolean {
  const text = result.sources.map(({ kind, value }) => `${kind} ${value}`).join('; ');
  return metadata.logsource === null && text.length > SHORT_LOG_SOURCE;
}

function LogSource({ rule }: { readonly rule: CatalogRule }): JSX.Element {
  const { logsource } = rule.metadata;
  if (logsource !== null)
    return <LogSourceLink parts={LOG_SOURCE_PARTS.map((name) => logsource[name] ?? '')} rule={rule} />;
  const { sources } = rule.result;
  if (sources.length === 0) return <>not named</>;
  return (
    <>
      {sources.map(({ kind, value }, i) => (
        <>
          {i > 0 && '; '}
          {kind === 'logsource' ? (
            <LogSourceLink parts={value.split('/')} rule={rule} />
          ) : (
            <>
              {sourceWords(kind)} <Breakable text={value} />
            </>
          )}
        </>
      ))}
    </>
  );
}

function LogSourceLink(props: {
  readonly parts: readonly string[];
  readonly rule: CatalogRule;
}): JSX.Element {
  const { parts, rule } = props;
  const words = logSourceWords(parts);
  if (words === '') return <>not named</>;
  const logsource = LOG_SOURCE_PARTS.map((_, i) => parts[i] ?? '').join('/');
  return <a href={listHref({ logsource, ...(rule.retired ? { retired: true } : {}) })}>{words}</a>;
}
