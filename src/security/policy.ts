/** What a page may load and run: printed into each page, and sent as a header by hosts that can. */
import { createHash } from 'node:crypto';
import { HEAD_SCRIPT } from '../reading/head.ts';
import { TRUSTED_POLICIES } from './trusted.ts';

const headScript = createHash('sha256').update(HEAD_SCRIPT).digest('base64');

const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  // The one inline script sets the reader's colours before the first paint. Pagefind compiles WebAssembly.
  'script-src': `'self' 'sha256-${headScript}' 'wasm-unsafe-eval'`,
  'style-src': "'self'",
  // KaTeX and Shiki write positions and colours into style attributes, thousands of them; an attribute
  // can neither load a file (img-src and font-src hold) nor reach another element.
  'style-src-attr': "'unsafe-inline'",
  // The arrow of a select is drawn inside a stylesheet.
  'img-src': "'self' data:",
  // KaTeX's fonts, cut to a topic, travel inside its stylesheet.
  'font-src': 'data:',
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  // One's own voice in a mock interview, recorded and played in the tab.
  'media-src': 'blob:',
  'form-action': "'self'",
  'base-uri': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': TRUSTED_POLICIES.join(' '),
};

/** For `<meta http-equiv>`, where browsers ignore `frame-ancestors`. */
export const PAGE_POLICY = Object.entries(DIRECTIVES)
  .map((directive) => directive.join(' '))
  .join('; ');

/** Headers of every file. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${PAGE_POLICY}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  // The mock interview may record; nothing else of the device is used.
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
};
