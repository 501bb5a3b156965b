/** How an event may be related to another one: `child of […]` (Endgame EQL, Basic Syntax, "Event Relationships"). */
export const RELATIONS: readonly string[] = ['child', 'descendant', 'event'];
