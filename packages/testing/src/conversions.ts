import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { oracleFile } from './shared-files.ts';

/** How the same Sigma rule was written for other languages, from `../shared/oracles/sigma-conversions.jsonl.gz`. */
export interface SigmaConversions {
  /** The Sigma rule's id. */
  readonly id: string;
  /** The rule's file in the Sigma corpus. */
  readonly path: string;
  readonly title: string;
  readonly queries: Readonly<Partial<Record<ConversionKey, readonly string[]>>>;
  /** The conversions that an independent lowering found equal to the rule. */
  readonly agreed: readonly ConversionKey[];
}

/** A converter with its pipeline: the plain ones keep Sigma's names of fields. */
export type ConversionKey =
  | 'spl'
  | 'spl_windows'
  | 'spl_cim'
  | 'kql'
  | 'kql_xdr'
  | 'kql_azmon'
  | 'lucene'
  | 'lucene_ecs'
  | 'eql'
  | 'eql_ecs'
  | 'esql'
  | 'esql_ecs';

/** All rows of the oracle; none where it is not beside the checkout. */
export function sigmaConversions(): readonly SigmaConversions[] {
  const file = oracleFile('sigma-conversions.jsonl.gz');
  if (file === null) return [];
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): SigmaConversions => JSON.parse(line));
}
