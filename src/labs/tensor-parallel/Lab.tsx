import { activationPerLayer } from '~/engines/memory/index.ts';
import { layerTraffic } from '~/engines/pipeline/index.ts';
import { collectiveSends } from '~/engines/tensor-parallel/index.ts';
import { BrokenAddress } from '../kit/BrokenAddress.tsx';
import type { LabProps } from '../kit/lab.ts';
import { Predict } from '../kit/Predict.tsx';
import { useAddress } from '../kit/useAddress.ts';
import { usePart } from '../kit/usePart.ts';
import { Layer } from './Layer.tsx';
import { Placement } from './Placement.tsx';
import { size } from './print.ts';
import { Split } from './Split.tsx';
import { DEFAULTS, layerShape, PARTS, parseState, printState, settle } from './state.ts';
import { tensorParallelWords } from './words.ts';

export { ready } from './words.ts';

export default function Lab({ locale, ...address }: LabProps) {
  const { state, problems, set } = useAddress(address, {
    parse: parseState,
    print: printState,
    settle,
  });
  return (
    <>
      <BrokenAddress locale={locale} problems={problems} />
      <LayerQuestion locale={locale} />
      <Split locale={locale} state={usePart(state, PARTS.split)} set={set} />
      <Layer locale={locale} state={usePart(state, PARTS.layer)} set={set} />
      <NodeQuestion locale={locale} />
      <Placement locale={locale} state={state} set={set} />
    </>
  );
}

/** Asked about the published GPT-3 layer, whatever the lab shows now. */
function LayerQuestion({ locale }: { locale: LabProps['locale'] }) {
  const t = tensorParallelWords(locale);
  const shape = layerShape(DEFAULTS);
  const kept = (technique: 'tp' | 'tp+sp') =>
    size(activationPerLayer({ ...shape, technique }).bytesPerLayer);
  const { tpBytesPerLayer } = layerTraffic({ ...shape, layers: 1, elemBytes: 2 });
  return (
    <Predict
      locale={locale}
      question={t.question}
      options={(['less', 'same', 'more'] as const).map((value) => ({
        value,
        label: t.options[value],
      }))}
      correct="same"
    >
      {t.why(size(tpBytesPerLayer), kept('tp'), kept('tp+sp'))}
    </Predict>
  );
}

function NodeQuestion({ locale }: { locale: LabProps['locale'] }) {
  const t = tensorParallelWords(locale);
  const buffers = (ranks: number): string =>
    `${collectiveSends({ collective: 'all-reduce', ranks, elements: 1 })}×`;
  return (
    <Predict
      locale={locale}
      question={t.placeQuestion}
      options={(['half', 'little', 'double'] as const).map((value) => ({
        value,
        label: t.placeOptions[value],
      }))}
      correct="little"
    >
      {t.placeWhy(buffers(8), buffers(16))}
    </Predict>
  );
}
