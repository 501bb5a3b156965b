import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Expression, mapChildren, type Query, type Stage, testsOf } from '@rulescope/logic';
import { evaluate, type FlatEvent } from '@rulescope/logic/evaluate';
import { oracleFile } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';
import { stringsOf } from './toml.ts';

const folder = oracleFile('eql-engine');

/** One of the engine's own test queries, and the ids of the events that it returns on the engine's test data. */
interface EngineQuery {
  readonly text: string;
  readonly ids: readonly number[];
  /** The answer holds where the engine disregards case. */
  readonly caseless: boolean;
}

function engineQueries(root: string): readonly EngineQuery[] {
  return readFileSync(join(root, 'eql/etc/test_queries.toml'), 'utf8')
    .split('[[queries]]')
    .slice(1)
    .map((block) => ({
      text: stringsOf(block, '', 'query')[0] ?? '',
      ids: (/^expected_event_ids\s*=\s*\[([^\]]*)\]/m.exec(block)?.[1]?.match(/\d+/g) ?? []).map(Number),
      caseless: /^case_insensitive = true/m.test(block),
    }));
}

/** Objects within an event are flattened: `a.b`, and `list[0]` beside the whole list. */
function flat(value: unknown, name: string, into: Record<string, FlatEvent[string]>): void {
  if (Array.isArray(value)) {
    const values = value.filter((item) => typeof item !== 'object');
    if (values.length === value.length) into[name] = values;
    for (const [i, item] of value.entries()) flat(item, `${name}[${i}]`, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) flat(item, name === '' ? key : `${name}.${key}`, into);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    into[name] = value;
  }
}

function eventsOf(root: string): readonly FlatEvent[] {
  const events: readonly unknown[] = JSON.parse(readFileSync(join(root, 'eql/etc/test_data.json'), 'utf8'));
  return events.map((event) => {
    const fields: Record<string, FlatEvent[string]> = {};
    flat(event, '', fields);
    return fields;
  });
}

/**
 * As the Endgame engine reads it: a star is a wildcard under `==` too, and case may not count. What EQL calls
 * `length` is `len` to the evaluator.
 */
function asEndgame(where: Expression, caseless: boolean): Expression {
  if (!('test' in where)) return mapChildren(where, (child) => asEndgame(child, caseless));
  const { test } = where;
  const caseSensitive = caseless && test.caseSensitive !== null ? false : test.caseSensitive;
  const through = test.through.map((name) => (name === 'length' ? 'len' : name));
  if (test.op !== 'eq' || !test.values.some((value) => String(value).includes('*')))
    return { test: { ...test, through, caseSensitive } };
  const values = test.values.map((value) => String(value).replaceAll('\\', '\\\\'));
  return { test: { ...test, through, op: 'wildcard', values, caseSensitive } };
}

const PLAIN_STAGES = ['where', 'filter', 'head', 'tail'];

/** Whether a query is made of filters on single events, all of which the model says. */
function isPlain(query: Query): boolean {
  return (
    query.stages.every(({ name }) => PLAIN_STAGES.includes(name)) &&
    !JSON.stringify(query.stages.map(({ where }) => where)).includes('"unknown"')
  );
}

/** What the model cannot say or the one-event evaluator cannot ask, by the text that tells it. */
const LEFT_OUT: readonly (readonly [part: RegExp, why: string])[] = [
  [
    /fake_field (?:!=|== "\*"\))|not \(fake_field/,
    'null logic: a Not of a comparison with a missing field is null',
  ],
  [/arraySearch|mysterious_field/, 'objects in arrays, which a flat event has not'],
  [/length\(bytes_written_string_list\)/, 'the length of an array: the evaluator asks each of its values'],
];

/** The ids of the events that pass all stages. */
function run(query: Query, events: readonly FlatEvent[], caseless: boolean): readonly unknown[] {
  const [source] = query.sources;
  let passing: readonly FlatEvent[] = events.filter(
    (event) => source === undefined || event.event_type === source.value,
  );
  for (const stage of query.stages) passing = through(stage, passing, caseless);
  return passing.map((event) => event.serial_event_id);
}

function through(stage: Stage, events: readonly FlatEvent[], caseless: boolean): readonly FlatEvent[] {
  const count = Number(/\d+/.exec(stage.text)?.[0]);
  if (stage.name === 'head') return events.slice(0, count);
  if (stage.name === 'tail') return events.slice(-count);
  const where = stage.where === null ? null : asEndgame(stage.where, caseless);
  return where === null ? events : events.filter((event) => evaluate(where, event) === true);
}

const KNOWN_FUNCTIONS = new Set(['length']);

describe.skipIf(folder === null)(
  "the engine's own tests (skipped without ../shared/oracles/eql-engine)",
  () => {
    const queries = folder === null ? [] : engineQueries(folder);
    const parsed = queries.map((engine) => ({ engine, query: language.parse(engine.text).queries[0] }));

    it('every query is understood in full, what is outside of Elastic named', () => {
      expect(queries.length).toBe(241);
      expect(
        parsed.filter(({ query }) => query?.understood !== 'full').map(({ engine }) => engine.text),
      ).toEqual([]);
    });

    it('plain event filters return exactly the events that the engine returns', () => {
      const events = folder === null ? [] : eventsOf(folder);
      let asked = 0;
      const wrong: string[] = [];
      for (const { engine, query } of parsed) {
        if (query === undefined || !isPlain(query)) continue;
        if (LEFT_OUT.some(([part]) => part.test(engine.text))) continue;
        const functions = query.stages.flatMap(({ where }) =>
          where === null ? [] : testsOf(where).flatMap(({ through: names }) => names),
        );
        if (functions.some((name) => !KNOWN_FUNCTIONS.has(name))) continue;
        asked += 1;
        const ids = run(query, events, engine.caseless);
        if (JSON.stringify(ids) !== JSON.stringify(engine.ids))
          wrong.push(`${engine.text}\n  gives ${JSON.stringify(ids)}, not ${JSON.stringify(engine.ids)}`);
      }
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThan(80);
    });
  },
);
