import type { Body, Bound, Clause, LuceneTree } from './ast.ts';

/**
 * A text in Lucene's query syntax, its operators as AND, OR, NOT and +. Parsed again it gives the same tree; of a tree
 * with broken parts that cannot be promised.
 */
export function printLucene({ clauses }: LuceneTree): string {
  return clauses.map(printClause).join(' ');
}

function printClause({ conjunction, modifier, field, body, boost }: Clause): string {
  const operator = conjunction === null ? '' : `${conjunction.toUpperCase()} `;
  const sign = modifier === null ? '' : modifier === 'must' ? '+' : 'NOT ';
  const name = field === null ? '' : field === '*' ? '*:' : `${printWord(field)}:`;
  return `${operator}${sign}${name}${printBody(body)}${boost === null ? '' : `^${boost}`}`;
}

function printBody(body: Body): string {
  switch (body.kind) {
    case 'term':
      return printWords(body.words) + printTilde(body.fuzziness);
    case 'wildcard':
      return (
        body.pattern.map((piece) => ('wild' in piece ? piece.wild : printWord(piece.text))).join('') +
        printTilde(body.fuzziness)
      );
    case 'phrase':
      return printPhrase(body.text) + printTilde(body.slop);
    case 'regex':
      return `/${printRegex(body.pattern)}/${printTilde(body.fuzziness)}`;
    case 'range': {
      const open = body.fromInclusive ? '[' : '{';
      return `${open}${printBound(body.from)} TO ${printBound(body.to)}${body.toInclusive ? ']' : '}'}`;
    }
    case 'group':
      return `(${body.clauses.map(printClause).join(' ')})`;
    case 'broken':
      return body.text;
  }
}

function printTilde(tilde: string | null): string {
  return tilde === null ? '' : `~${tilde}`;
}

/** An operator that is a word by itself keeps the space that makes it one. */
function printWords(words: readonly string[]): string {
  const [only = ''] = words;
  return words.length === 1 && /^[+\-!]$/.test(only) ? `${only} ` : words.map(printWord).join(' ');
}

/** A word that would be an operator is escaped at its first character. */
function printWord(text: string): string {
  const escaped = text.replace(/[\s\u3000+\-!():^[\]"{}~*?\\/]/g, '\\$&');
  return /^(?:AND|OR|NOT|&&|\|\|)$/.test(text) ? `\\${escaped}` : escaped;
}

function printPhrase(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Slashes are escaped, save those that are already. */
function printRegex(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\//g, (found) => (found === '/' ? '\\/' : found));
}

function printBound(bound: Bound | null): string {
  if (bound === null) return '*';
  if (bound.quoted) return printPhrase(bound.text);
  return bound.text.replace(/[\\\s\]}"*]/g, '\\$&');
}
