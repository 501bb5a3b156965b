export { canonicalFieldOf, canonicalise } from './canonicalise.ts';
export { type Conjunctions, conjunctions } from './conjunctions.ts';
export { foldsCase } from './functions.ts';
export { countedRegex, ignoresCase } from './regexes.ts';
export { conditionsOf, type EventScope, eventScope, type ScopeFacts } from './scope.ts';
export { type MisspeltSource, misspeltField, misspeltSource } from './spelling.ts';
export type { Canonical, FieldStatus, Form, Nearness, RelatedForm } from './types.ts';
