import type { Query, Result, Stage } from '@rulescope/logic';

/**
 * The name of the stage that a JSON Pointer such as `/stages/1` or `/stages/0/queries/2/stages/1` leads to,
 * with the names of the stages around it; empty where it leads nowhere.
 */
export function stageName(result: Pick<Result, 'stages' | 'queries'>, path: string): string {
  const names: string[] = [];
  let stages: readonly Stage[] = result.stages;
  let queries: readonly Query[] = result.queries ?? [];
  const parts = path.split('/').slice(1);
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const index = Number(parts[i + 1]);
    const stage = parts[i] === 'stages' ? stages[index] : undefined;
    const query = parts[i] === 'queries' ? queries[index] : undefined;
    if (stage !== undefined) {
      names.push(stage.name);
      queries = stage.queries;
    } else if (query !== undefined) {
      stages = query.stages;
    } else return '';
  }
  return names.join(' › ');
}
