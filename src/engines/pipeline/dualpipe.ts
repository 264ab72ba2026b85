import type { PlannedPass } from './run.ts';

/**
 * What rank `rank` of a DualPipe runs, in its order. The first m/2 micro-batches enter at rank 0,
 * the others at rank p − 1, where stage 0 stands a second time: rank r holds the stages r (chunk 0)
 * and p − 1 − r (chunk 1). `p` is even, `m` even and at least 2p.
 *
 * Source: deepseek-ai/DualPipe `dualpipe/dualpipe.py@3da1bbe#DualPipe.step`, the eight steps of
 * which are those below; arXiv 2412.19437 Figure 5.
 */
export function dualPipePasses(p: number, m: number, rank: number): PlannedPass[] {
  const half = p / 2;
  const fromEnd = Math.min(rank, p - 1 - rank);
  const inner = half - fromEnd - 1;
  const middle = inner === 0;
  const passes: PlannedPass[] = [];
  const put = (pass: PlannedPass): void => {
    passes.push(pass);
  };
  const putPair = (forward: PlannedPass, backward: PlannedPass): void => {
    passes.push({ ...forward, pair: 'first' }, { ...backward, pair: 'second' });
  };

  // A rank's near side is the end of the pipeline that it is closer to; its micro-batches come first.
  const nearChunk = rank < half ? 0 : 1;
  const side = (chunk: number) => {
    const stage = chunk === 0 ? rank : p - 1 - rank;
    const first = chunk * (m / 2);
    let forwards = first;
    let backwards = first;
    return {
      forward: (): PlannedPass => ({
        stage,
        chunk,
        kind: 'F',
        whole: false,
        microBatch: forwards++,
      }),
      backward: (): PlannedPass => ({
        stage,
        chunk,
        kind: 'B',
        whole: true,
        microBatch: backwards++,
      }),
    };
  };
  const near = side(nearChunk);
  const far = side(1 - nearChunk);

  const postponed: PlannedPass[] = [];
  const withoutWeights = (backward: PlannedPass): PlannedPass => {
    postponed.push({ ...backward, kind: 'W', whole: false });
    return { ...backward, whole: false };
  };
  const putWeights = (): void => put(postponed.shift() as PlannedPass);

  for (let i = 0; i < 2 * inner; i++) put(near.forward());
  for (let i = 0; i <= fromEnd; i++) {
    put(near.forward());
    put(far.forward());
  }
  for (let i = 0; i < inner; i++) {
    put(withoutWeights(far.backward()));
    putWeights();
    put(far.forward());
  }
  for (let i = 0; i < m / 2 - p + fromEnd + 1; i++) {
    if (i === 0 && middle) {
      put(near.forward());
      put(far.backward());
    } else {
      putPair(near.forward(), far.backward());
    }
    putPair(far.forward(), near.backward());
  }
  for (let i = 0; i < inner; i++) {
    put(far.backward());
    putPair(far.forward(), near.backward());
  }
  // Of the last pairs of backward passes, the later half leaves its weights for the end.
  for (let i = 0; i < 2 * (fromEnd + 1); i++) {
    const backward = (i % 2 === 0 ? far : near).backward();
    put(i > fromEnd ? withoutWeights(backward) : backward);
  }
  for (let i = 0; i < inner; i++) {
    putWeights();
    put(withoutWeights(near.backward()));
  }
  while (postponed.length > 0) putWeights();
  return passes;
}
