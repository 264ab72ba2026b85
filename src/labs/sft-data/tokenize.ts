import { Tokenizer } from '@huggingface/tokenizers';
import { type PlacedToken, placeTokens } from './chat.ts';

/** What a model's tokenizer makes of a text, special tokens read as such, none added. */
export function tokenizerFrom(file: object): (text: string) => PlacedToken[] {
  const tokenizer = new Tokenizer(file, {});
  const added = new Set(tokenizer.get_added_tokens_decoder().keys());
  return (text) => {
    const { ids, tokens } = tokenizer.encode(text, { add_special_tokens: false });
    return placeTokens(
      text,
      ids.map((id, index) => ({ id, token: tokens[index] ?? '', added: added.has(id) })),
    );
  };
}
