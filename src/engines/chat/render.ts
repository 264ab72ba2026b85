import { Template } from '@huggingface/jinja';
import { oneOf } from '../arguments.ts';
import { checkMessages, type Message } from './messages.ts';
import { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from './templates.ts';

/** Half-open [start, end) in UTF-16 units (JavaScript string indices). */
export interface LossSpan {
  messageIndex: number;
  start: number;
  end: number;
}

export interface RenderedChat {
  rendered: string;
  /** One span per assistant turn: its text as rendered and the end-of-turn token, nothing else. */
  lossSpans: LossSpan[];
}

const parsed = new Map<TemplateName, Template>();

function render(name: TemplateName, messages: readonly Message[], addGenerationPrompt: boolean) {
  let template = parsed.get(name);
  if (template === undefined) {
    template = new Template(TEMPLATES[name].jinja);
    parsed.set(name, template);
  }
  return template.render({
    messages: messages.map(({ role, content }) => ({ role, content })),
    bos_token: TEMPLATES[name].bosToken,
    add_generation_prompt: addGenerationPrompt,
  });
}

/**
 * Renders a conversation as training text and says which part of it bears loss when every assistant
 * turn is trained on. For loss on the last turn only, keep the last span.
 *
 * Spans are found by asking the template, not by searching the text: an assistant message is replaced
 * by a probe, and what stands before and after the probe must stand before and after the real text.
 * So trimming, removed reasoning and markers typed inside a message cannot shift a span.
 *
 * @throws RangeError for an unknown template or role or an empty conversation, TypeError for malformed messages.
 */
export function renderChat(template: TemplateName, messages: readonly Message[]): RenderedChat {
  oneOf('template', template, TEMPLATE_NAMES);
  checkMessages(messages);
  const rendered = render(template, messages, false);
  const probe = probeFor(messages);
  const lossSpans: LossSpan[] = [];
  messages.forEach((message, messageIndex) => {
    if (message.role !== 'assistant') return;
    const probed = render(
      template,
      messages.map((other, index) =>
        index === messageIndex ? { ...other, content: probe } : other,
      ),
      false,
    );
    const start = probed.indexOf(probe);
    const after = probed.length - start - probe.length;
    const end = rendered.length - after + TEMPLATES[template].endOfTurn.length;
    lossSpans.push({ messageIndex, start, end });
  });
  return { rendered, lossSpans };
}

/**
 * The text a model is given at inference: the conversation with the assistant header opened at its end.
 *
 * @throws as {@link renderChat}.
 */
export function renderPrompt(template: TemplateName, messages: readonly Message[]): string {
  oneOf('template', template, TEMPLATE_NAMES);
  checkMessages(messages);
  return render(template, messages, true);
}

/** A run of a private-use character longer than any in the messages: found once, never trimmed. */
function probeFor(messages: readonly Message[]): string {
  const runs = messages.flatMap(({ content }) => [...content.matchAll(/\uE000+/g)]);
  return '\uE000'.repeat(1 + Math.max(0, ...runs.map(([run]) => run.length)));
}
