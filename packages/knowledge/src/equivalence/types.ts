import type { LanguageId, Operator } from '@rulescope/logic';

/** One value that is looked for in one field: what is counted once its names and values are canonical. */
export interface Form {
  /** Null for terms, which are looked for in the whole event. */
  readonly field: string | null;
  readonly op: Operator;
  /** In the case in which it was written; empty for `exists` and `is_null`. */
  readonly value: string;
}

/** A form as a test asks for it: through functions, perhaps. */
export interface AskedForm extends Form {
  /** Functions around the field, innermost first, as the model has them. */
  readonly through?: readonly string[];
}

/**
 * How a form differs from the one that it is linked with. Two forms are the *same* where they ask for the same events:
 * they are one indicator, and counted together. They are *near* where each is an indicator of its own and the two are
 * linked: one asks for more events than the other (`broader`), for fewer (`narrower`), or for others on some edge
 * (`related`). All else is *different* and not linked. The numbered rules (`data/rules.json`) use these words, too.
 */
export type Nearness = 'broader' | 'narrower' | 'related';

/** Another indicator that is near the one that is counted; the two are counted apart. */
export interface RelatedForm extends Form {
  /** What the rule's own form is, seen from this one: `broader` if it asks for more events. */
  readonly relation: Nearness;
}

/**
 * Whether we know what a field is: one of the canonical names, or led back to one (`canonical`); a name that its
 * own product documents (`native`); or neither. Terms have no field and are `native`.
 */
export type FieldStatus = 'canonical' | 'native' | 'unknown';

/** What a tested value is, whatever the language that says it. */
export interface Canonical {
  /** What is counted: one form, or several where one value stands for several. */
  readonly forms: readonly Form[];
  /** What is near it, each with its relation. */
  readonly related: readonly RelatedForm[];
  readonly status: FieldStatus;
  /** The canonical name of the field, of which the form may look at a part; null where it keeps its own. */
  readonly field: string | null;
  /** True where it picks the events to look at, such as an event ID: it is no behaviour. */
  readonly isSelector: boolean;
}

/** Which part of the canonical field a name stands for, as `data/fields.json` calls it. */
type Part = string;

/** What a name stands for: a canonical field, or a part of it. */
export interface NamedField {
  readonly field: string;
  /** The name without that of its data set. */
  readonly name: string;
  /** Null for the whole. */
  readonly part: Part | null;
  /** True where the name is the canonical field's own, and no other name of it. */
  readonly isOwn: boolean;
  /** False where it is only near the canonical field (see `Nearness`). */
  readonly isSame: boolean;
  /** Another field that it is near, where two things have one name. */
  readonly near?: { readonly field: string; readonly relation: Nearness };
}

interface RowOfRules {
  /** The number of the equivalence rule (`data/rules.json`), and what it says. */
  readonly row: number;
  readonly title: string;
  /** Where this is documented. */
  readonly source: string;
}

interface RowOfValues extends RowOfRules {
  /** The canonical fields whose values it is about. */
  readonly fields: readonly string[];
  /** The operators that it holds for; all where left out. */
  readonly ops?: readonly Operator[];
}

/** How values of some fields are written in one way, a row of `data/values.json`. */
export type ValueRule =
  /** A beginning of the value, such as a registry hive, has several names. */
  | (RowOfValues & { readonly change: 'prefix'; readonly from: readonly string[]; readonly to: string })
  /** A component of a path has several names. */
  | (RowOfValues & { readonly change: 'component'; readonly from: readonly string[]; readonly to: string })
  /** Whole values have several names. */
  | (RowOfValues & { readonly change: 'names'; readonly names: Readonly<Record<string, string>> })
  /** An ending that says nothing. */
  | (RowOfValues & { readonly change: 'ending'; readonly from: readonly string[] })
  /** Numbers, decimal or hexadecimal, are written `0x1f`. */
  | (RowOfValues & { readonly change: 'hexadecimal' })
  /** Numbers, decimal or hexadecimal, are written `31`. */
  | (RowOfValues & { readonly change: 'decimal' })
  /** Typed registry data: `DWORD (0x00000001)`. */
  | (RowOfValues & { readonly change: 'registry-data' })
  /** A path that starts with any drive, `?:\`, holds `:\` and what follows. */
  | (RowOfValues & { readonly change: 'any-drive' });

/** How a test on a part of a canonical field says the same of the whole, a row of `data/parts.json`. */
export interface PartRule extends RowOfRules {
  /** The part, or the names that are near the whole of the field. */
  readonly part?: Part;
  readonly names?: readonly string[];
  /** Or texts that are looked for in whole events of this class. */
  readonly textOf?: string;
  /** The canonical fields; all where left out. */
  readonly fields?: readonly string[];
  readonly ops: readonly Operator[];
  /** The operator on the whole field. */
  readonly op: Operator;
  /** Text before the value; `{separator}` is that of the paths of the events. */
  readonly before?: string;
  /** True where the value must not hold a blank or a quote. */
  readonly oneWord?: boolean;
  /** True where `data/values.json` must have another name for the value. */
  readonly listed?: boolean;
  /** Absent where it is the same; else the two are linked with this relation. */
  readonly relation?: Nearness;
}

/** A test that tells events of a class from others of the same place. */
interface ClassTest {
  readonly field: string;
  readonly values: readonly string[];
}

/**
 * The class of the events of some place, a row of `data/classes.json`. A class is a category of Sigma's, a service of
 * Windows, or `product/service`.
 */
export interface ClassRule {
  readonly class: string;
  /** The sources that hold such events; `*` at the end stands for anything. One of them will do. */
  readonly sources?: readonly { readonly kind: string; readonly values: readonly string[] }[];
  /** The tests that pick them out; one of them will do. */
  readonly tests?: readonly ClassTest[];
  /**
   * The class that it stands in for, of which these events are some. The row says something only of events that are of
   * that class; where the query wants no other value of the tests' field, they are of it no more.
   */
  readonly instead?: string;
  /** What `../data/fields.json` calls the place, where its sources are several that have the same names. */
  readonly place?: string;
  readonly source: string;
}

/** Endings of files that are of one family of systems, a row of `data/file-endings.json`. */
export interface FileEndings {
  readonly system: 'windows' | 'posix';
  readonly title: string;
  /** In lower case, without the dot. */
  readonly endings: readonly string[];
  readonly source: string;
}

/** Two things of one name, which are never one indicator: a row of `data/namesakes.json`. */
export interface Namesake extends Omit<RowOfRules, 'row'> {
  /** Absent where it is the crosswalk alone that has two things of the name. */
  readonly row?: number;
  readonly field: string;
  readonly class?: string;
  /** Or events of the class, `PROVIDER/ID`, and all of a provider, `PROVIDER/*`: those that the query can mean are of them. */
  readonly events?: readonly string[];
  /** The name under which the field is counted in those events. */
  readonly as: string;
  /** How the two are linked; absent where they are not. */
  readonly relation?: Nearness;
}

/** Fields that say which events to look at and nothing of what is looked for, a row of `data/selectors.json`. */
export interface Selectors {
  readonly title: string;
  readonly fields: readonly string[];
  /** The values that say so; all where left out. */
  readonly values?: readonly string[];
  readonly source: string;
}

/** Another name of a canonical field, in events of a class or in one event: a row of `data/aliases.json`. */
export interface Alias extends RowOfRules {
  readonly class?: string;
  /** `PROVIDER/ID`. */
  readonly event?: string;
  readonly names: readonly string[];
  readonly field: string;
  readonly part?: Part;
  /** Present where it is near the field only. */
  readonly relation?: Nearness;
}

/** What a function makes of a field, by the names that languages have for it: a row of `data/functions.json`. */
export interface FunctionNames {
  readonly title: string;
  /** As the model has them in `through`. */
  readonly names: readonly string[];
  /** What it is called in an indicator; null where its value is the field's for whoever compares it. */
  readonly as: string | null;
  /** True where what comes out of it has one case, so that any will do. */
  readonly foldsCase?: true;
  readonly source: string;
}

/** Names that products document, a row of `../data/native.json`. `name.*` is all that start so. */
export interface NativeNames {
  readonly title: string;
  readonly languages: readonly LanguageId[];
  readonly names: readonly string[];
  readonly source: string;
}
