import type { JSX } from 'preact';

/** What a name is made of: letters and digits up to and with the sign that ends a part of it. */
const PARTS = /[^._:/\\@-]*[._:/\\@-]+|[^._:/\\@-]+/g;

/** A long name, such as that of a field or a macro: where it must wrap, it wraps between its parts. */
export function Breakable({ text }: { readonly text: string }): JSX.Element {
  const parts = text.match(PARTS) ?? [];
  return (
    <>
      {parts.map((part, i) => (
        <>
          {i > 0 && <wbr />}
          {part}
        </>
      ))}
    </>
  );
}
