import { existsSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFigures, wholeFigures } from './build.ts';
import { eqlFigures, eqlTexts } from './eql.ts';
import { esqlFigures, esqlTexts } from './esql.ts';
import { printFigures } from './figures.ts';
import { kueryFigures, kueryTexts } from './kuery.ts';
import { kustoFigures, kustoTexts } from './kusto.ts';
import { luceneFigures, luceneTexts } from './lucene.ts';
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

const corpus = existsSync(CORPUS) ? CORPUS : join(EXAMPLES, 'sigma');
const edited =
  corpus === CORPUS
    ? 'rules/windows/process_creation/proc_creation_win_certutil_download.yml'
    : 'windows/proc_creation_win_certutil_download.yml';
const texts = sigmaTexts(corpus);

console.log(
  `Node ${process.version}, ${cpus().length} cores, ${texts.length} files of ${corpus === CORPUS ? 'the Sigma corpus' : 'examples/sigma (no corpus beside the checkout)'}\n`,
);
console.log(`${printFigures('Sigma, one core', await sigmaFigures(texts))}\n`);
const splunk = foldersOf('splunk', 'splunk-security-content/detections', 'anvilogic-armory');
console.log(`${printFigures('Splunk SPL, one core', await splFigures(splTexts(splunk)))}\n`);
const elastic = foldersOf('elastic', 'elastic-detection-rules', 'elastic-protections-artifacts');
console.log(`${printFigures('EQL, one core', await eqlFigures(elastic.flatMap(eqlTexts)))}\n`);
console.log(`${printFigures('kuery, one core', await kueryFigures(elastic.flatMap(kueryTexts)))}\n`);
const lucene = luceneTexts(join(CORPORA, '../oracles/sigma-conversions.jsonl.gz'));
if (lucene.length > 0) console.log(`${printFigures('Lucene, one core', await luceneFigures(lucene))}\n`);
console.log(`${printFigures('ES|QL, one core', await esqlFigures(elastic.flatMap(esqlTexts)))}\n`);
const kusto = foldersOf(
  'kusto',
  'kusto-bert-janp',
  'kusto-falconfriday',
  'kusto-m365-defender',
  'kusto-reprise99',
);
console.log(`${printFigures('Kusto KQL, one core', kustoFigures(kusto.flatMap(kustoTexts)))}\n`);
console.log(`${printFigures('The command', buildFigures(corpus, edited))}\n`);
const everything = existsSync(CORPORA)
  ? readdirSync(CORPORA)
      .sort()
      .map((name) => join(CORPORA, name))
  : [EXAMPLES];
console.log(`${printFigures('Everything', wholeFigures(everything))}\n`);
console.log(printFigures('The site over everything', await webFigures(everything)));
