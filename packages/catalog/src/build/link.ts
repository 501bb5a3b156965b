import { type AnalysedFile, analyseFile } from '../analyse/analyse.ts';
import type { RuleFormat } from '../readers/reader.ts';
import type { BuiltFile } from './analyse-files.ts';
import { readerFailure, readLinkedRules } from './read.ts';

/**
 * Follows the references between rules, whatever files and sources they are in. Only the files that refer to
 * others or are referred to are read again, together: linked analyses depend on more than one file, so they
 * are never cached.
 */
export function linkFiles(files: readonly BuiltFile[]): readonly BuiltFile[] {
  const linked = new Map<BuiltFile, AnalysedFile>();
  for (const format of new Set(files.map((file) => file.format))) {
    if (format?.readLinked === undefined) continue;
    const own = concerned(files.filter((file) => file.format === format));
    linkFormat(format.readLinked, own).forEach((analysis, i) => {
      const file = own[i];
      if (file !== undefined) linked.set(file, analysis);
    });
  }
  if (linked.size === 0) return files;
  return files.map((file) => ({ ...file, analysis: linked.get(file) ?? file.analysis }));
}

function linkFormat(
  readLinked: NonNullable<RuleFormat['readLinked']>,
  files: readonly BuiltFile[],
): readonly AnalysedFile[] {
  try {
    return readLinkedRules(
      readLinked,
      files.map(({ content }) => content),
    ).map(analyseFile);
  } catch (error) {
    // Unlinked is better than not at all.
    return files.map(({ analysis }) => ({
      rules: analysis.rules,
      diagnostics: [...analysis.diagnostics, readerFailure(error)],
    }));
  }
}

/** The files with rules that refer to others, and those that they may mean. */
function concerned(files: readonly BuiltFile[]): readonly BuiltFile[] {
  const wanted = new Set(files.flatMap((file) => file.analysis.rules.flatMap((rule) => rule.references)));
  if (wanted.size === 0) return files.filter(hasReferences);
  return files.filter(
    (file) =>
      hasReferences(file) || file.analysis.rules.some((rule) => rule.names.some((name) => wanted.has(name))),
  );
}

function hasReferences(file: BuiltFile): boolean {
  return file.analysis.rules.some((rule) => rule.references.length > 0);
}
