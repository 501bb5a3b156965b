import type { DiagnosticCode } from '@rulescope/logic';
import type { JSX } from 'preact';
import { helpHref } from '../links.ts';
import { Layout } from './layout.tsx';

/** All diagnostics that a rule can get. */
export function HelpPage({ codes }: { readonly codes: readonly DiagnosticCode[] }): JSX.Element {
  return (
    <Layout title="Diagnostics" section="help">
      <h1>Diagnostics</h1>
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
    </Layout>
  );
}

/** What one diagnostic means, why it matters and what to do. */
export function CodePage({ row }: { readonly row: DiagnosticCode }): JSX.Element {
  return (
    <Layout title={row.title} section="help">
      <nav class="crumbs" aria-label="Breadcrumbs">
        <a href="/help">Diagnostics</a>
      </nav>
      <h1>{row.title}</h1>
      <p class="quiet">
        <code>{row.code}</code> · {row.severity}
      </p>
      <p>{row.help}</p>
    </Layout>
  );
}
