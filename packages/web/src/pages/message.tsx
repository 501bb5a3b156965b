import type { JSX } from 'preact';
import { Layout } from './layout.tsx';

/** A page that says why there is no page. */
export function MessagePage(props: { readonly title: string; readonly message: string }): JSX.Element {
  return (
    <Layout title={props.title}>
      <h1>{props.title}</h1>
      <p>{props.message}</p>
      <p>
        <a href="/">All rules</a>
      </p>
    </Layout>
  );
}
