import { useState } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import type { PartProps } from '../kit/lab.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { kitWords } from '../kit/words.ts';
import { type Choice, printDeepspeed } from './deepspeedConfig.ts';
import type { Import, ImportProblem } from './deepspeedImport.ts';
import { fsdp2Code } from './fsdp2.ts';
import { dividesGpus, RANGES, type State, settle } from './state.ts';
import { zeroWords } from './words.ts';

/** Accounts whose gradients are accumulated in FP32; DeepSpeed's own holds an FP32 copy only while it updates. */
const FP32_GRADIENTS: readonly State['account'][] = [
  'fp32-gradients',
  'two-gradients',
  'megatron',
  'fsdp2',
];

/** The configuration that makes this choice, for two libraries, and a reader's own read back. */
export function NextStep({ locale, state, set }: PartProps<State>) {
  const t = zeroWords(locale);
  const choice: Choice = {
    ...state,
    gradients: FP32_GRADIENTS.includes(state.account) ? 'fp32' : 'same',
  };
  const fsdp2 = fsdp2Code({ ...choice, gpus: state.gpus, pp: state.pp });
  return (
    <section class="zero-next" aria-labelledby="zero-next">
      <h3 id="zero-next">{t.nextTitle}</h3>
      <Segments
        label={t.precision}
        value={state.precision}
        options={(['bf16', 'fp16'] as const).map((value) => ({
          value,
          label: value.toUpperCase(),
        }))}
        onChange={(precision) => set({ precision })}
      />
      <div class="zero-codes">
        <Code locale={locale} title={t.deepspeed} text={printDeepspeed(choice)}>
          {state.pp > 1 && state.stage > 1 ? t.pipelineRefused : ''}
        </Code>
        {'code' in fsdp2 ? (
          <Code locale={locale} title={t.fsdp2} text={fsdp2.code}>
            {fsdp2.differs.map((what) => t.fsdp2Differs[what]).join(' ')}
          </Code>
        ) : (
          <div class="zero-code">
            <h4>{t.fsdp2}</h4>
            <p class="zero-hint">{t.fsdp2Missing[fsdp2.missing]}</p>
          </div>
        )}
      </div>
      <p class="zero-hint">{t.configNote}</p>
      <ImportConfig locale={locale} state={state} set={set} />
    </section>
  );
}

interface CodeProps {
  locale: Locale;
  title: string;
  text: string;
  children?: string;
}

function Code({ locale, title, text, children }: CodeProps) {
  const t = zeroWords(locale);
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t.copied);
    } catch {
      setSaid(t.notCopied);
    }
  };
  return (
    <div class="zero-code">
      <header>
        <h4>{title}</h4>
        <span>
          <span role="status">{said}</span>{' '}
          <button type="button" onClick={copy} onBlur={() => setSaid('')}>
            {t.copy}
            <span class="visually-hidden">{`: ${title}`}</span>
          </button>
        </span>
      </header>
      <Scroll label={title}>
        <pre>
          <code>{text}</code>
        </pre>
      </Scroll>
      {children && <p class="zero-hint">{children}</p>}
    </div>
  );
}

const reader = () => import('./deepspeedImport.ts');

function ImportConfig({ locale, state, set }: PartProps<State>) {
  const t = zeroWords(locale);
  const [text, setText] = useState('');
  const [report, setReport] = useState<{ taken: string[]; problems: string[] }>();
  const read = async (): Promise<void> => {
    const module = await reader().catch(() => undefined);
    if (!module) return setReport({ taken: [], problems: [kitWords(locale).failed] });
    const { change, problems } = settingsOf(module.importDeepspeed(text), state, t);
    const next = { ...state, ...change };
    const taken = (Object.keys(change) as (keyof State)[]).filter(
      (field) => settle(next)[field] !== state[field],
    );
    if (taken.length > 0) set(change);
    setReport({
      taken: taken.map((field) => `${t.fields[field] ?? field} ${next[field]}`),
      problems,
    });
  };
  return (
    <details class="zero-import" onToggle={() => void reader().catch(() => undefined)}>
      <summary>{t.importTitle}</summary>
      <div class="zero-fields">
        <label>
          {t.importLabel}
          <textarea
            spellcheck={false}
            value={text}
            placeholder={'{ "zero_optimization": { "stage": 3 } }'}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <p>
          <button type="button" disabled={text.trim() === ''} onClick={read}>
            {t.importButton}
          </button>
        </p>
        <div role="status">
          {report && (
            <>
              <p>
                {report.taken.length > 0
                  ? t.imported(report.taken.join(t.listMark))
                  : t.nothingImported}
              </p>
              {report.problems.length > 0 && (
                <>
                  <p>{t.importProblems}</p>
                  <ul>
                    {report.problems.map((problem) => (
                      <li key={problem}>{problem}</li>
                    ))}
                  </ul>
                </>
              )}
            </>
          )}
        </div>
      </div>
    </details>
  );
}

/** What a configuration sets in the lab, and what of it the lab cannot take, in words with its place. */
function settingsOf(
  { choice, dataParallel, problems }: Import,
  state: State,
  t: ReturnType<typeof zeroWords>,
): { change: Partial<State>; problems: string[] } {
  const said = problems.map((problem) => problemWords(problem, t));
  const { precision, gradients, accumulation, reduceBucket, gatherBucket, ...fields } = choice;
  const change: Partial<State> = { ...fields };
  if (precision === 'fp32') said.push(t.importFp32);
  else if (precision) change.precision = precision;
  for (const field of ['batch', 'hpz', 'tp'] as const) {
    const value = change[field];
    if (value !== undefined && (value < RANGES[field][0] || value > RANGES[field][1])) {
      said.push(t.importRange(field, String(value)));
      delete change[field];
    }
  }
  const tp = change.tp ?? state.tp;
  const gpus = dataParallel === undefined ? state.gpus : dataParallel * tp * state.pp;
  if (gpus > RANGES.gpus[1] || !dividesGpus({ gpus, tp, pp: state.pp })) {
    said.push(t.importRange('tp', String(tp)));
    delete change.tp;
  } else if (dataParallel !== undefined) change.gpus = gpus;
  return { change, problems: said };
}

function problemWords(
  { path, problem, expected }: ImportProblem,
  t: ReturnType<typeof zeroWords>,
): string {
  const words = t.importWords[problem];
  const allowed = expected
    ? t.allowed(
        Array.isArray(expected)
          ? expected.join(', ')
          : t.kindWords[expected as keyof typeof t.kindWords],
      )
    : '';
  return `${path ? `${path}: ` : ''}${words}${allowed}`;
}
