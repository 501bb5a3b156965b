import type { Span } from '@rulescope/logic';
import type { Expr, Json } from './tree.ts';
import { child, children, items, spanOf, textOf, type View, type Viewer } from './view.ts';

/** Reads a literal or a `dynamic(…)`; null where the node is neither. */
export function readLiteral(node: View, viewer: Viewer): Expr | null {
  const span = spanOf(node);
  switch (node.kind) {
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return { kind: 'text', value: textValue(node, viewer), span };
    case 'IntLiteralExpression':
    case 'LongLiteralExpression':
    case 'RealLiteralExpression':
    case 'DecimalLiteralExpression':
      return numberOf(textOf(node, viewer), span);
    case 'BooleanLiteralExpression':
      return { kind: 'boolean', value: isTrue(textOf(node, viewer)), span };
    case 'NullLiteralExpression':
      return { kind: 'null', span };
    case 'DateTimeLiteralExpression':
    case 'TimespanLiteralExpression':
    case 'GuidLiteralExpression': {
      const written = textOf(node, viewer);
      return { kind: 'written', value: /^guid\s*\(\s*([\w-]+)\s*\)$/.exec(written)?.[1] ?? written, span };
    }
    case 'TypeOfLiteralExpression':
    case 'TokenLiteralExpression':
      return { kind: 'written', value: textOf(node, viewer), span };
    case 'DynamicExpression':
      return dynamicValue(child(node, 'Expression', viewer), span, viewer);
    case 'JsonArrayExpression':
    case 'JsonObjectExpression':
      return { kind: 'json', value: jsonOf(node, viewer), span };
    default:
      return null;
  }
}

/** One literal, or several next to each other, which are one text. */
function textValue(node: View, viewer: Viewer): string {
  const tokens = node.kind === 'StringLiteralExpression' ? [node] : items(node, 'Tokens', viewer);
  return tokens.map((token) => viewer.library.stringValue(textOf(token, viewer))).join('');
}

/** `5`, `0x1F`, `5.0e3`, `long(5)`, `real(nan)`: what JavaScript's numbers can't hold stays as it is written. */
function numberOf(written: string, span: Span): Expr {
  const digits = /^\w+\s*\(([^)]*)\)$/.exec(written)?.[1]?.trim() ?? written;
  if (digits === 'null') return { kind: 'null', span };
  const value = digits === '' ? Number.NaN : Number(digits);
  const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return exact ? { kind: 'number', value, span } : { kind: 'written', value: digits, span };
}

function isTrue(written: string): boolean {
  return /\b(?:true|1)\b/i.test(written);
}

/** `dynamic("x")` and `dynamic(5)` are the value itself, lists and maps are JSON. */
function dynamicValue(inner: View | null, span: Span, viewer: Viewer): Expr {
  if (inner === null) return { kind: 'null', span };
  const literal = readLiteral(inner, viewer);
  return literal === null ? { kind: 'null', span } : { ...literal, span };
}

function jsonOf(node: View, viewer: Viewer): Json {
  if (node.kind === 'JsonArrayExpression') {
    // What is missing has no letters.
    const values = items(node, 'Values', viewer).filter(({ element }) => element.FullWidth > 0);
    return values.map((value) => jsonOf(value, viewer));
  }
  if (node.kind === 'JsonObjectExpression') {
    return Object.fromEntries(
      items(node, 'Pairs', viewer).flatMap((pair) => {
        const [name, , value] = children(pair, viewer);
        if (name === undefined || value === undefined) return [];
        return [[viewer.library.stringValue(textOf(name, viewer)), jsonOf(value, viewer)] as const];
      }),
    );
  }
  if (node.kind === 'UnaryMinusExpression') {
    const value = children(node, viewer)[1];
    const number = value === undefined ? null : jsonOf(value, viewer);
    return typeof number === 'number' ? -number : null;
  }
  const literal = readLiteral(node, viewer);
  if (literal === null) return null;
  switch (literal.kind) {
    case 'text':
    case 'number':
    case 'boolean':
    case 'written':
    case 'json':
      return literal.value;
    default:
      return null;
  }
}
