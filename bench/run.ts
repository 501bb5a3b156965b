import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildFigures } from './build.ts';
import { printFigures } from './figures.ts';
import { sigmaFigures, sigmaTexts } from './sigma.ts';
import { webFigures } from './web.ts';

const CORPUS = fileURLToPath(new URL('../../shared/corpora/sigma', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples/sigma', import.meta.url));

const corpus = existsSync(CORPUS) ? CORPUS : EXAMPLES;
const edited =
  corpus === CORPUS
    ? 'rules/windows/process_creation/proc_creation_win_certutil_download.yml'
    : 'windows/proc_creation_win_certutil_download.yml';
const texts = sigmaTexts(corpus);

console.log(
  `Node ${process.version}, ${cpus().length} cores, ${texts.length} files of ${corpus === CORPUS ? 'the Sigma corpus' : 'examples/sigma (no corpus beside the checkout)'}\n`,
);
console.log(`${printFigures('Sigma, one core', await sigmaFigures(texts))}\n`);
console.log(`${printFigures('The command', buildFigures(corpus, edited))}\n`);
console.log(printFigures('The site', await webFigures(corpus)));
