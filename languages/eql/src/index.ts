export { diagnosticCodes } from './diagnostic-codes.ts';
export { language } from './language.ts';
export type * from './syntax/ast.ts';
export { parseEql } from './syntax/parser.ts';
export { printEql } from './syntax/print.ts';
