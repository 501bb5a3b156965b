export { diagnosticCodes } from './diagnostic-codes.ts';
export { language } from './language.ts';
export { loadParser } from './syntax/library.ts';
