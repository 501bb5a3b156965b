import type { EvalNode, SearchNode, SearchValue, Word } from './ast.ts';

/** An expression of the search command as text; parsing it gives the same expression. */
export function printSearch(node: SearchNode): string {
  switch (node.kind) {
    case 'and':
      return node.items.map((item) => grouped(item, ['and'])).join(' ');
    case 'or':
      return node.items.map((item) => grouped(item, ['and', 'or'])).join(' OR ');
    case 'not':
      return `NOT ${grouped(node.item, ['and', 'or'])}`;
    case 'compare':
      return `${printWord(node.field)}${node.operator}${printValue(node.value)}`;
    case 'in':
      return `${printWord(node.field)} IN (${node.values.map(printValue).join(', ')})`;
    case 'word':
    case 'directive':
    case 'macro':
    case 'subsearch':
      return printValue(node);
    case 'bad':
      return '';
  }
}

function grouped(node: SearchNode, kinds: readonly string[]): string {
  return kinds.includes(node.kind) ? `(${printSearch(node)})` : printSearch(node);
}

function printWord({ text, quoted }: Word): string {
  return quoted ? `"${text}"` : text;
}

function printValue(value: SearchValue): string {
  switch (value.kind) {
    case 'word':
      return printWord(value);
    case 'directive':
      return `${value.name}(${value.text})`;
    case 'macro':
      return printMacro(value.name, value.arguments);
    case 'subsearch':
      return '[]';
  }
}

function printMacro(name: string, given: readonly string[]): string {
  const list = given.map((argument) => (/[,()"]/.test(argument) ? JSON.stringify(argument) : argument));
  return given.length === 0 ? `\`${name}\`` : `\`${name}(${list.join(', ')})\``;
}

/** How tight each kind of expression of eval binds, from the loosest on. */
const TIGHTNESS: Readonly<Record<string, number>> = {
  xor: 1,
  or: 2,
  and: 3,
  not: 4,
  in: 5,
  binary: 5,
  negative: 8,
};

/** An expression of eval and where as text; parsing it gives the same expression. */
export function printEval(node: EvalNode): string {
  switch (node.kind) {
    case 'xor':
    case 'or':
    case 'and':
      return node.items.map((item) => inside(item, tightness(node) + 1)).join(` ${node.kind.toUpperCase()} `);
    case 'not':
      return `NOT ${inside(node.item, 5)}`;
    case 'binary': {
      const own = tightness(node);
      return `${inside(node.left, own)} ${node.operator} ${inside(node.right, own + 1)}`;
    }
    case 'negative':
      return `-${inside(node.item, 9)}`;
    case 'in':
      return `${inside(node.left, 6)} IN (${node.values.map(printEval).join(', ')})`;
    case 'call':
      return `${node.name}(${node.arguments.map(printEval).join(', ')})`;
    case 'field':
      return /^[A-Za-z_]\w*$/.test(node.name) ? node.name : `'${node.name}'`;
    case 'string':
      return `"${node.value.replaceAll(/["\\]/g, '\\$&')}"`;
    case 'number':
      return node.text;
    case 'macro':
      return printMacro(node.name, node.arguments);
    case 'subsearch':
      return '[]';
    case 'bad':
      return '';
  }
}

function tightness(node: EvalNode): number {
  if (node.kind !== 'binary') return TIGHTNESS[node.kind] ?? 9;
  if ('+-.'.includes(node.operator)) return 6;
  return '*/%'.includes(node.operator) ? 7 : 5;
}

function inside(node: EvalNode, atLeast: number): string {
  return tightness(node) < atLeast ? `(${printEval(node)})` : printEval(node);
}
