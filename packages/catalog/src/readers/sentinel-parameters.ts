import type { EmbeddedText } from './offsets.ts';

/** A query whose parameters have got values, and what these parameters are. */
export interface FilledQuery {
  readonly query: EmbeddedText;
  /** `Threshold (100)`: a name and the value that it has unless another one is given. */
  readonly parameters: readonly string[];
}

/**
 * A parameter of a rule that is filled in when it is deployed (SentinelARConverter, "Parameter files"): `%%name%%`,
 * or `%%name:value%%` with the value that it has unless another one is given.
 */
const PARAMETER = /%%([A-Za-z_]\w*)(?::((?:[^%\n]|%(?!%))*))?%%/g;

/**
 * A query with the values of its parameters in their places. A parameter without a value stands for itself: within a
 * text it is left as it is, elsewhere it becomes a name, which only the one who deploys the rule knows.
 */
export function fillParameters(written: EmbeddedText): FilledQuery {
  const found = Array.from(written.text.matchAll(PARAMETER));
  if (found.length === 0) return { query: written, parameters: [] };
  const parts: string[] = [];
  const places: number[] = [];
  const copy = (from: number, to: number) => {
    parts.push(written.text.slice(from, to));
    for (let at = from; at < to; at += 1) places.push(written.place(at));
  };
  const isInText = textsIn(written.text);
  let done = 0;
  for (const match of found) {
    const [whole, , value] = match;
    const meant = value ?? (isInText(match.index) ? whole : `['${whole}']`);
    copy(done, match.index);
    parts.push(meant);
    for (let unit = 0; unit < meant.length; unit += 1) places.push(written.place(match.index));
    done = match.index + whole.length;
  }
  copy(done, written.text.length);
  const end = written.place(written.text.length);
  return {
    query: { text: parts.join(''), place: (offset) => places[offset] ?? end },
    parameters: [
      ...new Set(found.map(([, name = '', value]) => (value === undefined ? name : `${name} (${value})`))),
    ],
  };
}

/** Tells of places of a query, asked in their order, whether they are within quotation marks. */
function textsIn(query: string): (at: number) => boolean {
  let open = '';
  let done = 0;
  return (at) => {
    for (; done < at; done += 1) {
      const sign = query.charAt(done);
      if (sign === '\n') open = '';
      else if (open !== '' && sign === '\\') done += 1;
      else if (sign === open) open = '';
      else if (open === '' && (sign === '"' || sign === "'")) open = sign;
    }
    return open !== '';
  };
}
