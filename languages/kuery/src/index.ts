export { diagnosticCodes } from './diagnostic-codes.ts';
export { language, parseKuery } from './language.ts';
export type * from './syntax/ast.ts';
export { parseKueryTree } from './syntax/parser.ts';
export { printKuery } from './syntax/print.ts';
