import { useEffect, useRef, useState } from 'preact/hooks';
import { ownWorker } from '~/security/trusted.ts';
import type { PlacedToken } from './chat.ts';
import { printed } from './example.ts';
import type { TokenizerName } from './tokenizerSizes.ts';
import { tokenizerFile } from './tokenizers.ts';
import type { TokensAsked, TokensTold } from './tokens.worker.ts';
import tokensWorker from './tokens.worker.ts?worker&url';

export type TokensPhase = 'asleep' | 'loading' | 'ready' | 'failed';

export interface Tokens {
  /** Tokens of the present text; undefined until they are counted. */
  tokens: readonly PlacedToken[] | undefined;
  phase: TokensPhase;
  /** Share of the tokenizer that is here, from 0 to 1. */
  progress: number;
  /** The tokens do not spell the text: its tokenizer composes characters first. */
  unplaced: boolean;
  load(): void;
  cancel(): void;
}

interface Counted {
  name: TokenizerName;
  text: string;
  tokens: PlacedToken[];
}

/** Tokens of a text by a model's own tokenizer, which a worker loads once it is asked for. */
export function useTokens(name: TokenizerName | null, text: string): Tokens {
  const [phase, setPhase] = useState<TokensPhase>('asleep');
  const [progress, setProgress] = useState(0);
  const [counted, setCounted] = useState((): Counted => {
    const { rendered, tokens } = printed();
    return { name: 'qwen2.5', text: rendered, tokens };
  });
  const [unplaced, setUnplaced] = useState('');
  const worker = useRef<Worker>();

  const stop = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
    setPhase('asleep');
  };
  const ask = (message: TokensAsked): void => worker.current?.postMessage(message);
  const load = (): void => {
    if (!name) return;
    stop();
    setPhase('loading');
    setProgress(0);
    const fresh = ownWorker(tokensWorker);
    worker.current = fresh;
    fresh.onmessage = ({ data }: MessageEvent<TokensTold>) => {
      if ('loaded' in data) setProgress(data.loaded);
      else if ('ready' in data) setPhase('ready');
      else if ('tokens' in data) setCounted({ name, ...data });
      else if ('unplaced' in data) setUnplaced(data.unplaced);
      else fail();
    };
    const fail = (): void => {
      stop();
      setPhase('failed');
    };
    fresh.onerror = fail;
    ask({
      url: new URL(tokenizerFile(name).url, location.href).href,
      bytes: tokenizerFile(name).bytes,
    });
  };

  // Another model has another tokenizer.
  useEffect(() => stop, [name]);
  useEffect(() => {
    if (phase === 'ready') ask({ text });
  }, [phase, text]);

  return {
    tokens: counted.name === name && counted.text === text ? counted.tokens : undefined,
    phase,
    progress,
    unplaced: phase === 'ready' && unplaced === text,
    load,
    cancel: stop,
  };
}
