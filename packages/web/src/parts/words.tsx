import type { ComponentChildren, JSX } from 'preact';
import { wordHref } from '../links.ts';

/** A word that answers use in a sense of their own, leading to what it means: one of `GLOSSARY`. */
export function Word(props: { readonly word: string; readonly children?: ComponentChildren }): JSX.Element {
  return (
    <a class="word" href={wordHref(props.word)}>
      {props.children ?? props.word}
    </a>
  );
}

/** The words that a part of a page uses. */
export function WordList({ words }: { readonly words: readonly string[] }): JSX.Element {
  return (
    <p class="quiet">
      What the words mean:{' '}
      {words.map((word, i) => (
        <>
          {i > 0 && ', '}
          <Word word={word} />
        </>
      ))}
    </p>
  );
}
