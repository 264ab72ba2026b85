import { useMemo } from 'preact/hooks';
import { STAGES, trainingPlan } from '~/engines/memory/index.ts';
import { decimal, params as printParams } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { Model } from '../kit/models.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { useSettled } from '../kit/useSettled.ts';
import { sentences } from '../kit/words.ts';
import { amount } from './amount.ts';
import { capacityBytes, modelFor, planInput, type State } from './state.ts';
import { zeroWords } from './words.ts';

interface Props {
  locale: Locale;
  state: State;
  model: Model;
  set: (change: Partial<State>) => void;
}

/** 1, 4, 16 … times the model-parallel group. */
const POWERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const SIZES = [1e9, 3e9, 7e9, 13e9, 30e9, 70e9, 175e9, 400e9, 1e12];

/** A table that is its own picture: what a GPU holds over GPUs and stages or sizes, and where it stops to fit. */
export function FitMap({ locale, state, model, set }: Props) {
  const t = zeroWords(locale);
  // A hundred plans: they follow when a drag rests, the choice of the map at once.
  const settled = useSettled(state);
  const map = useMemo(
    () => <Heat locale={locale} state={{ ...settled, map: state.map }} model={modelFor(settled)} />,
    [locale, settled, state.map],
  );
  return (
    <div class="zero-map">
      <h3>{t.mapTitle}</h3>
      <Segments
        label={t.mapBy}
        value={state.map}
        options={(['stages', 'params'] as const).map((map) => ({ value: map, label: t.maps[map] }))}
        onChange={(map) => set({ map })}
      />
      <p class="zero-hint">
        {sentences(
          locale,
          t.mapCaption(
            amount(capacityBytes(state), state.unit),
            state.map === 'stages' ? printParams(model.params, 1) : t.mapStage(state.stage),
          ),
          state.map === 'params' && state.activations && t.mapParamsNote,
        )}
      </p>
      <Scroll label={t.mapTitle}>{map}</Scroll>
    </div>
  );
}

function Heat({ locale, state, model }: Omit<Props, 'set'>) {
  const t = zeroWords(locale);
  const capacity = capacityBytes(state);
  const group = state.tp * state.pp;
  const gpus = POWERS.map((power) => group * 2 ** power);
  const rows =
    state.map === 'stages'
      ? STAGES.map((stage) => ({
          name: t.mapStage(stage),
          now: stage === state.stage,
          bytes: gpus.map(
            (n) => trainingPlan({ ...planInput({ ...state, stage, gpus: n }, model) }).bytesPerGpu,
          ),
        }))
      : SIZES.map((size) => ({
          name: printParams(size),
          now: size === model.params,
          bytes: gpus.map(
            (n) =>
              trainingPlan({ ...planInput({ ...state, gpus: n }, model), params: size })
                .bytesPerGpu,
          ),
        }));
  const fits = (row: number, column: number): boolean | undefined => {
    const bytes = rows[row]?.bytes[column];
    return bytes === undefined ? undefined : bytes <= capacity;
  };
  return (
    <table class="zero-heat">
      <thead>
        <tr>
          <th scope="col">{t.mapHead(t.maps[state.map])}</th>
          {gpus.map((n) => (
            <th key={n} scope="col" data-now={n === state.gpus ? '' : undefined}>
              {decimal(n, 0)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, now, bytes }, row) => (
          <tr key={name}>
            <th scope="row" data-now={now ? '' : undefined}>
              {name}
            </th>
            {bytes.map((value, column) => {
              const fit = value <= capacity;
              return (
                <td
                  key={gpus[column]}
                  data-fit={fit ? '' : undefined}
                  data-border={borders(fit, fits(row, column - 1), fits(row - 1, column))}
                  data-now={now && gpus[column] === state.gpus ? '' : undefined}
                >
                  {fit ? '✓' : '✗'} {short(value, state.unit)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sides on which the cell meets one with the other verdict. */
function borders(
  fit: boolean,
  left: boolean | undefined,
  above: boolean | undefined,
): string | undefined {
  const sides = [
    left !== undefined && left !== fit && 'left',
    above !== undefined && above !== fit && 'top',
  ].filter(Boolean);
  return sides.length > 0 ? sides.join(' ') : undefined;
}

function short(bytes: number, unit: State['unit']): string {
  const value = bytes / (unit === 'GiB' ? 2 ** 30 : 1e9);
  return decimal(value, value < 10 ? 1 : 0);
}
