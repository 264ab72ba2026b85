/** Chat templates: a conversation as training text, and the part of it that bears loss. */

export {
  BOUNDARIES,
  type Boundary,
  LOSS_ON,
  type LossOn,
  type Span,
  TRAPS,
  type TrainingInput,
  type TrainingText,
  type Trap,
} from './conventions.ts';
export { CHATML_TOKENS_PER_MESSAGE, lossTokens } from './lossTokens.ts';
export { type Message, ROLES, type Role } from './messages.ts';
export { type LossSpan, type RenderedChat, renderChat, renderPrompt } from './render.ts';
export { chatSegments, type Segment } from './segments.ts';
export { type ChatTemplate, TEMPLATE_NAMES, TEMPLATES, type TemplateName } from './templates.ts';
export {
  type LabelledToken,
  labelTokens,
  type PlacedToken,
  placeTokens,
  type Token,
} from './tokens.ts';
export { trainingText, trapsOf } from './training.ts';
