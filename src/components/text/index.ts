import Answer from './Answer.astro';
import Cite from './Cite.astro';
import DeepDive from './DeepDive.astro';
import Drawn from './Drawn.astro';
import Engine from './Engine.astro';
import Figure from './Figure.astro';
import Hint from './Hint.astro';
import Hints from './Hints.astro';
import InPlaceCite from './InPlaceCite.astro';
import KeyPoint from './KeyPoint.astro';
import KeyPoints from './KeyPoints.astro';
import Note from './Note.astro';
import Nothing from './Nothing.astro';
import Option from './Option.astro';
import Options from './Options.astro';
import Pitfall from './Pitfall.astro';
import Pitfalls from './Pitfalls.astro';
import Prompt from './Prompt.astro';
import Say from './Say.astro';
import Solution from './Solution.astro';
import Term from './Term.astro';
import Why from './Why.astro';

/** What an author may use in MDX; `markdown/textComponents.ts` says with which attributes. */
export const textComponents = {
  Answer,
  Cite,
  DeepDive,
  Drawn,
  Engine,
  Figure,
  Hint,
  Hints,
  KeyPoint,
  KeyPoints,
  Note,
  Option,
  Options,
  Pitfall,
  Pitfalls,
  Prompt,
  Say,
  Solution,
  Term,
  Why,
};

/**
 * The same for a question folded into its topic's page. What is read there is the question and its
 * answer; hints, the explanation of each option and the sources stand on the question's own page, so
 * that a topic with all its questions stays light on a slow network.
 */
export const inPlaceComponents = {
  ...textComponents,
  Cite: InPlaceCite,
  Hints: Nothing,
  Why: Nothing,
};
