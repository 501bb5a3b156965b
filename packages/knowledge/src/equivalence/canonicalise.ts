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
  return { ...canonicalField(form, field, scope), isSelector: isSelector(field) };
}

function canonicalField(form: Form, field: string, scope: EventScope): Canonical {
  const named = namedField(field, scope);
  if (named === null) return plain(form, ownStatus(field, scope.language), null);
  if (named.part === null && named.isSame) {
    return plain(canonicalValue({ ...form, field: named.field }, named.isOwn), 'canonical', named.field);
  }
  return ofPart(form, named, scope);
}

/** The form of a part of a field: on the whole where they are the same, else on the part, linked with the whole. */
function ofPart(form: Form, named: NamedField, scope: EventScope): Canonical {
  const partField = named.part === null ? named.name : `${named.field} (${named.part})`;
  const own = partForm(form, named, partField);
  // What is near a canonical field keeps its own name.
  const status = named.part === null && !named.isSame ? 'native' : 'canonical';
  // Where the whole is empty, its parts are.
  if (form.op === 'exists' || form.op === 'is_null' || form.value === '') {
    return plain(named.isSame ? { ...form, field: named.field } : own, status, named.field);
  }
  const rule = PART_RULES.find((it) => fits(it, form, named));
  if (rule === undefined) return plain(own, status, named.field);
  const before = (rule.before ?? '').replace('{separator}', separatorOf(form.value, scope));
  const hasBefore = before !== '' && form.value.toLowerCase().startsWith(before.toLowerCase());
  const value = hasBefore ? form.value : before + form.value;
  const whole = canonicalValue({ field: named.field, op: rule.op, value }, false);
  if (rule.relation === undefined) return plain(whole, 'canonical', named.field);
  const related: RelatedForm = { ...whole, relation: rule.relation };
  return { ...plain(own, status, named.field), related: [related] };
}

/** Parts that are paths themselves are written as the whole is. */
const PATHS = new Set(['key', 'folder']);

function partForm(form: Form, { field, part }: NamedField, partField: string): Form {
  if (!PATHS.has(part ?? '')) return { ...form, field: partField };
  return { ...canonicalValue({ ...form, field }, false), field: partField };
}

function fits(rule: PartRule, { op, value }: Form, { field, name, part }: NamedField): boolean {
  const isOf = rule.part === undefined ? rule.names?.includes(name) === true : rule.part === part;
  if (!isOf || !rule.ops.includes(op)) return false;
  if (rule.fields !== undefined && !rule.fields.includes(field)) return false;
  if (rule.oneWord === true && /[\s"']/.test(value)) return false;
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
