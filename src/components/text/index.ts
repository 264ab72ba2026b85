import Answer from './Answer.astro';
import Cite from './Cite.astro';
import DeepDive from './DeepDive.astro';
import Drawn from './Drawn.astro';
import Engine from './Engine.astro';
import Figure from './Figure.astro';
import Hint from './Hint.astro';
import Hints from './Hints.astro';
import KeyPoint from './KeyPoint.astro';
import KeyPoints from './KeyPoints.astro';
import Note from './Note.astro';
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
