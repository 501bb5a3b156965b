import type { CatalogRule, RuleMetadata } from '@rulescope/catalog';
import type { ComponentChildren, JSX } from 'preact';
import { listHref, ruleHref, safeLink } from '../links.ts';
import { understoodWords } from '../words.ts';

/** What a rule says of itself, as a list of names and values. */
export function RuleFacts({ rule }: { readonly rule: CatalogRule }): JSX.Element {
  const { metadata } = rule;
  return (
    <dl class="facts">
      {metadata.status !== null && (
        <Fact name="Status">
          <a href={listHref({ status: metadata.status })}>{metadata.status}</a>
        </Fact>
      )}
      {metadata.severity !== null && (
        <Fact name="Severity">
          <a href={listHref({ severity: metadata.severity })}>{metadata.severity}</a>
        </Fact>
      )}
      <Fact name="Log source">{logSource(rule)}</Fact>
      {metadata.author !== null && <Fact name="Author">{metadata.author}</Fact>}
      {metadata.date !== null && <Fact name="Date">{metadata.date}</Fact>}
      {metadata.modified !== null && <Fact name="Modified">{metadata.modified}</Fact>}
      {metadata.licence !== null && <Fact name="Licence">{metadata.licence}</Fact>}
      <Fact name="Source">
        <Link address={rule.link} text={`${rule.source}/${rule.path}`} />
      </Fact>
      <Fact name="Id">
        <code>{rule.id}</code>
      </Fact>
      <Fact name="Understood">
        {rule.language} {rule.kind}, {understoodWords(rule.understood)}
      </Fact>
      {metadata.logsource?.definition != null && (
        <Fact name="Requires">
          <span class="prose">{metadata.logsource.definition}</span>
        </Fact>
      )}
    </dl>
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

/** The rules that a rule names, each a link where the catalog holds it. */
export function Related(props: {
  readonly related: RuleMetadata['related'];
  readonly resolve: (id: string) => string | null;
}): JSX.Element {
  return (
    <ul>
      {props.related.map((relation) => {
        const id = props.resolve(relation.id);
        const text = <code>{relation.id}</code>;
        return (
          <li>
            {relation.type} {id === null ? text : <a href={ruleHref(id)}>{text}</a>}
          </li>
        );
      })}
    </ul>
  );
}

function Fact(props: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Link(props: { readonly address: string | null; readonly text: string }): JSX.Element {
  const href = props.address === null ? null : safeLink(props.address);
  if (href === null) return <span>{props.text}</span>;
  return (
    <a href={href} rel="noreferrer noopener nofollow">
      {props.text}
    </a>
  );
}

function logSource(rule: CatalogRule): string {
  const { logsource } = rule.metadata;
  if (logsource !== null) return logSourceWords(LOG_SOURCE_PARTS.map((name) => logsource[name] ?? ''));
  const sources = rule.result.sources.map(({ kind, value }) =>
    kind === 'logsource' ? logSourceWords(value.split('/')) : `${kind} ${value}`,
  );
  return sources.length > 0 ? sources.join('; ') : 'not named';
}

const LOG_SOURCE_PARTS = ['product', 'category', 'service'] as const;

/** `product windows, service security`, from the three parts in their order. */
function logSourceWords(parts: readonly string[]): string {
  const words = LOG_SOURCE_PARTS.map((name, i) => (parts[i] ? `${name} ${parts[i]}` : ''));
  return words.filter((word) => word !== '').join(', ');
}
