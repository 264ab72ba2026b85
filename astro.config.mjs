import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { ankiDecks } from './src/build/ankiDecks.ts';
import { contentCheck } from './src/build/checkContentIntegration.ts';
import { katexAssets } from './src/build/katexAssets.ts';
import { keepOffline } from './src/build/keepOffline.ts';
import { licenses } from './src/build/licenses.ts';
import { searchIndex } from './src/build/searchIndex.ts';
import { securityHeaders } from './src/build/securityHeaders.ts';
import { sharing } from './src/build/sharing.ts';
import { shikiTheme } from './src/build/shikiTheme.ts';
import { rehypeFoldSections } from './src/markdown/rehypeFoldSections.ts';
import { rehypeScrollBoxes } from './src/markdown/rehypeScrollBoxes.ts';
import { remarkAuthorMarks } from './src/markdown/remarkAuthorMarks.ts';

export default defineConfig({
  site: process.env.SITE_URL ?? 'https://llm-interview-lab.github.io',
  base: process.env.BASE_PATH ?? '/',
  outDir: process.env.OUT_DIR ?? './dist',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  // The security policy knows one inline script and no inline style: small files stay files.
  build: { inlineStylesheets: 'never' },
  vite: { build: { assetsInlineLimit: 0 } },
  markdown: {
    shikiConfig: { theme: shikiTheme },
    // The default processor reads Chinese bold (`**优点：**减少`) as asterisks and runs no remark plugins.
    processor: unified({
      gfm: false,
      // Quotes and apostrophes only: dashes and dots mean themselves in code-like prose.
      smartypants: { backticks: false, dashes: false, ellipses: false, quotes: true },
      remarkPlugins: [
        remarkMath,
        [remarkGfm, { singleTilde: false }],
        remarkCjkFriendly,
        remarkAuthorMarks,
      ],
      rehypePlugins: [rehypeKatex, rehypeFoldSections, rehypeScrollBoxes],
    }),
  },
  integrations: [
    contentCheck(),
    katexAssets(),
    mdx({ optimize: true }),
    preact(),
    searchIndex(),
    ankiDecks(),
    sharing(),
    securityHeaders(),
    // It knows the bytes of every file that is kept: none is changed after it.
    keepOffline(),
    licenses(),
  ],
});
