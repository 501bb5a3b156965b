/** What the languages of Elasticsearch share: which fields are analysed, what a value is compared by, what names a source. */
export * from './elastic/analysed-fields.ts';
export * from './elastic/networks.ts';
export * from './elastic/sources.ts';
export * from './elastic/subject.ts';
