import { type ParsedText, test } from '@rulescope/logic';
import { queryOf, report, reporter, textOfOneQuery } from '@rulescope/logic/parsing';
import { describe, expect, it } from 'vitest';
import { esqlWith, language, parseEsql } from '../src/index.ts';

/** Stands for the reader of another language: the whole text is one value of a field. */
function readWhole(text: string): ParsedText {
  const to = reporter(text);
  const span = [0, text.length] as const;
  const where = test({ field: 'whole', op: 'eq', values: [text], caseSensitive: true, span });
  if (text.includes('!')) report(to, { code: 'other-warning', severity: 'warning' }, 'An odd sign.', [0, 1]);
  const stage = { index: 0, name: 'where', kind: 'filter', text, spans: [span], queries: [] } as const;
  const stages = [{ ...stage, understood: text.includes('?') ? 'partial' : 'full', where } as const];
  return textOfOneQuery(
    queryOf({ language: 'kuery', sources: [], where, stages, diagnostics: to.diagnostics }),
  );
}

/** Stands for a reader that takes a channel, and nothing else, out of the text as its source. */
function readChannel(text: string): ParsedText {
  const sources = text.split(' or ').map((value) => ({ kind: 'channel', value }));
  const query = queryOf({ language: 'kuery', sources, where: null, stages: [], diagnostics: [] });
  return textOfOneQuery(query);
}

const embedded = { kuery: readWhole, lucene: readWhole };

describe('queries in other languages', () => {
  it('are read by what the caller gives, at their place in the text', () => {
    const text = 'from a | where KQL("""b:c""") and not qstr("d:e")';
    const [query] = parseEsql(text, embedded).queries;
    expect(query?.understood).toBe('full');
    expect(query?.where).toMatchObject({
      and: [
        { test: { field: 'whole', values: ['b:c'], span: [text.indexOf('b:c'), text.indexOf('b:c') + 3] } },
        {
          not: {
            test: { field: 'whole', values: ['d:e'], span: [text.indexOf('d:e'), text.indexOf('d:e') + 3] },
          },
        },
      ],
    });
  });

  it('that hold escapes have the place of their string', () => {
    const text = 'from a | where kql("b:\\"c\\"")';
    const [query] = parseEsql(text, embedded).queries;
    expect(query?.where).toMatchObject({
      test: { values: ['b:"c"'], span: [text.indexOf('"'), text.length - 1] },
    });
  });

  it('say what is wrong in them, and lower what is understood', () => {
    const [odd] = parseEsql('from a\n| where kql("!b")', embedded).queries;
    expect(odd?.understood).toBe('full');
    expect(odd?.diagnostics).toMatchObject([{ code: 'other-warning', span: [20, 21], line: 2, column: 14 }]);
    const [partly] = parseEsql('from a | where kql("?b")', embedded).queries;
    expect(partly?.understood).toBe('partial');
  });

  it.each([
    ['a == "x" and not kql("Security")', (channel: object) => ({ and: [{}, { not: channel }] })],
    ['kql("Security") or a == "x"', (channel: object) => ({ or: [channel, {}] })],
  ])('that name a channel are not always true: %s', (condition, expected) => {
    const [query] = parseEsql(`from l | where ${condition}`, { kuery: readChannel }).queries;
    const channel = {
      test: { field: 'winlog.channel', op: 'eq', values: ['Security'], caseSensitive: true },
    };
    expect(query?.where).toMatchObject(expected(channel));
    expect(query?.sources).toEqual([{ kind: 'index', value: 'l' }]);
  });

  it('name a source where all of the filter depends on their channel', () => {
    const text = 'from l | where a == "x" and kql("Security or System")';
    const [query] = parseEsql(text, { kuery: readChannel }).queries;
    expect(query?.where).toMatchObject({ test: { field: 'a' } });
    expect(query?.sources.map(({ value }) => value)).toEqual(['l', 'Security', 'System']);
  });

  it('ask for fields of the event, whatever the names of columns', () => {
    const [query] = parseEsql('from a | eval whole = b | where kql("c")', embedded).queries;
    expect(query?.where).toMatchObject({ test: { field: 'whole' } });
  });

  it('that are given as a constant column are read too', () => {
    const [query] = parseEsql('from a | where kql(concat("b", ":c"))', embedded).queries;
    expect(query?.where).toMatchObject({ test: { values: ['b:c'] } });
  });

  it('are unknown text with a note without a reader', () => {
    for (const parse of [language.parse, esqlWith({ lucene: readWhole }).parse]) {
      const [query] = parse('from a | where kql("b:c")').queries;
      expect(query?.understood).toBe('full');
      expect(query?.where).toMatchObject({ unknown: { text: 'kql("b:c")' } });
      expect(query?.diagnostics.map(({ code }) => code)).toEqual(['esql-embedded-query']);
    }
  });
});
