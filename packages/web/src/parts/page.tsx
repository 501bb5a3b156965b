import type { ComponentChildren, JSX } from 'preact';

/** A page that this one is a part of. */
export interface Crumb {
  readonly href: string;
  readonly text: string;
}

/** The way from the top of the site to this page. */
export function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }): JSX.Element {
  return (
    <nav class="crumbs" aria-label="Breadcrumbs">
      <ol>
        {crumbs.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A part of a page: what the list of contents calls it, and what is in it. */
export interface PagePart {
  readonly id: string;
  readonly title: string;
  readonly content: ComponentChildren;
}

/**
 * A page about one thing: its name, what is to be said at once, and parts that a list of contents leads to. The
 * list stays beside the page where there is room.
 */
export function PageOfParts(props: {
  readonly crumbs: readonly Crumb[];
  readonly heading: ComponentChildren;
  readonly lead: ComponentChildren;
  readonly parts: readonly PagePart[];
  readonly foot?: ComponentChildren;
}): JSX.Element {
  return (
    <article class="railed">
      <header>
        {props.crumbs.length > 0 && <Crumbs crumbs={props.crumbs} />}
        <h1>{props.heading}</h1>
      </header>
      <Contents parts={props.parts} />
      <div>
        {props.lead}
        <Parts parts={props.parts} />
        {props.foot}
      </div>
    </article>
  );
}

function Parts({ parts }: { readonly parts: readonly PagePart[] }): JSX.Element {
  return (
    <>
      {parts.map(({ id, title, content }) => (
        <section id={id} class="part">
          <h2>{title}</h2>
          {content}
        </section>
      ))}
    </>
  );
}

function Contents({ parts }: { readonly parts: readonly PagePart[] }): JSX.Element {
  return (
    <nav class="contents" aria-labelledby="contents-title">
      <p id="contents-title">On this page</p>
      <ul>
        {parts.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A name and its value in a list of facts. */
export function Fact(props: {
  readonly name: string;
  readonly children: ComponentChildren;
  /** Takes the whole width. */
  readonly wide?: boolean;
}): JSX.Element {
  return (
    <div class={props.wide === true ? 'wide' : undefined}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** Texts of more characters or lines than this get a height, and scroll in it. */
const LONG_TEXT = 2000;
const LONG_LINES = 24;

/**
 * A text as it stands. It wraps; a long one scrolls in a box of its own, which the keyboard reaches and a
 * screen reader names.
 */
export function CodeBox(props: {
  readonly label: string;
  readonly text: string;
  readonly class?: string;
}): JSX.Element {
  const { label, text } = props;
  const long = text.length > LONG_TEXT || text.split('\n', LONG_LINES + 1).length > LONG_LINES;
  const kind = props.class ?? 'code';
  if (!long) {
    return (
      <pre class={kind}>
        <code>{text}</code>
      </pre>
    );
  }
  return (
    <section class="scroll" aria-label={label} tabindex={0}>
      <pre class={kind}>
        <code>{text}</code>
      </pre>
    </section>
  );
}
