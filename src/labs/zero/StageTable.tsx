import {
  fewestGpusForPlan,
  largestModelForPlan,
  STAGES,
  trainingPlan,
  zeroCommunication,
} from '~/engines/memory/index.ts';
import { decimal, params as printParams } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { Model } from '../kit/models.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { TableHead } from '../kit/TableHead.tsx';
import { amount } from './amount.ts';
import { capacityBytes, planInput, type State } from './state.ts';
import { zeroWords } from './words.ts';

interface Props {
  locale: Locale;
  state: State;
  model: Model;
}

/** The four stages beside each other, with what each could still carry. */
export function StageTable({ locale, state, model }: Props) {
  const t = zeroWords(locale);
  const gb = (bytes: number): string => amount(bytes, state.unit);
  const capacity = capacityBytes(state);
  const whole = trainingPlan(planInput({ ...state, stage: 0 }, model)).bytesPerGpu;
  return (
    <div>
      <h3>{t.tableTitle}</h3>
      <Scroll label={t.tableTitle}>
        <table class="zero-table">
          <TableHead cells={t.tableHead} />
          <tbody>
            {STAGES.map((stage) => {
              const input = planInput({ ...state, stage }, model);
              const { bytesPerGpu, dpDegree } = trainingPlan(input);
              const fewest = fewestGpusForPlan(input, capacity).gpus;
              const largest = largestModelForPlan(input, capacity);
              const { paperElements } = zeroCommunication({ stage, params: 1, dpDegree });
              const left = capacity - bytesPerGpu;
              return (
                <tr key={stage} data-now={stage === state.stage ? '' : undefined}>
                  <th scope="row">{t.stages[stage]}</th>
                  <td>{gb(bytesPerGpu)}</td>
                  <td>{decimal(whole / bytesPerGpu, 1)}×</td>
                  <td>{dpDegree === 1 ? '0' : `${paperElements}Ψ`}</td>
                  <td>{Number.isFinite(fewest) ? decimal(fewest, 0) : t.none}</td>
                  <td>{largest === 0 ? '0' : printParams(largest, 1)}</td>
                  <td data-fits={left >= 0 ? '' : undefined}>
                    {left >= 0 ? `✓ ${t.verdictFits(gb(left))}` : `✗ ${t.verdictOver(gb(-left))}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p class="zero-hint">{t.tableNote}</p>
    </div>
  );
}
