import { useEffect, useRef, useState } from 'preact/hooks';

export interface Recorder {
  /** True once the reader allowed the microphone. */
  on: boolean;
  refused: boolean;
  /** Asks for the microphone; resolves with whether it was given. */
  ask(): Promise<boolean>;
  /** Begins a recording of one answer. */
  start(): void;
  /** Ends it; resolves with an address that plays it, while this tab is open. */
  stop(): Promise<string | undefined>;
}

/** One's own voice, in this tab only: blobs in memory, given up when the interview is left. */
export function useRecorder(): Recorder {
  const [on, setOn] = useState(false);
  const [refused, setRefused] = useState(false);
  const stream = useRef<MediaStream>(null);
  const recorder = useRef<MediaRecorder>(null);
  const addresses = useRef<string[]>([]);

  useEffect(
    () => () => {
      for (const track of stream.current?.getTracks() ?? []) track.stop();
      for (const address of addresses.current) URL.revokeObjectURL(address);
    },
    [],
  );

  return {
    on,
    refused,
    async ask() {
      try {
        stream.current = await navigator.mediaDevices.getUserMedia({ audio: true });
        setOn(true);
        return true;
      } catch {
        setRefused(true);
        return false;
      }
    },
    start() {
      if (!stream.current || recorder.current) return;
      recorder.current = new MediaRecorder(stream.current);
      recorder.current.start();
    },
    stop() {
      const running = recorder.current;
      recorder.current = null;
      if (!running || running.state === 'inactive') return Promise.resolve(undefined);
      return new Promise((resolve) => {
        running.ondataavailable = ({ data }) => {
          const address = URL.createObjectURL(data);
          addresses.current.push(address);
          resolve(address);
        };
        running.stop();
      });
    },
  };
}
