import { initRecall } from './recall.ts';
import { initReveal } from './reveal.ts';
import { initTheme } from './theme.ts';
import { initWhereAmI } from './whereAmI.ts';

initTheme();
initRecall();
initReveal();
initWhereAmI();
