import { useEffect, useRef, useState } from 'preact/hooks';
import { ownWorker } from '~/security/trusted.ts';
import { exampleRuns } from './example.ts';
import type { Runs, Settings } from './runs.ts';
import { TRAINING_DEFAULTS } from './state.ts';
import type { TrainingMessage } from './training.worker.ts';
import trainingWorker from './training.worker.ts?worker&url';

export type Phase = 'idle' | 'training' | 'cancelled' | 'failed';

export interface TrainingProgress {
  /** The last runs that are complete: those of the settings, or while these train, of the settings before. */
  readonly runs: Runs;
  /** Settings that `runs` belong to. */
  readonly trained: Settings;
  readonly phase: Phase;
  /** Share done, from 0 to 1. */
  readonly progress: number;
  cancel(): void;
  train(): void;
}

/** Settings change while a slider is dragged: training waits until it rests. */
const REST_MS = 250;

/**
 * Trains in a worker whenever the settings are not those of the runs at hand. The published example is at
 * hand from the start, at fewer steps; `full` asks for all of them.
 */
export function useTraining(settings: Settings, full: boolean): TrainingProgress {
  const example = exampleRuns();
  const [trained, setTrained] = useState({ settings: pick(TRAINING_DEFAULTS), runs: example });
  const [phase, setPhase] = useState<Phase>('idle');
  const [progress, setProgress] = useState(0);
  const [asked, setAsked] = useState(0);
  const worker = useRef<Worker>();

  const key = keyOf(settings);
  const wanted = key !== keyOf(trained.settings) || (full && trained.runs === example);

  const stop = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
  };

  useEffect(() => {
    stop();
    if (!wanted) {
      setPhase('idle');
      return;
    }
    setPhase('training');
    setProgress(0);
    const timer = setTimeout(() => {
      const fresh = ownWorker(trainingWorker);
      worker.current = fresh;
      fresh.onmessage = ({ data }: MessageEvent<TrainingMessage>) => {
        if ('runs' in data) {
          stop();
          setTrained({ settings: pick(settings), runs: data.runs });
        } else setProgress(data.done / data.all);
      };
      fresh.onerror = () => {
        stop();
        setPhase('failed');
      };
      fresh.postMessage(pick(settings));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [key, wanted, asked]);

  return {
    runs: trained.runs,
    trained: trained.settings,
    phase: wanted && phase === 'idle' ? 'training' : phase,
    progress,
    cancel() {
      stop();
      setPhase('cancelled');
    },
    train: () => setAsked(asked + 1),
  };
}

function pick(settings: Settings): Settings {
  const { masters, wideSums, staticExponent, startExponent, growthInterval, spikes, seed } =
    settings;
  return { masters, wideSums, staticExponent, startExponent, growthInterval, spikes, seed };
}

const keyOf = (settings: Settings): string => JSON.stringify(pick(settings));
