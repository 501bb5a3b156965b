import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFigures } from './build.ts';
import { ELASTIC_LANGUAGES, elasticFigures } from './elastic.ts';
import { type Figure, isKept, printFigures } from './figures.ts';
import { kustoFigures, kustoTexts } from './kusto.ts';
import { sigmaFigures, sigmaTexts } from './sigma.ts';
import { splFigures, splTexts } from './spl.ts';
import { webFigures } from './web.ts';

const CORPORA = fileURLToPath(new URL('../../shared/corpora', import.meta.url));
const CORPUS = join(CORPORA, 'sigma');
const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));

/** The folders of real rules of a platform, or our own examples where there is no corpus beside the checkout. */
function foldersOf(platform: string, ...names: readonly string[]): readonly string[] {
  const real = names.map((name) => join(CORPORA, name)).filter((folder) => existsSync(folder));
  return real.length > 0 ? real : [join(EXAMPLES, platform)];
}

/** Every figure printed so far. */
const all: Figure[] = [];

function print(title: string, figures: readonly Figure[]): void {
  all.push(...figures.map((figure) => ({ ...figure, name: `${title}: ${figure.name}` })));
  console.log(`${printFigures(title, figures)}\n`);
}

const corpus = existsSync(CORPUS) ? CORPUS : join(EXAMPLES, 'sigma');
const edited =
  corpus === CORPUS
    ? 'sigma/rules/windows/process_creation/proc_creation_win_certutil_download.yml'
    : 'sigma/windows/proc_creation_win_certutil_download.yml';
const texts = sigmaTexts(corpus);

console.log(
  `Node ${process.version}, ${cpus().length} cores, ${texts.length} files of ${corpus === CORPUS ? 'the Sigma corpus' : 'examples/sigma (no corpus beside the checkout)'}\n`,
);
print('Sigma, one core', await sigmaFigures(texts));
const splunk = foldersOf('splunk', 'splunk-security-content/detections', 'anvilogic-armory');
print('Splunk SPL, one core', await splFigures(splTexts(splunk)));
const elastic = {
  folders: foldersOf('elastic', 'elastic-detection-rules', 'elastic-protections-artifacts'),
  conversions: join(CORPORA, '../oracles/sigma-conversions.jsonl.gz'),
};
for (const measured of ELASTIC_LANGUAGES) {
  const queries = measured.texts(elastic);
  if (queries.length > 0) print(`${measured.title}, one core`, await elasticFigures(measured, queries));
}
const kusto = foldersOf(
  'kusto',
  'kusto-bert-janp',
  'kusto-falconfriday',
  'kusto-m365-defender',
  'kusto-reprise99',
);
print('Kusto KQL, one core', kustoFigures(kusto.flatMap(kustoTexts)));
print(
  'The command over Sigma',
  buildFigures([corpus], edited, { cold: 10, edit: 1.5, unchanged: 1, memory: 500 }),
);
const root = existsSync(CORPORA) ? CORPORA : EXAMPLES;
const everything = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(root, name))
  .sort();
print(
  'The command over everything',
  buildFigures(everything, edited, { cold: 60, edit: 4, unchanged: 1.5, memory: 1000 }),
);
print('The site over everything', await webFigures(everything));

const bound = all.filter(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined);
const missed = bound.filter((figure) => !isKept(figure));
console.log(`${bound.length - missed.length} of ${bound.length} bounds kept.`);
for (const { name } of missed) console.log(`MISSED: ${name}`);
