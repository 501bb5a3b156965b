export { diagnosticCodes } from './diagnostic-codes.ts';
export { language, parseLucene } from './language.ts';
export type * from './syntax/ast.ts';
export { parseLuceneTree } from './syntax/parser.ts';
export { printLucene } from './syntax/print.ts';
