export { canonicalFieldOf, canonicalise } from './canonicalise.ts';
export { conjunctions } from './conjunctions.ts';
export { foldsCase } from './functions.ts';
export { conditionsOf, type EventScope, eventScope, type ScopeFacts } from './scope.ts';
export type { Canonical, FieldStatus, Form, Nearness, RelatedForm } from './types.ts';
