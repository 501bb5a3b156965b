import type { Source } from '@rulescope/logic';
import type { JSX } from 'preact';
import { logSourceWords, sourceWords } from '../words.ts';
import { Breakable } from './breakable.tsx';
import { Fact } from './page.tsx';

/** Sources that are listed: no rule that a person wrote names more. */
const MOST_SOURCES = 200;

/** Where a query takes its events from: index, table, data model, macro, log source … */
export function Sources({ sources }: { readonly sources: readonly Source[] }): JSX.Element {
  const shown = sources.slice(0, MOST_SOURCES);
  return (
    <dl class="facts">
      {[...Map.groupBy(shown, ({ kind }) => kind)].map(([kind, group]) => (
        <Fact name={sourceWords(kind)} wide>
          {group.map(({ value }, i) => (
            <>
              {i > 0 && ', '}
              {kind === 'logsource' ? (
                logSourceWords(value.split('/'))
              ) : (
                <code>
                  <Breakable text={value} />
                </code>
              )}
            </>
          ))}
        </Fact>
      ))}
    </dl>
  );
}
