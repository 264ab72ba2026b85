import { closedBubble } from '~/engines/pipeline/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { percent, plain } from './print.ts';
import type { Run } from './run.ts';
import { pipelineWords, type Words } from './words.ts';

export function Formula({ locale, runs }: { locale: Locale; runs: readonly Run[] }) {
  const t = pipelineWords(locale);
  return (
    <section class="pipe-formula" aria-labelledby="pipe-formula">
      <h3 id="pipe-formula">{t.formulaTitle}</h3>
      <div>
        {runs.map((run) => (
          <Bubble key={run.schedule} t={t} run={run} />
        ))}
      </div>
    </section>
  );
}

function Bubble({ t, run: { schedule, input, timetable } }: { t: Words; run: Run }) {
  const { p, m, forward, backward, weight } = input;
  const v = input.v ?? 1;
  const closed = closedBubble(input);
  const [F, B, W] = [plain(forward), plain(backward), plain(weight)];
  const apart = forward + backward + weight;
  const [letters, numbers] =
    schedule === 'dualpipe'
      ? ['(p/2 − 1)(F&B + B − 2W)', `(${p}/2 − 1)(${plain(input.pair ?? apart)} + ${B} − 2 × ${W})`]
      : schedule === 'zb-h1'
        ? ['(p − 1)(F + B − W)', `(${p} − 1)(${F} + ${B} − ${W})`]
        : schedule === 'interleaved'
          ? ['(p − 1)(F + B + W)/v', `(${p} − 1)(${F} + ${B} + ${W})/${v}`]
          : ['(p − 1)(F + B + W)', `(${p} − 1)(${F} + ${B} + ${W})`];
  const saved = (input.pair ?? apart) < apart - 1e-9 && schedule === 'dualpipe';
  const same = Math.abs(closed.bubble - timetable.bubble) < 1e-9;
  const why =
    (input.communication ?? 0) > 0 ? t.becauseSending : m < p ? t.becauseFew : t.becauseUnequal;
  return (
    <div class="pipe-bubble">
      <h4>{t.names[schedule]}</h4>
      <Scroll label={t.formulaOf(t.names[schedule])}>
        <p>
          {letters} = {numbers} = <b>{plain(closed.bubble)}</b>
        </p>
      </Scroll>
      <dl>
        <div>
          <dt>
            {t.ofIdeal}, m(F + B + W){saved && ' − (m − p − 1)(F + B + W − F&B)'} ={' '}
            {plain(timetable.ideal)}
          </dt>
          <dd>{percent(timetable.overIdeal)}</dd>
        </div>
        <div>
          <dt>
            {t.ofTotal}, {plain(timetable.total)}
          </dt>
          <dd>{percent(timetable.overTotal)}</dd>
        </div>
      </dl>
      <p class="pipe-hint" data-differs={same ? undefined : ''}>
        {same ? t.counted(plain(timetable.bubble)) : t.differs(plain(timetable.bubble), why)}
      </p>
    </div>
  );
}
