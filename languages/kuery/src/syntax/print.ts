import type { Condition, KueryTree, Literal, Values } from './ast.ts';

/**
 * A text of the Kibana Query Language with parentheses only where they are needed. Parsed again it gives the same
 * tree; of a tree with broken parts that cannot be promised.
 */
export function printKuery({ condition }: KueryTree): string {
  return condition === null ? '' : printAt(condition, OR);
}

/** How tightly a part binds: what binds less than its place asks for stands in parentheses. */
const OR = 0;
const AND = 1;
const NOT = 2;
const TIGHT = 3;

function printAt(part: Condition | Values, place: number): string {
  const [text, binding] = printPart(part);
  return binding < place ? `(${text})` : text;
}

function printPart(part: Condition | Values): readonly [text: string, binding: number] {
  switch (part.kind) {
    case 'or':
      return [part.items.map((item) => printAt(item, AND)).join(' or '), OR];
    case 'and':
      return [part.items.map((item) => printAt(item, NOT)).join(' and '), AND];
    case 'not':
      return [`not ${printAt(part.operand, NOT)}`, NOT];
    case 'match': {
      const values = printAt(part.values, TIGHT);
      return [part.field === null ? values : `${printLiteral(part.field)}: ${values}`, TIGHT];
    }
    case 'range':
      return [`${printLiteral(part.field)} ${part.operator} ${printLiteral(part.value)}`, TIGHT];
    case 'nested':
      return [`${printLiteral(part.field)}:{ ${printAt(part.query, OR)} }`, TIGHT];
    case 'literal':
      return [printLiteral(part), TIGHT];
    case 'broken':
      return [part.text, TIGHT];
  }
}

function printLiteral({ quoted, text, pattern }: Literal): string {
  if (quoted) return `"${(text ?? '').replace(/["\\]/g, '\\$&')}"`;
  const pieces = pattern ?? [{ text: text ?? '' }];
  const printed = pieces.map((piece) => ('wild' in piece ? piece.wild : printWords(piece.text))).join('');
  // White space at the ends and the words of operators would not be read as text.
  return printed.replace(/^ | $/g, '\\ ').replace(/(?<=^|\s)(?:and|or|not)(?=\s|$)/gi, '\\$&');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\r': '\\r',
  '\n': '\\n',
  '\u00a0': '\\u00a0',
  '\u3000': '\\u3000',
};

function printWords(text: string): string {
  return text.replace(/[\t\r\n\u00a0\u3000]|[\\():<>"*{}]/g, (unit) => ESCAPES[unit] ?? `\\${unit}`);
}
