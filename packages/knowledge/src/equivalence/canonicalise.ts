import { namedField } from './names.ts';
import type { EventScope } from './scope.ts';
import { isSelector, ownStatus } from './status.ts';
import { PART_RULES } from './tables.ts';
import type { Canonical, FieldStatus, Form, NamedField, PartRule, RelatedForm } from './types.ts';
import { canonicalValue } from './values.ts';

/**
 * What one value of one test is in any language: the field by the crosswalk, then the value by the equivalence
 * rules (`data/values.json`, `data/parts.json`), as far as the scope of the query tells what the name means. What
 * nothing is known of stays as it is written.
 */
export function canonicalise(form: Form, scope: EventScope): Canonical {
  const { field } = form;
  if (field === null) return plain(form, 'native', null);
  const canonical = canonicalField(form, field, scope);
  return { ...canonical, isSelector: isSelector(canonical.field ?? field) };
}

function canonicalField(form: Form, field: string, scope: EventScope): Canonical {
  const named = namedField(field, scope);
  if (named === null) return plain(form, ownStatus(field, scope.language), null);
  if (!named.isSame) return ofNear(form, named, scope);
  if (named.part !== null) return ofPart(form, named, scope);
  const value = form.op.startsWith('field_') ? fieldValue(form.value, scope) : form.value;
  return plain(canonicalValue({ ...form, field: named.field, value }, named.isOwn), 'canonical', named.field);
}

/** The value of `field_eq` and its like is a field, too. */
function fieldValue(name: string, scope: EventScope): string {
  const named = namedField(name, scope);
  return named?.isSame === true && named.part === null ? named.field : name;
}

/** A field that is near a canonical one keeps its own name, save where a rule says the same of the canonical one. */
function ofNear(form: Form, named: NamedField, scope: EventScope): Canonical {
  const rule = PART_RULES.find((it) => it.names?.includes(named.name) === true && fits(it, form, named));
  const own = plain(form, 'native', null);
  return rule === undefined ? own : withRule(rule, form, named, { own, scope });
}

/** The form of a part of a field: on the whole where they are the same, else on the part, linked with the whole. */
function ofPart(form: Form, named: NamedField, scope: EventScope): Canonical {
  // Where the whole is empty, its parts are.
  if (form.op === 'exists' || form.op === 'is_null' || form.value === '') {
    return plain({ ...form, field: named.field }, 'canonical', named.field);
  }
  const own = plain(partForm(form, named), 'canonical', named.field);
  const rule = PART_RULES.find((it) => it.part === named.part && fits(it, form, named));
  return rule === undefined ? own : withRule(rule, form, named, { own, scope });
}

function withRule(
  rule: PartRule,
  form: Form,
  { field }: NamedField,
  { own, scope }: { readonly own: Canonical; readonly scope: EventScope },
): Canonical {
  const before = (rule.before ?? '').replace('{separator}', separatorOf(form.value, scope));
  const hasBefore = before !== '' && form.value.toLowerCase().startsWith(before.toLowerCase());
  const value = hasBefore ? form.value : before + form.value;
  const whole = canonicalValue({ field, op: rule.op, value }, false);
  if (rule.relation === undefined) return plain(whole, 'canonical', field);
  const related: RelatedForm = { ...whole, relation: rule.relation };
  return { ...own, related: [related] };
}

/** Parts that are paths themselves are written as the whole is. */
const PATHS = new Set(['key', 'folder']);

function partForm(form: Form, { field, part }: NamedField): Form {
  const partField = `${field} (${part})`;
  if (!PATHS.has(part ?? '')) return { ...form, field: partField };
  return { ...canonicalValue({ ...form, field }, false), field: partField };
}

function fits(rule: PartRule, { op, value }: Form, { field, part }: NamedField): boolean {
  if (!rule.ops.includes(op)) return false;
  if (rule.fields !== undefined && !rule.fields.includes(field)) return false;
  if (rule.oneWord === true && /[\s"']/.test(value)) return false;
  if (rule.listed === true && canonicalValue({ field, op, value }, false).value === value) return false;
  // A name that holds a separator is none of a file: no event has it.
  return part !== 'file name' || !/[\\/]/.test(value);
}

const WINDOWS_FILE =
  /\.(?:exe|dll|sys|bat|cmd|ps1|psm1|vbs|vbe|com|scr|cpl|msi|msc|hta|lnk|ocx|pif|wsf|inf|drv)$/i;

/** The separator of a path whose file has a name: by its ending, by the system, by what the language is used for. */
function separatorOf(name: string, { paths, language }: EventScope): string {
  if (WINDOWS_FILE.test(name)) return '\\';
  if (paths !== null) return paths === 'windows' ? '\\' : '/';
  return language === 'kql' ? '\\' : '/';
}

function plain(form: Form, status: FieldStatus, field: string | null): Canonical {
  return { forms: [form], related: [], status, field, isSelector: false };
}
