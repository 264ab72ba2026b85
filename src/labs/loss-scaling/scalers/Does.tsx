import { gradientWindow } from '~/engines/loss-scaling/index.ts';
import type { ScalerState } from '../state.ts';
import { plain, short, whole } from '../values.ts';
import type { Words } from '../words.ts';
import { logLine, type Moment, toldOf } from './moments.ts';
import { SCALERS, type Shown } from './params.ts';

interface Props {
  t: Words['scalers'];
  policy: Shown;
  list: readonly Moment[];
  state: ScalerState;
}

/** What one scaler does at the step looked at, and what its log says. */
export function Does({ t, policy, list, state }: Props) {
  const { at, perColumn, params } = state;
  const told = toldOf(list, at, perColumn);
  const last = told.at(-1) as Moment;
  const gone = last.kind === 'ended' || last.kind === 'raised';
  const { keepAbove, overflowFrom } = gradientWindow({ scale: last.after || 2 ** -149 });
  const logs = told.flatMap((moment) => logLine(policy, moment, params) ?? []);
  return (
    <div data-kind={last.kind}>
      <dt>{SCALERS[policy].title}</dt>
      <dd>
        {told.map((moment) => (
          <p key={moment.step} class="ls-sentence">
            {perColumn > 1 && <b>{t.atStep(whole(moment.step))}</b>}
            {sentence(t, policy, moment)}
          </p>
        ))}
        {!gone && (
          <p class="ls-hint">
            {t.windowIs} {t.window(short(keepAbove), plain(Number(overflowFrom.toPrecision(6))))}
          </p>
        )}
        {logs.map((line) => (
          <code key={line} class="ls-log">
            {line}
          </code>
        ))}
        {logs.length === 0 && !gone && <p class="ls-hint">{t.quiet[policy]}</p>}
      </dd>
    </div>
  );
}

function sentence(t: Words['scalers'], policy: Shown, moment: Moment): string {
  const { kind, before, after, credit, streak, growsAt, overflow } = moment;
  const said = t.does[kind]({
    name: SCALERS[policy].title.replace(/ \(.*| GradScaler| amp|-LM/g, ''),
    before: short(before),
    after: short(after),
    credit: credit ?? [0, 0],
    streak: whole(streak),
    growsAt: growsAt === undefined ? '' : whole(growsAt),
  });
  return kind === 'fixed' ? `${said} ${overflow ? t.fixedSkipped : t.fixedTaken}` : said;
}
