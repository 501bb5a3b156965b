import type { ComponentChildren, JSX } from 'preact';
import { STYLESHEET_HREF } from '../stylesheet.ts';

/** A lens over three lines. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='%232b6a84' stroke-width='1.6'%3E%3Ccircle cx='7' cy='7' r='5'/%3E%3Cpath d='M11 11l4 4M4.5 5.5h5M4.5 8.5h3'/%3E%3C/svg%3E";

/** The rooms of the site, in the order of its navigation. */
const SECTIONS = {
  rules: ['/', 'Rules'],
  attack: ['/tactics', 'ATT&CK'],
  events: ['/events', 'Events'],
  fields: ['/fields', 'Fields'],
  compare: ['/overlap', 'Compare'],
  understanding: ['/coverage', 'Understanding'],
  problems: ['/problems', 'Problems'],
  help: ['/help', 'Help'],
} as const;
export type Section = keyof typeof SECTIONS;

/** The frame of every page. */
export function Layout(props: {
  readonly title: string;
  readonly section?: Section;
  /** What the search box holds. */
  readonly words?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${props.title} – Rulescope`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={STYLESHEET_HREF} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="site">
          <a class="brand" href="/">
            Rulescope
          </a>
          <nav aria-label="Site">
            <ul>
              {Object.entries(SECTIONS).map(([name, [href, text]]) => (
                <li>
                  <a href={href} aria-current={name === props.section ? 'page' : undefined}>
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <search>
            <form action="/search" method="get">
              <label class="hidden" for="q">
                Search the rules
              </label>
              <input id="q" name="q" type="search" value={props.words ?? ''} placeholder="Search the rules" />
              <button type="submit">Search</button>
            </form>
          </search>
        </header>
        <main id="content" tabindex={-1}>
          {props.children}
        </main>
      </body>
    </html>
  );
}
