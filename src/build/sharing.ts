import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { LANG, LOCALES, translator } from '../i18n/index.ts';
import { TOPICS, type Topic } from '../schemas/shared.ts';
import { type Card, groundSvg, signsOf, titleSvg } from './share/card.ts';
import { colour } from './share/colours.ts';
import { feed } from './share/feed.ts';
import { type Head, readHead } from './share/heads.ts';
import { lettersOf } from './share/letters.ts';
import { drawCard, drawGround, type Ground } from './share/picture.ts';
import { sitemap } from './share/sitemap.ts';

/** Drawn cards by the hash of what they show; another build takes them from here. */
const CACHE = 'node_modules/.cache/preview-images';
const WEIGHT = { bold: 640, regular: 440 } as const;

/**
 * What other sites ask of this one: a preview image for each page, sitemap.xml, robots.txt and a
 * feed of changes per language. All of it is read from the heads of the built pages.
 */
export function sharing(): AstroIntegration {
  let root = '';
  return {
    name: 'sharing',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = new URL(`${config.base.replace(/\/$/, '')}/`, config.site).href;
      },
      'astro:build:done': async ({ dir, pages, logger }) => {
        const site = fileURLToPath(dir);
        const heads = pages
          .map(({ pathname }) => join(site, pathname, 'index.html'))
          .filter((file) => existsSync(file))
          .flatMap((file) => readHead(file) ?? [])
          .sort((a, b) => (a.canonical < b.canonical ? -1 : 1));
        writeFileSync(join(site, 'sitemap.xml'), sitemap(heads));
        writeFileSync(join(site, 'robots.txt'), robots(root));
        for (const locale of LOCALES) {
          const t = translator(locale);
          const folder = locale === 'en' ? '' : `${locale}/`;
          const own = heads.filter(({ language }) => language === LANG[locale]);
          const words = {
            title: t('feed.title'),
            subtitle: t('feed.subtitle'),
            author: t('site.name'),
            home: `${root}${folder}`,
            self: `${root}${folder}feed.xml`,
            language: LANG[locale],
          };
          writeFileSync(join(site, folder, 'feed.xml'), feed(own, words));
        }
        const started = performance.now();
        const { drawn, kept } = await drawCards(heads, root, site);
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        logger.info(`${drawn} preview images drawn, ${kept} kept, ${seconds} s`);
      },
    },
  };
}

/** Search engines read it at the root of a host only; below a folder it does no harm. */
function robots(root: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${root}sitemap.xml\n`;
}

async function drawCards(
  heads: readonly Head[],
  root: string,
  site: string,
): Promise<{ drawn: number; kept: number }> {
  const place = new URL(root).host;
  const design = designHash();
  const cards = heads.map((head) => {
    const card: Card = {
      language: head.language,
      title: head.title,
      siteName: head.siteName,
      section: head.section,
      topic: isTopic(head.topic) ? head.topic : 'deepspeed',
      place,
    };
    const hash = createHash('sha256').update(design).update(JSON.stringify(card)).digest('hex');
    if (!head.image.startsWith(root))
      throw new Error(`${head.canonical}: no og:image of this site`);
    return {
      card,
      cached: join(CACHE, `${hash.slice(0, 20)}.png`),
      file: join(site, head.image.slice(root.length)),
    };
  });
  const missing = cards.filter(({ cached }) => !existsSync(cached));
  if (missing.length > 0) {
    const signs = missing.map(({ card }) => signsOf(card));
    const bold = await lettersOf(signs.map((own) => own.bold).join(''), WEIGHT.bold);
    const regular = await lettersOf(signs.map((own) => own.regular).join(''), WEIGHT.regular);
    mkdirSync(CACHE, { recursive: true });
    const [paper, ink] = ['paper', 'ink'].map((token) =>
      Number.parseInt(colour(token).slice(1), 16),
    );
    const grounds = new Map<string, Promise<Ground>>();
    const groundOf = (card: Card): Promise<Ground> => {
      const svg = groundSvg(card, regular);
      const known = grounds.get(svg) ?? drawGround(svg, paper!, ink!);
      grounds.set(svg, known);
      return known;
    };
    const queue = missing.values();
    const draw = async (): Promise<void> => {
      for (const { card, cached } of queue) {
        writeFileSync(cached, await drawCard(await groundOf(card), titleSvg(card, bold)));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, draw));
  }
  for (const { cached, file } of cards) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, readFileSync(cached));
  }
  return { drawn: missing.length, kept: cards.length - missing.length };
}

const isTopic = (topic: string): topic is Topic => (TOPICS as readonly string[]).includes(topic);

/** Changes whenever a card could look otherwise: its code, the colours, the font and the renderer. */
function designHash(): string {
  const sources = ['card', 'colours', 'letters', 'lines', 'motifs', 'picture'].map((name) =>
    readFileSync(`src/build/share/${name}.ts`),
  );
  const packages = ['@fontsource-variable/noto-sans-sc', 'sharp'].map((name) =>
    readFileSync(`node_modules/${name}/package.json`),
  );
  const hash = createHash('sha256').update(JSON.stringify(WEIGHT));
  for (const part of [...sources, ...packages, readFileSync('src/styles/tokens.css')]) {
    hash.update(part);
  }
  return hash.digest('hex');
}
