import type { PlacedToken } from './chat.ts';
import { tokenizerFrom } from './tokenize.ts';

export type TokensAsked = { url: string; bytes: number } | { text: string };
export type TokensTold =
  | { loaded: number }
  | { ready: true }
  | { text: string; tokens: PlacedToken[] }
  | { unplaced: string }
  | { failed: string };

let encode: ((text: string) => PlacedToken[]) | undefined;

addEventListener('message', async ({ data }: MessageEvent<TokensAsked>) => {
  try {
    if ('url' in data) {
      encode = tokenizerFrom(await load(data.url, data.bytes));
      tell({ ready: true });
    } else if (encode) {
      tell({ text: data.text, tokens: encode(data.text) });
    }
  } catch (error) {
    if ('text' in data && error instanceof RangeError) tell({ unplaced: data.text });
    else tell({ failed: error instanceof Error ? error.message : String(error) });
  }
});

/** Fetches with progress: by bytes unpacked, since those sent are compressed and not announced. */
async function load(url: string, bytes: number): Promise<object> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let seen = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    seen += part.value.length;
    tell({ loaded: Math.min(1, seen / bytes) });
  }
  return JSON.parse(text + decoder.decode());
}

function tell(message: TokensTold): void {
  postMessage(message);
}
