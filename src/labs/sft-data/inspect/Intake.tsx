import { useEffect, useRef, useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import { percent, size } from './print.ts';
import type { Phase } from './useInspection.ts';
import { inspectWords } from './words.ts';

interface Props {
  locale: Locale;
  phase: Phase;
  /** Whether the report below is the sample's. */
  sample: boolean;
  onFile: (file: File) => void;
  onSample: () => void;
  onCancel: () => void;
  /** No progress for what is done at once. */
  quiet: boolean;
}

const MOST_BYTES = 100 * 1024 * 1024;

/** Where a file comes in, by button or by drop, and how far reading it has come. */
export function Intake({ locale, phase, sample, onFile, onSample, onCancel, quiet }: Props) {
  const t = inspectWords(locale);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (!file) return;
    const why =
      files.length > 1 ? t.notOne : file.size > MOST_BYTES ? t.tooLarge(size(file.size)) : '';
    setRefused(why);
    if (!why) onFile(file);
  };
  // Anywhere on the page: a file dropped beside a box would take its place in the window.
  useEffect(() => {
    const dragged = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(event.type === 'dragover');
      if (event.type === 'drop') take(event.dataTransfer.files);
    };
    const left = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false);
    };
    addEventListener('dragover', dragged);
    addEventListener('drop', dragged);
    addEventListener('dragleave', left);
    return () => {
      removeEventListener('dragover', dragged);
      removeEventListener('drop', dragged);
      removeEventListener('dragleave', left);
    };
  });

  const busy = phase.name === 'reading' || phase.name === 'comparing';
  return (
    <>
      <div class="insp-drop" data-over={over ? '' : undefined}>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t.choose}
          accept=".jsonl,.ndjson,.json,.txt"
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            // The same file can be chosen again after it was changed.
            currentTarget.value = '';
          }}
        />
        <button type="button" class="insp-choose" onClick={() => input.current?.click()}>
          {t.choose}
        </button>
        <span>{t.drop}</span>
        {!sample && (
          <button type="button" onClick={onSample}>
            {t.sample}
          </button>
        )}
      </div>
      {busy && !quiet && (
        <div class="insp-progress">
          <progress
            max={1}
            value={phase.name === 'reading' ? phase.read / phase.file.size : phase.share}
            aria-label={phase.name === 'reading' ? t.reading(phase.file.name) : t.comparing}
          />
          <span>
            {phase.name === 'reading'
              ? t.readOf(size(phase.read), size(phase.file.size))
              : percent(phase.share)}
          </span>
          <button
            type="button"
            onClick={() => {
              onCancel();
              input.current?.parentElement?.querySelector('button')?.focus();
            }}
          >
            {t.cancel}
          </button>
        </div>
      )}
      <p class={phase.name === 'failed' || refused ? 'lab-error' : 'insp-note'} role="status">
        {refused ||
          (phase.name === 'failed'
            ? t[phase.why](phase.file.name)
            : phase.name === 'cancelled'
              ? t.cancelled
              : busy && !quiet
                ? phase.name === 'reading'
                  ? t.reading(phase.file.name)
                  : t.comparing
                : '')}
      </p>
    </>
  );
}
