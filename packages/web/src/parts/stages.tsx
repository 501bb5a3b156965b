import type { Query, Stage } from '@rulescope/logic';
import type { ComponentChildren, JSX } from 'preact';
import { ruleHref } from '../links.ts';
import { understoodWords } from '../words.ts';
import { CodeBox } from './page.tsx';
import { ExpressionText } from './values.tsx';

/** The level of a heading: nested queries come one level below their stage. */
type Level = 3 | 4 | 5 | 6;

/** Finds the rule of the catalog that a query is, by the query's id. */
export type RuleFinder = (id: string) => string | null;

/** The steps of a query: each with its text and its own filter, and the queries inside it. */
export function Stages(props: {
  readonly stages: readonly Stage[];
  readonly level: Level;
  readonly find: RuleFinder;
}): JSX.Element {
  if (props.stages.length === 0) return <p>None.</p>;
  return (
    <>
      {props.stages.map((stage) => (
        <section class="stage">
          <Heading level={props.level}>
            <span class="ordinal">Stage {stage.index}:</span> {stage.name}{' '}
            {stage.understood !== 'full' && <span class="note">{understoodWords(stage.understood)}</span>}
          </Heading>
          <div class="pair">
            <CodeBox label={`Text of stage ${stage.index}, ${stage.name}`} text={stage.text} />
            {stage.where !== null && (
              <ExpressionText
                label={`Predicate of stage ${stage.index}, ${stage.name}`}
                expression={stage.where}
              />
            )}
          </div>
          {stage.queries.map((query, i) => (
            <Nested query={query} index={i} level={deeper(props.level)} find={props.find} />
          ))}
        </section>
      ))}
    </>
  );
}

function Nested(props: {
  readonly query: Query;
  readonly index: number;
  readonly level: Level;
  readonly find: RuleFinder;
}): JSX.Element {
  const { query, index, level, find } = props;
  const id = query.id ?? null;
  const rule = id === null ? null : find(id);
  return (
    <section class="nested">
      <Heading level={level}>
        Query {index + 1}
        {': '}
        {rule === null ? (query.title ?? id ?? 'unnamed') : <a href={ruleHref(rule)}>{query.title ?? id}</a>}
      </Heading>
      <Stages stages={query.stages} level={deeper(level)} find={find} />
    </section>
  );
}

function Heading(props: { readonly level: Level; readonly children: ComponentChildren }): JSX.Element {
  const Tag = `h${props.level}` as const;
  return <Tag>{props.children}</Tag>;
}

function deeper(level: Level): Level {
  return level === 3 ? 4 : level === 4 ? 5 : 6;
}
