import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from '@rulescope/testing';
import { analyseFile } from '../src/analyse/analyse.ts';
import type { TestedValue } from '../src/analyse/indicators.ts';
import { sourceContext } from '../src/build/source-context.ts';
import { findFiles } from '../src/build/walk.ts';
import { recognise } from '../src/readers/index.ts';

/** The folder that the corpora stand in, or null. */
export const CORPORA = corpusFolder('');

/** A rule of a corpus, and what it tests. */
export interface CorpusRule {
  readonly corpus: string;
  readonly path: string;
  readonly platform: string;
  readonly tested: readonly TestedValue[];
}

const read = new Map<string, readonly CorpusRule[]>();
const contexts = new Map<string, ReturnType<typeof sourceContext>>();

/** The rules of a file, `CORPUS/PATH`, as the catalog's readers give them. */
export function rulesOf(file: string): readonly CorpusRule[] {
  const known = read.get(file);
  if (known !== undefined) return known;
  const [corpus = '', ...parts] = file.split('/');
  const path = parts.join('/');
  const text = readFileSync(join(CORPORA ?? '', file), 'utf8');
  const format = recognise(path, text, false)?.format;
  const rules =
    format === undefined
      ? []
      : analyseFile(format.read(text, contextOf(corpus).filesOf(format))).rules.map(
          ({ platform, tested }) => ({
            corpus,
            path,
            platform,
            tested,
          }),
        );
  read.set(file, rules);
  return rules;
}

function contextOf(corpus: string): ReturnType<typeof sourceContext> {
  const known = contexts.get(corpus) ?? sourceContext(filesOf(corpus));
  contexts.set(corpus, known);
  return known;
}

/** The files of a corpus. */
export function filesOf(corpus: string): ReturnType<typeof findFiles>['files'] {
  const path = join(CORPORA ?? '', corpus);
  return findFiles({ name: corpus, path, platform: null, licence: null, link: null }, () => true).files;
}
