import { useMemo, useRef, useState } from 'preact/hooks';
import type { Locale } from '../../i18n/locale.ts';
import type { StoredEvent } from '../../progress/events.ts';
import { type ImportPreview, previewImport } from '../../progress/exchange.ts';
import type { Deck } from '../deck.ts';
import { download } from '../download.ts';
import type { Journal } from '../journal.ts';
import { EXPORT_AFTER, sinceExport } from './stats.ts';
import type { ProgressWords } from './words.ts';

interface Props {
  locale: Locale;
  t: ProgressWords;
  deck: Deck;
  journal: Journal;
  persisted: boolean | undefined;
}

/** Export, import, starting over and deletion. Each can be looked at before, or taken back after. */
export function YourData({ locale, t, deck, journal, persisted: before }: Props) {
  const [chosen, setChosen] = useState<string>();
  const [said, setSaid] = useState('');
  const [undo, setUndo] = useState<() => Promise<unknown>>();
  const [asking, setAsking] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const asker = useRef<HTMLButtonElement>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const [topic, setTopic] = useState(deck.topics[0]?.slug ?? '');
  const [persisted, setPersisted] = useState(before);
  const progress = journal.progress();
  const { exported } = progress.settings;
  const unsaved = sinceExport(progress);
  // What would be new changes when something is deleted, or added in another tab, after the file was chosen.
  const preview = useMemo(
    () => (chosen === undefined ? undefined : previewImport(chosen, progress.events)),
    [chosen, progress.events],
  );

  const say = (text: string, back?: () => Promise<unknown>): void => {
    setSaid(text);
    setUndo(back && (() => back));
  };
  const choose = async ({ currentTarget }: { currentTarget: HTMLInputElement }): Promise<void> => {
    const file = currentTarget.files?.[0];
    currentTarget.value = '';
    if (!file) return;
    say('');
    setChosen(await file.text());
  };
  // Whatever goes away with the focus in it hands the focus to what it came from.
  const leavePreview = (): void => {
    setChosen(undefined);
    file.current?.focus();
  };
  const leaveAsking = (): void => {
    setAsking(false);
    asker.current?.focus();
  };
  const add = async (events: readonly StoredEvent[]): Promise<void> => {
    leavePreview();
    const added = await journal.store.appendAll(events);
    say(t.importDone(added.length));
  };
  const wipe = async (): Promise<void> => {
    leaveAsking();
    const before = await journal.store.wipe();
    say(t.wipeDone, () => journal.store.appendAll(before));
  };
  const reset = async (event: Event): Promise<void> => {
    event.preventDefault();
    const found = deck.topics.find(({ slug }) => slug === topic);
    if (!found) return;
    const id = await journal.reset({ topic: found.prefix });
    say(t.resetDone(found.short), () => journal.undo(id));
  };

  return (
    <section aria-labelledby="your-data" id="export">
      <h2 id="your-data">{t.dataTitle}</h2>
      <p class="lede">{t.dataLede}</p>
      {unsaved >= EXPORT_AFTER && <p class="notice">{t.remind(unsaved)}</p>}
      {deletesAfterSevenDays() && <p class="notice">{t.safari}</p>}
      <div class="quiz-actions">
        <button type="button" class="quiz-primary" onClick={() => download(journal)}>
          {t.exportNow}
        </button>
        <label class="quiz-file">
          {t.importLabel}
          <input ref={file} type="file" accept="application/json,.json" onChange={choose} />
        </label>
        {persisted === false && (
          <button
            type="button"
            onClick={async () => {
              const kept = await navigator.storage.persist();
              setPersisted(kept);
              say(kept ? t.persisted : t.persistRefused);
            }}
          >
            {t.persist}
          </button>
        )}
      </div>
      <p class="quiz-saved">
        {exported > 0
          ? t.exported(new Date(exported).toLocaleString(locale === 'zh' ? 'zh-CN' : 'en-GB'))
          : t.neverExported}{' '}
        {persisted && t.persisted}
      </p>
      {preview && <Preview t={t} preview={preview} onAdd={add} onCancel={leavePreview} />}
      <p role="status" class="quiz-said" ref={told} tabIndex={-1}>
        {said}{' '}
        {undo && (
          <button
            type="button"
            onClick={async () => {
              await undo();
              say(t.undone);
              told.current?.focus();
            }}
          >
            {t.undo}
          </button>
        )}
      </p>
      <h3>{t.resetTitle}</h3>
      <form class="quiz-filters" onSubmit={reset}>
        <label>
          {t.resetTopic}
          <select value={topic} onChange={({ currentTarget }) => setTopic(currentTarget.value)}>
            {deck.topics.map(({ slug, short }) => (
              <option key={slug} value={slug} selected={slug === topic}>
                {short}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{t.reset}</button>
        <button ref={asker} type="button" class="quiz-danger" onClick={() => setAsking(true)}>
          {t.wipe}
        </button>
      </form>
      {asking && (
        <div
          class="notice"
          role="alertdialog"
          aria-label={t.wipe}
          aria-describedby="wipe-ask"
          onKeyDown={({ key }) => {
            if (key === 'Escape') leaveAsking();
          }}
        >
          <p id="wipe-ask">{t.wipeAsk}</p>
          <p class="quiz-actions">
            <button type="button" class="quiz-danger" onClick={wipe}>
              {t.wipeDo}
            </button>
            <button type="button" ref={(button) => button?.focus()} onClick={leaveAsking}>
              {t.cancel}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}

interface PreviewProps {
  t: ProgressWords;
  preview: ImportPreview;
  onAdd: (events: readonly StoredEvent[]) => void;
  onCancel: () => void;
}

/** What a file would add, or what is wrong with it and where. Its words stand as text, never as markup. */
function Preview({ t, preview, onAdd, onCancel }: PreviewProps) {
  const { add, known, problems } = preview;
  if (problems.length > 0) {
    return (
      <div class="notice" role="alert">
        <p>{t.importBad}</p>
        <ul>
          {problems.map(({ place, problem, value, allowed }) => (
            <li key={`${place} ${problem}`}>
              <code>{place}</code>: {t.problemNames[problem]}
              {value !== undefined && ` (${value})`}
              {allowed !== undefined && `; ${t.allowed(allowed)}`}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const kinds = new Map<string, number>();
  for (const { kind } of add) {
    const name = t.kinds[kind] ?? t.foreign;
    kinds.set(name, (kinds.get(name) ?? 0) + 1);
  }
  return (
    <section class="notice" aria-label={t.importLabel}>
      <p role="status">{t.importing(add.length, known)}</p>
      {kinds.size > 0 && (
        <ul>
          {[...kinds].map(([name, count]) => (
            <li key={name}>
              {count} {name}
            </li>
          ))}
        </ul>
      )}
      <p class="quiz-actions">
        {add.length > 0 && (
          <button type="button" class="quiz-primary" onClick={() => onAdd(add)}>
            {t.importDo}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {t.importCancel}
        </button>
      </p>
    </section>
  );
}

/** Safari, unless the site was added to the home screen. */
function deletesAfterSevenDays(): boolean {
  const apple = /Apple/.test(navigator.vendor) && !/CriOS|FxiOS|EdgiOS/.test(navigator.userAgent);
  return apple && !matchMedia('(display-mode: standalone)').matches;
}
