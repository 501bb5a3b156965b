/** What the parsers of all languages share. */
export * from './parsing/budget.ts';
export * from './parsing/pattern.ts';
export * from './parsing/query.ts';
export * from './parsing/reporter.ts';
