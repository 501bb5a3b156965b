import type { JSX } from 'preact';

/** A text of more lines is shown without numbers: every numbered line is an element of its own. */
const MOST_NUMBERED_LINES = 5000;

/** The text of a rule with numbered lines, in a box that scrolls by itself. Lines are the anchors `#L1` … */
export function RuleText({ text }: { readonly text: string }): JSX.Element {
  const lines = text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  return (
    <section class="rule-text" aria-label="Rule text" tabindex={0}>
      <pre>
        {lines.length > MOST_NUMBERED_LINES ? (
          <code>{text}</code>
        ) : (
          <code class="numbered">
            {lines.map((line, i) => (
              <span id={`L${i + 1}`}>{`${line}\n`}</span>
            ))}
          </code>
        )}
      </pre>
    </section>
  );
}
