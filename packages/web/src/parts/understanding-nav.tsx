import type { JSX } from 'preact';

const PAGES = [
  { name: 'understanding', href: '/coverage', text: 'Understanding', about: 'how much, in figures' },
  { name: 'problems', href: '/problems', text: 'Problems', about: 'which rules and files' },
] as const;

/** The two pages on what was read and understood, each leading to the other. */
export function UnderstandingNav(props: { readonly page: (typeof PAGES)[number]['name'] }): JSX.Element {
  return (
    <nav class="twins" aria-label="What was read and understood">
      <ul>
        {PAGES.map(({ name, href, text, about }) => (
          <li>
            <a href={href} aria-current={name === props.page ? 'page' : undefined}>
              {text}
            </a>{' '}
            <span class="note">{about}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}
