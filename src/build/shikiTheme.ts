import { createCssVariablesTheme } from 'shiki';

/** Code takes its colours from the tokens, so it follows the page's theme. */
export const shikiTheme = createCssVariablesTheme({ name: 'tokens', variablePrefix: '--shiki-' });
