export { diagnosticCodes } from './diagnostic-codes.ts';
export type { EmbeddedLanguages } from './embedded-languages.ts';
export { esqlWith, language, parseEsql } from './language.ts';
export type * from './syntax/ast.ts';
export { parsePipeline } from './syntax/parser.ts';
export { printPipeline } from './syntax/print.ts';
