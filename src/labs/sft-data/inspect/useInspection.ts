import { useEffect, useRef, useState } from 'preact/hooks';
import type { Inspection, InspectionSettings, RecordMap } from '~/engines/sft-data/index.ts';
import { ownWorker } from '~/security/trusted.ts';
import type { InspectAnswer, InspectAsk } from './inspect.worker.ts';
import inspectWorker from './inspect.worker.ts?worker&url';

/** A file with what was found in it, under the settings it was inspected with. */
export interface Report {
  readonly file: File;
  readonly settings: InspectionSettings;
  readonly inspection: Inspection;
  readonly map: RecordMap;
  readonly pairs: readonly (readonly [string, string])[];
}

export type Phase =
  | { readonly name: 'idle' | 'cancelled' }
  | { readonly name: 'reading'; readonly file: File; readonly read: number }
  | { readonly name: 'comparing'; readonly file: File; readonly share: number }
  | { readonly name: 'failed'; readonly file: File; readonly why: 'unreadable' | 'memory' };

/** Inspects one file at a time in a worker. The last whole report stays until another is whole. */
export function useInspection() {
  const [report, setReport] = useState<Report>();
  const [phase, setPhase] = useState<Phase>({ name: 'idle' });
  const worker = useRef<Worker>();

  const stop = (): void => {
    worker.current?.terminate();
    worker.current = undefined;
  };
  useEffect(() => stop, []);

  const inspect = (file: File, settings: InspectionSettings): void => {
    stop();
    setPhase({ name: 'reading', file, read: 0 });
    const failed = (why: 'unreadable' | 'memory'): void => {
      stop();
      setPhase({ name: 'failed', file, why });
    };
    worker.current = ask({ inspect: settings, file }, failed, (answer) => {
      if ('read' in answer) setPhase({ name: 'reading', file, read: answer.read });
      else if ('compared' in answer) setPhase({ name: 'comparing', file, share: answer.compared });
      else if ('inspection' in answer) {
        stop();
        setReport({ file, settings, ...answer });
        setPhase({ name: 'idle' });
      }
    });
  };

  return {
    report,
    phase,
    inspect,
    cancel(): void {
      stop();
      setPhase({ name: 'cancelled' });
    },
  };
}

/** The file of a report without the records that have one of these flags. */
export function cleanedFile({ file, map, inspection }: Report, removed: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const worker = ask(
      { clean: removed, file, map, kind: inspection.kind },
      (why) => {
        worker.terminate();
        reject(new Error(why));
      },
      (answer) => {
        if (!('cleaned' in answer)) return;
        worker.terminate();
        resolve(answer.cleaned);
      },
    );
  });
}

function ask(
  question: InspectAsk,
  failed: (why: 'unreadable' | 'memory') => void,
  answered: (answer: InspectAnswer) => void,
): Worker {
  const worker = ownWorker(inspectWorker);
  worker.onmessage = ({ data }: MessageEvent<InspectAnswer>) => {
    if ('failed' in data) failed(data.failed);
    else answered(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    failed('unreadable');
  };
  worker.postMessage(question);
  return worker;
}
