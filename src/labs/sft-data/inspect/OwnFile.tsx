import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PartProps } from '../../kit/lab.ts';
import { styled } from '../../kit/styled.ts';
import { whenSeen } from '../../kit/whenSeen.ts';
import { kitWords } from '../../kit/words.ts';
import styles from './inspect.css?url';
import { intakeWords } from './intakeWords.ts';
import { ready as sampleReady } from './sample.ts';
import type { InspectState } from './state.ts';
import { ready as wordsReady } from './words.ts';

export type InspectProps = PartProps<InspectState>;

/** Loaded a little before it scrolls into view, so that it has its size when it does. */
const MARGIN = '300px';

/** The part of the lab that reads the reader's own file. Its script is brought when it comes near the view. */
export function OwnFile(props: InspectProps) {
  const t = intakeWords(props.locale);
  const [Inspect, setInspect] = useState<ComponentType<InspectProps>>();
  const [failed, setFailed] = useState(false);
  const place = useRef<HTMLElement>(null);

  const load = async (): Promise<void> => {
    setFailed(false);
    try {
      const [module] = await Promise.all([
        import('./Inspect.tsx'),
        wordsReady(props.locale),
        sampleReady(),
        styled(styles),
      ]);
      setInspect(() => module.default);
    } catch (error) {
      console.warn(error);
      setFailed(true);
    }
  };
  useEffect(() => (place.current ? whenSeen(place.current, load, MARGIN) : undefined), []);

  return (
    <section class="insp" ref={place} aria-labelledby="own-file">
      <h3 id="own-file">{t.title}</h3>
      <p>{t.lead}</p>
      {failed && (
        <p class="lab-notice" role="alert">
          {t.failedToLoad}{' '}
          <button type="button" onClick={load}>
            {kitWords(props.locale).retry}
          </button>
        </p>
      )}
      {Inspect && <Inspect {...props} />}
    </section>
  );
}
