export * from './build.ts';
export * from './diagnostics.ts';
export * from './language.ts';
export * from './limits.ts';
export * from './model.ts';
