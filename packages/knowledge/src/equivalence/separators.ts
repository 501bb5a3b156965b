import type { EventScope } from './scope.ts';
import { FILE_ENDINGS } from './tables.ts';
import type { Form } from './types.ts';

type Separator = '\\' | '/';

const separators = new Map<string, Separator>();
for (const { system, endings } of FILE_ENDINGS) {
  for (const ending of endings) separators.set(ending, system === 'windows' ? '\\' : '/');
}

/** Programs: where Windows runs one, its file has an ending. */
const PROGRAMS = new Set(['Image', 'ParentImage', 'SourceImage', 'TargetImage']);

/**
 * The separator of the path whose file has a name. An ending of Windows tells it; a program without any ending is one
 * of Linux or macOS, unless the query wants events of Windows alone; then the system tells, where it is known. Else a
 * name with an ending is one of Windows, which most rules are about, unless the ending is one of the others.
 */
export function separatorOf(
  { op, value: name }: Form,
  field: string,
  { paths, language, isWindows }: EventScope,
): Separator {
  const ending = /\.([a-z][\w-]*)$/i.exec(name)?.[1]?.toLowerCase();
  const ofEnding = ending === undefined ? undefined : separators.get(ending);
  if (ofEnding === '\\') return ofEnding;
  if (op === 'eq' && PROGRAMS.has(field) && ending === undefined) return isWindows ? '\\' : '/';
  if (paths !== null) return paths === 'windows' ? '\\' : '/';
  return ofEnding ?? (ending !== undefined || language === 'kql' ? '\\' : '/');
}
