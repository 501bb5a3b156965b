/** A field whose values Elasticsearch takes apart into lower-case terms (field types text and match_only_text). */
export interface AnalysedField {
  /** The field, or `*.` and how the names of such fields end. */
  readonly name: string;
  /** The page that gives the type. */
  readonly documentation: string;
}

/**
 * The well-known fields of events that are analysed. On all others a value is compared as a whole, as on the
 * keyword fields that nearly all fields of the Elastic Common Schema are.
 */
export const ANALYSED_FIELDS: readonly AnalysedField[] = [
  { name: 'message', documentation: 'Elastic Common Schema, Base Fields, message (match_only_text)' },
  {
    name: 'error.message',
    documentation: 'Elastic Common Schema, Error Fields, error.message (match_only_text)',
  },
  { name: '*.text', documentation: 'Elastic Common Schema, Conventions, "Multi-fields" (match_only_text)' },
  {
    name: 'powershell.file.script_block_text',
    documentation: 'Winlogbeat, Exported fields, PowerShell module fields (text)',
  },
  {
    name: 'powershell.command.value',
    documentation: 'Winlogbeat, Exported fields, PowerShell module fields (text)',
  },
  {
    name: 'powershell.command.invocation_details.value',
    documentation: 'Winlogbeat, Exported fields, PowerShell module fields (text)',
  },
];

const NAMES: ReadonlySet<string> = new Set(ANALYSED_FIELDS.map(({ name }) => name));
const ENDINGS: readonly string[] = ANALYSED_FIELDS.filter(({ name }) => name.startsWith('*')).map(
  ({ name }) => name.slice(1),
);

/** Whether a field is known to be analysed: its tests are on terms then, and capitals do not matter. */
export function isAnalysed(field: string): boolean {
  return NAMES.has(field) || ENDINGS.some((ending) => field.endsWith(ending));
}
