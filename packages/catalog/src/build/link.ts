import { analyseFile } from '../analyse/analyse.ts';
import { catalogCode, fileDiagnostic } from '../diagnostic-codes.ts';
import type { RuleReader } from '../readers/reader.ts';
import { type BuiltFile, contentKey } from './analyse-files.ts';
import { readBytes, readLinkedRules } from './read.ts';

/**
 * Follows the references between rules, whatever files and sources they are in. Only the files that refer to
 * others or are referred to are read again, together: linked analyses depend on more than one file, so they
 * are never cached.
 */
export function linkFiles(files: readonly BuiltFile[], fingerprint: Uint8Array): readonly BuiltFile[] {
  const linked = new Map<BuiltFile, BuiltFile>();
  for (const reader of new Set(files.map((file) => file.reader))) {
    const own = files.filter((file) => file.reader === reader);
    for (const [file, result] of linkFormat(reader, own, fingerprint)) linked.set(file, result);
  }
  return linked.size === 0 ? files : files.map((file) => linked.get(file) ?? file);
}

function linkFormat(
  reader: RuleReader,
  files: readonly BuiltFile[],
  fingerprint: Uint8Array,
): ReadonlyMap<BuiltFile, BuiltFile> {
  const results = new Map<BuiltFile, BuiltFile>();
  const again: { readonly file: BuiltFile; readonly bytes: Buffer }[] = [];
  for (const file of concerned(files)) {
    const content = readBytes(file.location);
    const same = 'bytes' in content && isSame(contentKey(content.bytes, reader, fingerprint), file.key);
    if (same) again.push({ file, bytes: content.bytes });
    else results.set(file, withChange(file));
  }
  const linked = readLinkedRules(
    reader,
    again.map(({ bytes }) => bytes),
  );
  again.forEach(({ file }, i) => {
    const read = linked[i];
    if (read !== undefined) results.set(file, { ...file, analysis: analyseFile(read) });
  });
  return results;
}

/** The files with rules that refer to others, and those that they may mean. */
function concerned(files: readonly BuiltFile[]): readonly BuiltFile[] {
  const wanted = new Set(files.flatMap((file) => file.analysis.rules.flatMap((rule) => rule.references)));
  if (wanted.size === 0 && !files.some(hasReferences)) return [];
  return files.filter(
    (file) =>
      hasReferences(file) || file.analysis.rules.some((rule) => rule.names.some((name) => wanted.has(name))),
  );
}

function hasReferences(file: BuiltFile): boolean {
  return file.analysis.rules.some((rule) => rule.references.length > 0);
}

function isSame(a: Uint8Array, b: Uint8Array | null): boolean {
  return b !== null && Buffer.compare(a, b) === 0;
}

function withChange(file: BuiltFile): BuiltFile {
  const message =
    'The file changed while the catalog was built: its references to other rules are not followed.';
  const { rules, diagnostics } = file.analysis;
  const changed = fileDiagnostic(catalogCode('file-changed'), message);
  return { ...file, analysis: { rules, diagnostics: [...diagnostics, changed] } };
}
