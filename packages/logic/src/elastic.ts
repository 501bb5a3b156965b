/** What the languages of Elasticsearch share: how they are written, which fields are analysed, what names a source. */
export * from './elastic/analysed-fields.ts';
export * from './elastic/arithmetic.ts';
export * from './elastic/filter-query.ts';
export * from './elastic/lexing.ts';
export * from './elastic/networks.ts';
export * from './elastic/place.ts';
export * from './elastic/regexes.ts';
export * from './elastic/sources.ts';
export * from './elastic/strings.ts';
export * from './elastic/subject.ts';
