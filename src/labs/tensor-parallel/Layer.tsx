import { activationPerLayer, TECHNIQUES } from '~/engines/memory/index.ts';
import { layerTraffic } from '~/engines/pipeline/index.ts';
import { decimal } from '~/format/number.ts';
import { Choice } from '../kit/Choice.tsx';
import type { PartProps } from '../kit/lab.ts';
import { LAYER_MODEL_IDS, LAYER_MODELS } from '../kit/layerModels.ts';
import { memo } from '../kit/memo.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TableHead } from '../kit/TableHead.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { percent, size } from './print.ts';
import { LAYER_TS, layerShape, type PartOf, RANGES } from './state.ts';
import { tensorParallelWords } from './words.ts';

/** Activations and traffic of one layer of a published model. The table is the picture's equivalent. */
export const Layer = memo(function Layer({ locale, state, set }: PartProps<PartOf<'layer'>>) {
  const t = tensorParallelWords(locale);
  const { h, a, l, ...rest } = layerShape(state);
  const shape = { h, a, ...rest };
  const kept = TECHNIQUES.map((technique) => ({
    technique,
    // Neither of the two is divided.
    ...activationPerLayer({ ...shape, technique, t: technique === 'none' ? 1 : state.t }),
  }));
  const bytesOf = (name: (typeof TECHNIQUES)[number]): number =>
    kept.find(({ technique }) => technique === name)?.bytesPerLayer ?? 0;
  const most = Math.max(...kept.map(({ bytesPerLayer }) => bytesPerLayer));
  const { tpBytesPerLayer } = layerTraffic({
    b: state.b,
    s: state.s,
    h,
    layers: 1,
    t: state.t,
    elemBytes: 2,
  });
  const sends = (technique: (typeof TECHNIQUES)[number]): string => {
    if (technique === 'none' || state.t === 1) return '0';
    const bytes = size(tpBytesPerLayer * (technique === 'full' ? 1.5 : 1));
    const what = technique.includes('sp')
      ? t.gathersAndScatters(4)
      : t.allReduces(technique === 'full' ? 6 : 4);
    return `${bytes}, ${what}`;
  };
  const [tp, sp] = [bytesOf('tp'), bytesOf('tp+sp')];
  const number = (value: number): string => decimal(value, 0);
  const core = `5·${a}·${number(state.s)}/${number(h)}`;
  const sbh = `${number(state.s)}·${number(state.b)}·${number(h)}`;
  return (
    <section class="tp-layer" aria-labelledby="tp-layer">
      <h3 id="tp-layer">{t.layerTitle}</h3>
      {state.t > 1 ? (
        <Verdict good>{t.layerVerdict(percent(1 - sp / tp), size(tpBytesPerLayer))}</Verdict>
      ) : (
        <p class="tp-hint">{t.layerNothing}</p>
      )}
      <div class="tp-two">
        <section class="lab-panel tp-panel" aria-label={t.layerControls}>
          <Choice
            label={t.layerModel}
            value={state.layerModel}
            options={LAYER_MODEL_IDS.map((id) => ({ value: id, label: LAYER_MODELS[id] }))}
            onChange={(layerModel) => set({ layerModel })}
          />
          <Segments
            label={t.t}
            value={state.t}
            options={LAYER_TS.map((value) => ({ value, label: String(value) }))}
            onChange={(next) => set({ t: next })}
          />
          <NumberField
            locale={locale}
            label={t.s}
            value={state.s}
            min={RANGES.s[0]}
            max={RANGES.s[1]}
            sliderMin={512}
            sliderMax={131_072}
            scale="log"
            whole
            onChange={(s) => set({ s })}
          />
          <NumberField
            locale={locale}
            label={t.b}
            value={state.b}
            min={RANGES.b[0]}
            max={RANGES.b[1]}
            sliderMax={16}
            whole
            onChange={(b) => set({ b })}
          />
          <p class="tp-hint">{t.layerShape(number(h), String(a), String(l))}</p>
        </section>
        <Scroll label={t.layerChart}>
          <table class="tp-table tp-bars">
            <TableHead cells={t.layerHead} />
            <tbody>
              {kept.map(({ technique, bytesPerLayer }) => (
                <tr key={technique}>
                  <th scope="row">
                    {t.techniques[technique]}
                    <span class="tp-bar" aria-hidden="true">
                      <i style={{ inlineSize: `${((100 * bytesPerLayer) / most).toFixed(2)}%` }} />
                    </span>
                  </th>
                  <td>
                    <b>{size(bytesPerLayer)}</b>
                  </td>
                  <td>{percent(bytesPerLayer / tp)}</td>
                  <td>{size(bytesPerLayer * l)}</td>
                  <td>{sends(technique)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </div>
      <Scroll label={t.layerFormula}>
        <div class="tp-formula">
          <p>
            TP: sbh(10 + 24/t + 5as/(ht)) = {sbh} × (10 + 24/{state.t} + {core}/{state.t}) ={' '}
            <b>{size(tp)}</b>
          </p>
          <p>
            TP + SP: sbh/t · (34 + 5as/h) = {sbh}/{state.t} × (34 + {core}) = <b>{size(sp)}</b>
          </p>
          <p>
            {t.layerSends}: 8bsh(t − 1)/t · 2 B = 8·{sbh} × {state.t - 1}/{state.t} · 2 B ={' '}
            <b>{size(tpBytesPerLayer)}</b>
          </p>
        </div>
      </Scroll>
      <p class="tp-hint">{t.layerNote}</p>
    </section>
  );
});
