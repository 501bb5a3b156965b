import type { Test } from '@rulescope/logic';
import { insideFunctions } from '@rulescope/logic';
import { EVENT_ID, eventIdForm } from './event-ids.ts';
import { tellingFunctions } from './functions.ts';
import { namedField, nativeName } from './names.ts';
import type { EventScope } from './scope.ts';
import { separatorOf } from './separators.ts';
import { isSelector, ownStatus } from './status.ts';
import { PART_RULES } from './tables.ts';
import type { AskedForm, Canonical, FieldStatus, Form, NamedField, PartRule, RelatedForm } from './types.ts';
import { canonicalValue } from './values.ts';

/**
 * What one value of one test is in any language: the field by the crosswalk, then the value by the equivalence
 * rules (`data/values.json`, `data/parts.json`), as far as the scope of the query tells what the name means. What
 * nothing is known of stays as it is written; a field inside functions is one of its own, `length(CommandLine)`.
 */
export function canonicalise(asked: AskedForm, scope: EventScope): Canonical {
  const { through = [], ...form } = asked;
  const functions = tellingFunctions(through);
  const event = functions.length === 0 ? eventIdForm(form, scope) : null;
  if (event !== null) return { ...plain(event, 'canonical', event.field), isSelector: true };
  const { field } = form;
  if (field === null) return ofText(form, scope);
  const canonical =
    functions.length === 0
      ? canonicalForm(form, field, scope)
      : ofFunctions(form, field, { functions, scope });
  return { ...canonical, isSelector: isSelector(canonical.field ?? field, form.value) };
}

/**
 * The canonical name of the field that a test looks at, as its indicators name it: `Image`, or where only a part of it
 * tells, `Image (file name)`. Null where the field keeps its own name, and for free text. Functions are left out.
 */
export function canonicalFieldOf(
  { field, op, values }: Pick<Test, 'field' | 'op' | 'values'>,
  scope: EventScope,
): string | null {
  if (field === null) return null;
  const [first = ''] = values;
  if (eventIdForm({ field, op, value: String(first) }, scope) !== null) return EVENT_ID;
  const named = namedField(field, scope);
  if (named === null) return null;
  if (named.isSame && named.part === null) return named.field;
  const whole = named.isSame ? named.field : null;
  const found = new Set<string | null>();
  for (const value of values.length === 0 ? [''] : values) {
    const { forms, field: canonical } = canonicalForm({ field, op, value: String(value) }, field, scope);
    found.add(canonical === null ? null : (forms[0]?.field ?? null));
    if (found.size > 1) return whole;
  }
  return [...found][0] ?? null;
}

function canonicalForm(form: Form, field: string, scope: EventScope): Canonical {
  const named = namedField(field, scope);
  if (named === null) return ofNative(form, field, scope);
  if (!named.isSame) return ofNear(form, field, { named, scope });
  const found = named.part === null ? ofWhole(form, named, scope) : ofPart(form, named, scope);
  const { near } = named;
  if (near === undefined) return found;
  // What is of one name and near it is asked of the other in the same words.
  const renamed = (name: string | null) => name?.replace(named.field, near.field) ?? null;
  const related = found.forms.map((it) => ({ ...it, field: renamed(it.field), relation: near.relation }));
  return { ...found, related: [...found.related, ...related] };
}

function ofWhole(form: Form, named: NamedField, scope: EventScope): Canonical {
  const value = form.op.startsWith('field_') ? fieldValue(form.value, scope) : form.value;
  return plain(canonicalValue({ ...form, field: named.field, value }, named.isOwn), 'canonical', named.field);
}

/** A text in the whole event; where all events are of a class, it is near one in the field that is searched there. */
function ofText(form: Form, { classes }: EventScope): Canonical {
  const own = plain(form, 'native', null);
  const rule = PART_RULES.find(({ textOf, ops }) => textOf === classes[0] && ops.includes(form.op));
  const field = rule?.fields?.[0];
  if (classes.length !== 1 || rule?.relation === undefined || field === undefined) return own;
  return { ...own, related: [{ field, op: rule.op, value: form.value, relation: rule.relation }] };
}

/** A field that no crosswalk knows. */
function ofNative(form: Form, field: string, scope: EventScope): Canonical {
  const status = ownStatus(field, scope.language);
  return plain({ ...form, field: isSelector(field) ? field : nativeName(field, scope) }, status, null);
}

/** What functions make of a field is nothing that is said of the field itself: no rule on values holds. */
function ofFunctions(
  form: Form,
  field: string,
  { functions, scope }: { readonly functions: readonly string[]; readonly scope: EventScope },
): Canonical {
  const named = namedField(field, scope);
  const isKnown = named?.isSame === true;
  const inner = isKnown ? partName(named) : nativeName(field, scope);
  const status = isKnown ? 'canonical' : ownStatus(field, scope.language);
  const own = { ...form, field: insideFunctions(inner, functions) };
  return plain(own, status, isKnown ? named.field : null);
}

/** The value of `field_eq` and its like is a field, too. */
function fieldValue(name: string, scope: EventScope): string {
  const named = namedField(name, scope);
  return named?.isSame === true && named.part === null ? named.field : name;
}

/** A field that is near a canonical one keeps its own name, save where a rule says the same of the canonical one. */
function ofNear(
  form: Form,
  field: string,
  { named, scope }: { readonly named: NamedField; readonly scope: EventScope },
): Canonical {
  const rule = PART_RULES.find((it) => it.names?.includes(named.name) === true && isAbout(it, form, named));
  const own = plain({ ...form, field: nativeName(field, scope) }, 'native', null);
  if (rule !== undefined) return withRule(rule, form, named, { own, scope });
  if (named.part !== null) return own;
  const near = canonicalValue({ ...form, field: named.field }, false);
  return { ...own, related: [{ ...near, relation: 'related' }] };
}

/** The form of a part of a field: on the whole where they are the same, else on the part, linked with the whole. */
function ofPart(form: Form, named: NamedField, scope: EventScope): Canonical {
  // Where the whole is empty, its parts are.
  if (form.op === 'exists' || form.op === 'is_null' || form.value === '') {
    return plain({ ...form, field: named.field }, 'canonical', named.field);
  }
  const own = plain(partForm(form, named), 'canonical', named.field);
  const rule = PART_RULES.find((it) => it.part === named.part && isAbout(it, form, named));
  return rule === undefined ? own : withRule(rule, form, named, { own, scope });
}

function withRule(
  rule: PartRule,
  form: Form,
  { field }: NamedField,
  { own, scope }: { readonly own: Canonical; readonly scope: EventScope },
): Canonical {
  const before = (rule.before ?? '').replace('{separator}', separatorOf(form, field, scope));
  const hasBefore = before !== '' && form.value.toLowerCase().startsWith(before.toLowerCase());
  const value = hasBefore ? form.value : before + form.value;
  const whole = canonicalValue({ field, op: rule.op, value }, false);
  if (rule.relation === undefined) return plain(whole, 'canonical', field);
  const related: RelatedForm = { ...whole, relation: rule.relation };
  return { ...own, related: [related] };
}

/** Parts that are paths themselves are written as the whole is. */
const PATHS = new Set(['key', 'folder']);

function partForm(form: Form, named: NamedField): Form {
  const { field, part } = named;
  const partField = partName(named);
  if (!PATHS.has(part ?? '')) return { ...form, field: partField };
  return { ...canonicalValue({ ...form, field }, false), field: partField };
}

/** `Image (file name)`; the field itself where it is whole. */
function partName({ field, part }: NamedField): string {
  return part === null ? field : `${field} (${part})`;
}

/** Whether a rule on parts is about this test. */
function isAbout(rule: PartRule, { op, value }: Form, { field, part }: NamedField): boolean {
  if (!rule.ops.includes(op)) return false;
  if (rule.fields !== undefined && !rule.fields.includes(field)) return false;
  if (rule.oneWord === true && /[\s"']/.test(value)) return false;
  if (rule.listed === true && canonicalValue({ field, op, value }, false).value === value) return false;
  // A name that holds a separator is none of a file: no event has it.
  return part !== 'file name' || !/[\\/]/.test(value);
}

function plain(form: Form, status: FieldStatus, field: string | null): Canonical {
  return { forms: [form], related: [], status, field, isSelector: false };
}
