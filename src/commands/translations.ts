/**
 * Says which texts lag behind their other language.
 *
 *   npm run translations                          lists them
 *   npm run translations -- --agree <folder> …    records that both texts of a folder agree as they are
 *   npm run translations -- --agree --all
 *
 * A folder is `topics/<topic>` or `questions/<topic>/<slug>`, with or without `content/`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Fingerprints, fingerprints, staleLocale } from '../catalog/stale.ts';
import { readContent } from '../content-check/readContent.ts';

const args = process.argv.slice(2);
const { topics, questions, labs } = readContent(process.cwd());
const folders = [...topics, ...questions, ...labs].map(({ factsFile }) =>
  factsFile.replace(/^content\//, '').replace(/\/[^/]+$/, ''),
);
const factsFile = (folder: string): string => {
  const kind = folder.split('/')[0]?.replace(/s$/, '');
  return `content/${folder}/${kind}.json`;
};
const facts = (folder: string): { agreed?: Fingerprints } =>
  JSON.parse(readFileSync(factsFile(folder), 'utf8'));

if (args.includes('--agree')) {
  const named = args
    .filter((arg) => !arg.startsWith('--'))
    .map((arg) => arg.replace(/^content\//, '').replace(/\/$/, ''));
  const unknown = named.filter((folder) => !folders.includes(folder));
  if (unknown.length > 0) {
    console.error(
      `translations: no such folder: ${unknown.join(', ')}; allowed: ${folders.join(', ')}`,
    );
    process.exit(1);
  }
  for (const folder of args.includes('--all') ? folders : named) {
    const agreed = fingerprints(folder);
    writeFileSync(factsFile(folder), `${JSON.stringify({ ...facts(folder), agreed }, null, 2)}\n`);
    console.log(`${folder}: recorded`);
  }
} else {
  for (const folder of folders) {
    const { agreed } = facts(folder);
    const stale = staleLocale(folder, agreed);
    if (stale)
      console.log(
        `${folder}: ${stale} is stale, the other language changed after both were said to agree`,
      );
    else if (!agreed) console.log(`${folder}: never said to agree`);
    else if (JSON.stringify(agreed) !== JSON.stringify(fingerprints(folder))) {
      console.log(`${folder}: both changed, to be compared again`);
    }
  }
}
