import type { Locale } from '~/i18n/locale.ts';
import { Entry } from '../Entry.tsx';
import { COLUMNS, type ScalerState } from '../state.ts';
import { short, typed } from '../values.ts';
import { labWords } from '../words.ts';
import {
  accepted,
  entered,
  FRAMEWORK_DEFAULTS,
  LIMITS,
  type Param,
  paramValue,
  SCALERS,
  SHOWN,
  type Shown,
  together,
  type Value,
  withValue,
} from './params.ts';

interface Props {
  locale: Locale;
  state: ScalerState;
  onState: (state: ScalerState) => void;
}

/** Every parameter under the name its framework gives it. */
export function ScalerParams({ locale, state, onState }: Props) {
  const t = labWords(locale).scalers;
  const words = labWords(locale);
  const own = JSON.stringify(state.params) === JSON.stringify(FRAMEWORK_DEFAULTS);
  const columns = (value: number): string | undefined => {
    const [min, max] = COLUMNS;
    if (!Number.isInteger(value) || value < min || value > max) {
      return words.wholeOutside(String(min), String(max));
    }
    onState({
      ...state,
      columns: value,
      overflows: state.overflows.filter((column) => column < value),
      at: Math.min(state.at, value - 1),
    });
    return undefined;
  };
  return (
    <details class="lab-table ls-params">
      <summary>{t.params}</summary>
      <div class="ls-param-head">
        <Entry
          label={t.columns}
          shown={String(state.columns)}
          notANumber={words.notANumber}
          onNumber={columns}
        />
        {own ? (
          <p class="ls-hint">{t.isDefault}</p>
        ) : (
          <button type="button" onClick={() => onState({ ...state, params: FRAMEWORK_DEFAULTS })}>
            {t.defaults}
          </button>
        )}
      </div>
      <div class="ls-param-sets">
        {SHOWN.map((policy) => (
          <fieldset key={policy}>
            <legend>{SCALERS[policy].title}</legend>
            <p class="ls-hint">{t.paramsHint[policy]}</p>
            {SCALERS[policy].params.map((param) => (
              <ParamField
                key={param.key}
                locale={locale}
                policy={policy}
                param={param}
                state={state}
                onState={onState}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </details>
  );
}

interface FieldProps extends Props {
  policy: Shown;
  param: Param;
}

function ParamField({ locale, policy, param, state, onState }: FieldProps) {
  const t = labWords(locale).scalers;
  const words = labWords(locale);
  const { kind, own } = param;
  const value = paramValue(state.params, policy, param);
  const put = (next: Value): string | undefined => {
    const params = withValue(state.params, policy, param, next);
    if (!together(policy, params)) return t.together;
    onState({ ...state, params });
    return undefined;
  };
  if (kind === 'flag') {
    return (
      <label class="ls-flag">
        <input
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => put(currentTarget.checked)}
        />
        <code>{own}</code>
      </label>
    );
  }
  const [min, max] = LIMITS[kind];
  const shown = entered(kind, value);
  return (
    <Entry
      code
      label={own}
      shown={shown === null ? t.none : typed(shown as number)}
      notANumber={words.notANumber}
      onWord={(word) => kind === 'scaleOrNone' && word === 'none' && put(null) === undefined}
      onNumber={(number) => {
        const next = accepted(kind, number);
        if (next !== undefined) return put(next);
        const counted = kind === 'steps' || kind === 'few' || kind === 'power';
        return (counted ? words.wholeOutside : words.outside)(short(min), short(max));
      }}
    />
  );
}
