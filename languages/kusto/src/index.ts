export { diagnosticCodes } from './diagnostic-codes.ts';
export { language } from './language.ts';
export { sameButForTime } from './portals.ts';
export { loadParser } from './syntax/library.ts';
