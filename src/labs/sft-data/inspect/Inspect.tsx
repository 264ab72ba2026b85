import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { FINDINGS, type Finding, type InspectionSettings } from '~/engines/sft-data/index.ts';
import { Verdict } from '../../kit/Verdict.tsx';
import { Findings } from './Findings.tsx';
import { Intake } from './Intake.tsx';
import { Lengths } from './Lengths.tsx';
import { NearDuplicates } from './NearDuplicates.tsx';
import { Overlap } from './Overlap.tsx';
import type { InspectProps } from './OwnFile.tsx';
import { size, whole } from './print.ts';
import { sample as sampleOf } from './sample.ts';
import { itemsOf, settingsOf } from './state.ts';
import { useInspection } from './useInspection.ts';
import { inspectWords } from './words.ts';

/** A file this small is inspected anew with each change of the settings. */
const SMALL = 1_000_000;
/** A slider is dragged over many values: the file waits until it rests. */
const REST_MS = 250;

export default function Inspect({ locale, state, set }: InspectProps) {
  const t = inspectWords(locale);
  const { text, evaluation: sampleEvaluation } = sampleOf();
  const [sample] = useState(() => new File([text], `${t.sampleName}.jsonl`));
  const [evaluation, setEvaluation] = useState(sampleEvaluation);
  const [removed, setRemoved] = useState<readonly Finding[]>(
    FINDINGS.filter((finding) => finding !== 'pii'),
  );
  const { report, phase, inspect, cancel } = useInspection();

  const items = useMemo(() => itemsOf(evaluation), [evaluation]);
  const settings = settingsOf(state, items);
  /** What was last set going: it may not be what the report is of. */
  const asked = useRef<{ file: File; settings?: InspectionSettings }>({ file: sample });
  const run = (file: File, under = settings): void => {
    asked.current = { file, settings: under };
    inspect(file, under);
  };

  useEffect(() => {
    const { file, settings: before } = asked.current;
    if (file.size > SMALL || (before && same(before, settings))) return;
    const timer = setTimeout(() => run(file), before ? REST_MS : 0);
    return () => clearTimeout(timer);
  }, [scalars(settings), items]);

  const take = (file: File): void => {
    // The evaluation set of the sample is part of the sample.
    const own = evaluation === sampleEvaluation && file !== sample ? '' : evaluation;
    const next = file === sample && own === '' ? sampleEvaluation : own;
    setEvaluation(next);
    run(file, settingsOf(state, next === evaluation ? items : itemsOf(next)));
  };

  const busy = phase.name === 'reading' || phase.name === 'comparing';
  const inspection = report?.inspection;
  const gap = locale === 'zh' ? '' : ' ';
  const outdated =
    report !== undefined && !busy && report.file.size > SMALL && !same(report.settings, settings);
  return (
    <>
      <Intake
        locale={locale}
        phase={phase}
        sample={report?.file === sample}
        onFile={take}
        onSample={() => take(sample)}
        onCancel={cancel}
        quiet={busy && phase.file.size <= SMALL}
      />
      {report && inspection && (
        <>
          {outdated && (
            <p class="lab-notice" role="status">
              {t.outdated}{' '}
              <button type="button" onClick={() => run(report.file)}>
                {t.again}
              </button>
            </p>
          )}
          <div class="insp-verdict">
            <Verdict good={inspection.records > 0 && inspection.clean === inspection.records}>
              {inspection.records === 0
                ? t.nothing(report.file.name)
                : t.verdict(report.file.name, whole(inspection.records), whole(inspection.clean))}
            </Verdict>
            <p>
              {report.file === sample && t.sampleIs(whole(inspection.records)) + gap}
              {t.facts(
                size(inspection.bytes),
                inspection.blank,
                inspection.formats
                  .map(([format, count]) => t.formatCount(t.formats[format], whole(count)))
                  .join(locale === 'zh' ? '，' : ', '),
              )}
              {gap}
              {inspection.formats.length > 1 && t.mixed}
            </p>
            {inspection.problem && <p class="lab-error">{t.fileProblems[inspection.problem]}</p>}
            {inspection.kind === 'lines' && manyNotJson(inspection) && (
              <p class="lab-error">{t.spread}</p>
            )}
          </div>
          <Findings
            locale={locale}
            report={report}
            removed={removed}
            onRemoved={setRemoved}
            evaluated={inspection.overlap !== undefined}
          />
          <Lengths locale={locale} lengths={inspection.lengths} />
          <NearDuplicates locale={locale} state={state} set={set} report={report} />
          <Overlap
            locale={locale}
            state={state}
            set={set}
            inspection={inspection}
            evaluation={evaluation}
            onEvaluation={setEvaluation}
          />
          <details class="lab-table">
            <summary>{t.keptTitle}</summary>
            <p>{t.kept}</p>
          </details>
        </>
      )}
    </>
  );
}

function manyNotJson({
  schema,
  records,
}: {
  schema: { kinds: [string, number][] };
  records: number;
}) {
  const [, count] = schema.kinds.find(([code]) => code === 'notJson') ?? ['', 0];
  return records > 2 && count > records / 2;
}

/** All settings but the items, which may be megabytes. */
function scalars({ overlap, ...rest }: InspectionSettings): string {
  return JSON.stringify([rest, overlap?.n, overlap?.coverage]);
}

function same(a: InspectionSettings, b: InspectionSettings): boolean {
  const [now = [], then = []] = [a.overlap?.items, b.overlap?.items];
  return (
    scalars(a) === scalars(b) &&
    now.length === then.length &&
    (now === then || now.every((item, index) => item === then[index]))
  );
}
