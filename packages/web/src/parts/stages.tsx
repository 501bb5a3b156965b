import type { Query, Stage } from '@rulescope/logic';
import type { JSX } from 'preact';
import { understoodWords } from '../words.ts';
import { ExpressionText } from './values.tsx';

/** The level of a heading: nested queries come one level below their stage. */
type Level = 3 | 4 | 5 | 6;

/** The steps of a query: each with its text and its own filter, and the queries inside it. */
export function Stages(props: { readonly stages: readonly Stage[]; readonly level: Level }): JSX.Element {
  if (props.stages.length === 0) return <p>None.</p>;
  return (
    <>
      {props.stages.map((stage) => (
        <section class="stage">
          <Heading level={props.level}>
            Stage {stage.index}: {stage.name}{' '}
            {stage.understood !== 'full' && <span class="note">{understoodWords(stage.understood)}</span>}
          </Heading>
          <pre>
            <code>{stage.text}</code>
          </pre>
          {stage.where !== null && <ExpressionText expression={stage.where} />}
          {stage.queries.map((query, i) => (
            <Nested query={query} index={i} level={deeper(props.level)} />
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
}): JSX.Element {
  const { query, index, level } = props;
  return (
    <section class="nested">
      <Heading level={level}>
        Query {index + 1} {query.id != null && <span class="note">{query.id}</span>}
      </Heading>
      <Stages stages={query.stages} level={deeper(level)} />
    </section>
  );
}

function Heading(props: {
  readonly level: Level;
  readonly children: JSX.Element['props']['children'];
}): JSX.Element {
  const Tag = `h${props.level}` as const;
  return <Tag>{props.children}</Tag>;
}

function deeper(level: Level): Level {
  return level === 3 ? 4 : level === 4 ? 5 : 6;
}
