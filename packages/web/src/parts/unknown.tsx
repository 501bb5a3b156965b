import { type Query, type Understood, visit } from '@rulescope/logic';
import type { JSX } from 'preact';
import { understoodWords } from '../words.ts';

/** Parts that a page lists. */
const MOST_PARTS = 100;

/** Something of a query that we can't say the meaning of. */
interface NotUnderstood {
  readonly stage: string;
  readonly understood: Understood;
  /** The texts in question; empty where the stage says no more. */
  readonly texts: readonly string[];
}

/** The stages that are not understood in full, and those with a part whose meaning the text does not give. */
export function notUnderstood(query: Pick<Query, 'stages'>): readonly NotUnderstood[] {
  return query.stages.flatMap((stage) => {
    const texts: string[] = [];
    if (stage.where !== null) {
      visit(stage.where, (part) => {
        if ('unknown' in part) texts.push(part.unknown.text);
      });
    }
    const own = { stage: stage.name, understood: stage.understood, texts };
    const nested = stage.queries.flatMap(notUnderstood);
    return stage.understood === 'full' && texts.length === 0 ? nested : [own, ...nested];
  });
}

/** What was not understood, by stage. */
export function NotUnderstoodList({ parts }: { readonly parts: readonly NotUnderstood[] }): JSX.Element {
  return (
    <ul>
      {parts.slice(0, MOST_PARTS).map(({ stage, understood, texts }) => (
        <li>
          {stage},{' '}
          {understood === 'full' ? 'with a part that the text does not define' : understoodWords(understood)}
          {texts.map((text, i) => (
            <>
              {i === 0 ? ': ' : ', '}
              <code class="value">{text}</code>
            </>
          ))}
        </li>
      ))}
    </ul>
  );
}
