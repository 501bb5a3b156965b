import native from '../data/native.json' with { type: 'json' };
import aliases from './data/aliases.json' with { type: 'json' };
import classes from './data/classes.json' with { type: 'json' };
import endings from './data/file-endings.json' with { type: 'json' };
import functions from './data/functions.json' with { type: 'json' };
import namesakes from './data/namesakes.json' with { type: 'json' };
import parts from './data/parts.json' with { type: 'json' };
import selectors from './data/selectors.json' with { type: 'json' };
import values from './data/values.json' with { type: 'json' };
import type {
  Alias,
  ClassRule,
  FileEndings,
  FunctionNames,
  Namesake,
  NativeNames,
  PartRule,
  Selectors,
  ValueRule,
} from './types.ts';

// The shape of each row is checked in test/equivalence-tables.test.ts.

/** How values are written in one way; see `ValueRule`. They apply in this order. */
export const VALUE_RULES = values as unknown as readonly ValueRule[];

/** What a test on a part of a field says of the whole; see `PartRule`. The first that fits counts. */
export const PART_RULES = parts as unknown as readonly PartRule[];

/** Which events a place holds; see `ClassRule`. */
export const CLASS_RULES = classes as unknown as readonly ClassRule[];

/** Fields of one name that are two things; see `Namesake`. */
export const NAMESAKES = namesakes as unknown as readonly Namesake[];

/** Which systems files of some name are of; see `FileEndings`. */
export const FILE_ENDINGS = endings as unknown as readonly FileEndings[];

/** What functions make of a field; see `FunctionNames`. */
export const FUNCTION_NAMES = functions as unknown as readonly FunctionNames[];

/** Fields that pick events; see `Selectors`. */
export const SELECTORS = selectors as unknown as readonly Selectors[];

/** Other names of canonical fields; see `Alias`. */
export const ALIASES = aliases as unknown as readonly Alias[];

/** Names that products document; see `NativeNames`. */
export const NATIVE_NAMES = native as unknown as readonly NativeNames[];
