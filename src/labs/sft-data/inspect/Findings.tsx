import { useMemo, useState } from 'preact/hooks';
import { countKept, FINDINGS, type Finding, flagsOf } from '~/engines/sft-data/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { ReadOut } from '../../kit/ReadOut.tsx';
import { gap } from '../../kit/words.ts';
import { kindsOf, placeName, placesOf } from './places.ts';
import { whole } from './print.ts';
import { reportJson, reportMarkdown } from './report.ts';
import { cleanedFile, type Report } from './useInspection.ts';
import { inspectWords } from './words.ts';

interface Props {
  locale: Locale;
  report: Report;
  removed: readonly Finding[];
  onRemoved: (removed: readonly Finding[]) => void;
  /** Whether there was an evaluation set to compare with. */
  evaluated: boolean;
}

/** What was found and where, what of it is to go, and the files to take away. */
export function Findings({ locale, report, removed, onRemoved, evaluated }: Props) {
  const t = inspectWords(locale);
  const { inspection, map } = report;
  const flags = flagsOf(removed);
  const kept = useMemo(() => countKept(map, flags), [map, flags]);
  return (
    <div class="insp-part insp-findings">
      <h4>{t.findingsTitle}</h4>
      <p class="insp-note">{t.findingsHint}</p>
      <ul>
        {FINDINGS.map((finding) => {
          const count = inspection.flagged[finding];
          return (
            <li key={finding} data-none={count === 0 ? '' : undefined}>
              <label>
                <input
                  type="checkbox"
                  checked={removed.includes(finding)}
                  onChange={({ currentTarget }) =>
                    onRemoved(
                      currentTarget.checked
                        ? [...removed, finding]
                        : removed.filter((other) => other !== finding),
                    )
                  }
                />
                <span>{t.findings[finding]}</span>
                <b>
                  {finding === 'overlap' && !evaluated
                    ? t.notAsked
                    : count === 0
                      ? t.none
                      : whole(count)}
                </b>
              </label>
              {count > 0 && <Places locale={locale} finding={finding} report={report} />}
            </li>
          );
        })}
      </ul>
      <Files locale={locale} report={report} removed={removed} flags={flags} kept={kept} />
    </div>
  );
}

function Places({ locale, finding, report }: { locale: Locale; finding: Finding; report: Report }) {
  const t = inspectWords(locale);
  const [open, setOpen] = useState(false);
  const { inspection } = report;
  const total = inspection[finding]?.total ?? 0;
  const kinds = kindsOf(t, finding, inspection);
  const places = open ? placesOf(t, finding, inspection) : [];
  return (
    <details class="insp-places" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.where}</summary>
      {open && (
        <>
          {kinds.length > 1 && <p>{kinds.join(locale === 'zh' ? '，' : ' · ')}</p>}
          {finding === 'pii' && <p class="insp-note">{t.piiNote}</p>}
          {total > places.length && <p>{t.first(places.length, whole(total))}</p>}
          <ol>
            {places.map(({ number, what, code, more }, index) => (
              <li key={index}>
                <span>{placeName(t, inspection, number)}</span>
                <span>
                  {what} {code && <code>{code}</code>} {more && <i>{more}</i>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </details>
  );
}

function Files({
  locale,
  report,
  removed,
  flags,
  kept,
}: {
  locale: Locale;
  report: Report;
  removed: readonly Finding[];
  flags: number;
  kept: number;
}) {
  const t = inspectWords(locale);
  const [state, setState] = useState<'idle' | 'writing' | 'failed'>('idle');
  const { file, inspection } = report;
  const [, stem = file.name, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(file.name) ?? [];
  return (
    <div class="insp-files">
      <ReadOut>
        <b>{t.stay(whole(kept), whole(inspection.records - kept))}</b>
        {gap(locale)}
        {t.verbatim}
      </ReadOut>
      <div>
        <button
          type="button"
          class="insp-choose"
          aria-busy={state === 'writing'}
          onClick={async () => {
            setState('writing');
            try {
              download(await cleanedFile(report, flags), `${stem}.cleaned${ending || '.jsonl'}`);
              setState('idle');
            } catch {
              setState('failed');
            }
          }}
        >
          {state === 'writing' ? t.writing : t.cleaned}
        </button>
        <button
          type="button"
          onClick={() =>
            download(new Blob([reportMarkdown(locale, report, removed)]), `${stem}.report.md`)
          }
        >
          {t.report}
        </button>
        <button
          type="button"
          onClick={() => download(new Blob([reportJson(report, removed)]), `${stem}.report.json`)}
        >
          {t.reportJson}
        </button>
      </div>
      <p class="lab-error" role="status">
        {state === 'failed' && t.notWritten}
      </p>
    </div>
  );
}

function download(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser has taken hold of it by the next turn; some need a little longer.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
