import table from './data-models.json' with { type: 'json' };

/** A row of `data-models.json`: a data model of the Common Information Model, and the objects that its fields are named after. */
interface DataModelRow {
  readonly model: string;
  readonly objects: readonly string[];
}

/** The data models of Splunk's Common Information Model (Common Information Model Add-on Manual, "Data models"). */
const DATA_MODELS: readonly DataModelRow[] = table;

/** The names before the dot in the fields of data models, such as `Processes` in `Processes.process`. */
export const DATA_MODEL_OBJECTS: ReadonlySet<string> = new Set(DATA_MODELS.flatMap(({ objects }) => objects));
