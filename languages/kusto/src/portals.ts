import type { LocatedQuery } from '@rulescope/logic';

/** The time of an event: `Timestamp` in Defender's advanced hunting, `TimeGenerated` in Sentinel. */
const TIME_COLUMN = /\b(?:Timestamp|TimeGenerated)\b/g;

/**
 * Whether two queries are one rule in two forms: the same stages, but for the time column of Defender's advanced
 * hunting and of Microsoft Sentinel, white space and comments.
 */
export function sameButForTime(one: LocatedQuery, other: LocatedQuery): boolean {
  return (
    one.stages.length === other.stages.length &&
    one.stages.every((stage, i) => {
      const same = other.stages[i];
      return same !== undefined && stage.name === same.name && bare(stage.text) === bare(same.text);
    })
  );
}

/** A comment starts behind white space or at the start of a line: `//` in a URL is none. */
function bare(text: string): string {
  return text
    .replace(/(^|\s)\/\/[^\n]*/g, '$1')
    .replace(TIME_COLUMN, 'Timestamp')
    .replace(/\s+/g, ' ')
    .replace(/;\s*$/, '')
    .trim();
}
