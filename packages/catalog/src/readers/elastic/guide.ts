/** A text that is shown beside a rule, not read instead of it. */
const MOST_CHARACTERS = 300;

/** Whether a note is an investigation guide: its headings say so. */
export function hasGuide(note: string): boolean {
  return /^[#\s]*(?:triage and analysis|investigation guide|investigating )/im.test(note);
}

/** How a Markdown text begins: its first paragraph that is no heading and no quotation, in one line; null if none. */
export function opening(markdown: string | null): string | null {
  if (markdown === null) return null;
  const paragraph = markdown
    .split(/\n\s*\n/)
    .map((part) => part.replace(/^\s*(?:#|>).*$/gm, '').trim())
    .find((part) => part !== '');
  if (paragraph === undefined) return null;
  const line = paragraph.replace(/\s+/g, ' ');
  if (line.length <= MOST_CHARACTERS) return line;
  return `${line.slice(0, MOST_CHARACTERS).replace(/\s+\S*$/, '')} …`;
}
