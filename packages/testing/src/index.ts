export { type ConversionKey, type SigmaConversions, sigmaConversions } from './conversions.ts';
export { difference, type EquivalenceOptions } from './equivalence.ts';
export { complete, expectGolden, type GoldenPair, goldenPairs, runCases, runGoldenPairs } from './golden.ts';
export { faultsOf } from './invariants.ts';
export { schemaFaults } from './schema.ts';
export { corpusFolder, oracleFile, PROJECT_ROOT } from './shared-files.ts';
export { behavesLikeLanguage, type LanguageTraits, type Sample } from './suite.ts';
