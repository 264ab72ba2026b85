/** The chat engine without its renderer, which the engine's face would bring along: that comes with make.ts. */
export {
  BOUNDARIES,
  type Boundary,
  LOSS_ON,
  type LossOn,
  TRAPS,
  type TrainingInput,
  type TrainingText,
  type Trap,
} from '~/engines/chat/conventions.ts';
export { type Message, ROLES, type Role } from '~/engines/chat/messages.ts';
export { chatSegments } from '~/engines/chat/segments.ts';
export { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from '~/engines/chat/templates.ts';
export {
  type LabelledToken,
  labelTokens,
  type PlacedToken,
  placeTokens,
} from '~/engines/chat/tokens.ts';
