import { childrenOf, type Expression, mapChildren, type Test } from '@rulescope/logic';
import { namesOf } from './candidates.ts';
import { HEADER } from './fields.ts';
import { EVENT_NAMES } from './tables.ts';
import type { LogsourceEvents } from './types.ts';

/**
 * The same condition with its tests on what names an event written as the tables name it: Splunk's `EventCode=4688`,
 * `TERM(EventCode=4688)` and `"<EventID>4688<"` all are `EventID` equals 4688. Spans stay.
 */
export function withEventNames(where: Expression, platform: string, row: LogsourceEvents): Expression {
  const fields = fieldsOf(platform, row);
  const beside = EVENT_NAMES.filter((name) => name.platform === platform && name.beside !== undefined);
  return translate(where);

  function translate(part: Expression): Expression {
    if ('test' in part) {
      const named = nameTest(part.test, fields);
      return named === null ? part : { test: named };
    }
    const inner = mapChildren(part, translate);
    return 'or' in inner ? { or: inner.or.map((item) => asSibling(item, inner.or)) } : inner;
  }

  /** An alternative that rules write beside the name of an event, for the same event. */
  function asSibling(item: Expression, siblings: readonly Expression[]): Expression {
    if (!('test' in item) || item.test.op !== 'eq') return item;
    const { test } = item;
    const known = beside.find(
      ({ field, value, as, beside: event }) =>
        field === test.field &&
        fields.get(as.toLowerCase()) === as &&
        test.values.every((it) => String(it).toLowerCase() === value?.toLowerCase()) &&
        siblings.some((sibling) => namedIn(sibling, as).includes(event ?? '')),
    );
    return known?.beside === undefined
      ? item
      : { test: { ...test, field: known.as, values: [known.beside] } };
  }
}

/** How the fields that name an event are spelled, by their names in lower case. */
function fieldsOf(platform: string, row: LogsourceEvents): ReadonlyMap<string, string> {
  const names = namesOf(row);
  const fields = new Map(names.map((name) => [name.toLowerCase(), name]));
  for (const { platform: of, field, as, beside } of EVENT_NAMES) {
    const isName = names.includes(as) || (row.nameFields === undefined && HEADER.has(as));
    if (of === platform && beside === undefined && isName) fields.set(field.toLowerCase(), as);
  }
  return fields;
}

function nameTest(test: Test, fields: ReadonlyMap<string, string>): Test | null {
  if (test.field !== null) {
    const name = fields.get(test.field.toLowerCase());
    return name === undefined || name === test.field ? null : { ...test, field: name };
  }
  if (test.op !== 'term' && test.op !== 'contains') return null;
  const named = test.values.map((value) => nameInText(String(value)));
  const [first] = named;
  const name = first === undefined ? undefined : fields.get(first?.field ?? '');
  if (name === undefined || named.some((it) => it?.field !== first?.field)) return null;
  return { ...test, field: name, op: 'eq', values: named.map((it) => it?.value ?? '') };
}

/**
 * `EventCode=4688`, `<EventID>4688<`, `type=EXECVE`: a field and its value as they stand in an event's text. Events
 * as text say EventCode and events as XML EventID, so that `EventID=4688` is a text like any other.
 */
export function nameInText(text: string): { readonly field: string; readonly value: string } | null {
  const [, label, labelled] = /^["\s]*([a-z_][\w.]*)\s?=\s?"?([\w.:-]+)["\s]*$/i.exec(text) ?? [];
  if (label !== undefined && labelled !== undefined) {
    const field = label.toLowerCase();
    return field === 'eventid' ? null : { field, value: labelled };
  }
  const tag =
    /^<?EventID>(\d+)(?:<(?:\/(?:EventID>?)?)?)?$/i.exec(text) ?? /^>(\d+)<\/EventID>?$/i.exec(text);
  return tag?.[1] === undefined ? null : { field: 'eventid', value: tag[1] };
}

function namedIn(part: Expression, field: string): readonly string[] {
  if ('test' in part) return part.test.field === field ? part.test.values.map(String) : [];
  return 'not' in part ? [] : childrenOf(part).flatMap((child) => namedIn(child, field));
}
