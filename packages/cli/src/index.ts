export type { ExitCode } from './errors.ts';
export type { Input, Io, Output } from './io.ts';
export { run } from './main.ts';
