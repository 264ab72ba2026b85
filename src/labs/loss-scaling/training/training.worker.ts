import { type Runs, type Settings, trainAll } from './runs.ts';

export type TrainingMessage =
  | { readonly done: number; readonly all: number }
  | { readonly runs: Runs };

addEventListener('message', ({ data }: MessageEvent<Settings>) => {
  const runs = trainAll(data, (done, all) => tell({ done, all }));
  tell({ runs }, [(runs.gradients.values as Float32Array<ArrayBuffer>).buffer]);
});

function tell(message: TrainingMessage, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}
