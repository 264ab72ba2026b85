import { initOffline } from '~/offline/page.ts';
import { initSearch } from '~/search/open.ts';
import { initCardStates } from './cardStates.ts';
import { initRecall } from './recall.ts';
import { initReveal } from './reveal.ts';
import { initSeenParts } from './seenParts.ts';
import { initTerms } from './terms.ts';
import { initTheme } from './theme.ts';
import { initWhereAmI } from './whereAmI.ts';

initTheme();
initRecall();
initReveal();
initSeenParts();
initTerms();
initWhereAmI();
initSearch();
initCardStates();
initOffline();
