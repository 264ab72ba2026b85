import { useEffect, useRef } from 'preact/hooks';
import type { QuizWords } from './words.ts';

interface Props {
  t: QuizWords;
  open: boolean;
  onClose: () => void;
}

export function KeysDialog({ t, open, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
  }, [open]);
  return (
    <dialog class="quiz-keys" ref={dialog} onClose={onClose} aria-labelledby="quiz-keys">
      <h2 id="quiz-keys">{t.keysTitle}</h2>
      <dl>
        {t.keyList.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        {t.close}
      </button>
    </dialog>
  );
}
