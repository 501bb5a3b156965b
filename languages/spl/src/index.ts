export * from './environment.ts';
export { language, parseSpl } from './language.ts';
