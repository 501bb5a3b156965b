import type { ParsedText } from '@rulescope/logic';

/**
 * How queries in other languages are read that stand in a string of this one. A language knows no other one: whoever
 * calls the parser hands these over.
 */
export interface EmbeddedLanguages {
  /** Reads what `KQL("…")` holds: the Kibana Query Language. */
  readonly kuery?: (text: string) => ParsedText;
  /** Reads what `QSTR("…")` holds: the query string syntax of Lucene. */
  readonly lucene?: (text: string) => ParsedText;
}
