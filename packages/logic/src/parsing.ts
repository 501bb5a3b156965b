/** What the parsers of all languages share. */
export * from './parsing/budget.ts';
export * from './parsing/function-step.ts';
export * from './parsing/pattern.ts';
export * from './parsing/query.ts';
export * from './parsing/reporter.ts';
export * from './parsing/token-cursor.ts';
export * from './parsing/tokens.ts';
