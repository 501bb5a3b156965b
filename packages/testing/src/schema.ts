import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';

const path = createRequire(import.meta.url).resolve('@rulescope/logic/result.schema.json');
const schema: object = JSON.parse(readFileSync(path, 'utf8'));
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);

/** What a value lacks to be a result as `explain --json` prints it: one line a fault, none where it is one. */
export function schemaFaults(value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
