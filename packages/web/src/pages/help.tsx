import type { GlossaryEntry } from '@rulescope/catalog';
import type { DiagnosticCode } from '@rulescope/logic';
import type { JSX } from 'preact';
import { helpHref, wordAnchor } from '../links.ts';
import { PageOfParts } from '../parts/page.tsx';
import { Layout } from './layout.tsx';

interface HelpPageProps {
  readonly words: readonly GlossaryEntry[];
  readonly codes: readonly DiagnosticCode[];
}

/** What the words of the pages mean, and all diagnostics that a rule can get. */
export function HelpPage({ words, codes }: HelpPageProps): JSX.Element {
  return (
    <Layout title="Help" section="help">
      <PageOfParts
        crumbs={[]}
        heading="Help"
        lead={null}
        parts={[
          { id: 'words', title: 'Words', content: <Words words={words} /> },
          { id: 'diagnostics', title: 'Diagnostics', content: <Codes codes={codes} /> },
        ]}
      />
    </Layout>
  );
}

function Words({ words }: Pick<HelpPageProps, 'words'>): JSX.Element {
  return (
    <>
      <p>Words that these pages use in a sense of their own, and where they stand.</p>
      <dl class="words">
        {words.map(({ word, where, meaning }) => (
          <div id={wordAnchor(word)}>
            <dt>
              {word} <span class="note">{where}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Codes({ codes }: Pick<HelpPageProps, 'codes'>): JSX.Element {
  return (
    <>
      <p>What Rulescope can tell the author of a rule. Each code has a page that says what to do.</p>
      <ul class="codes">
        {codes.map((row) => (
          <li>
            <a href={helpHref(row.code)}>{row.code}</a>{' '}
            <span class="quiet">
              {row.severity} · {row.title}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What one diagnostic means, why it matters and what to do. */
export function CodePage({ row }: { readonly row: DiagnosticCode }): JSX.Element {
  return (
    <Layout title={row.title} section="help">
      <nav class="crumbs" aria-label="Breadcrumbs">
        <a href="/help#diagnostics">Diagnostics</a>
      </nav>
      <h1>{row.title}</h1>
      <p class="quiet">
        <code>{row.code}</code> · {row.severity}
      </p>
      <p>{row.help}</p>
    </Layout>
  );
}
