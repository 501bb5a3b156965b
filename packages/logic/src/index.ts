export * from './build.ts';
export * from './diagnostics.ts';
export * from './indicators.ts';
export * from './language.ts';
export * from './limits.ts';
export * from './model.ts';
export * from './simplify.ts';
export * from './walk.ts';
