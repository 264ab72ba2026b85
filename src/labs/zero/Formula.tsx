import type { ComponentChildren } from 'preact';
import type { Piece, PieceKind, Plan } from '~/engines/memory/index.ts';
import { decimal, params as printParams } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { Scroll } from '../kit/Scroll.tsx';
import { amount } from './amount.ts';
import type { State } from './state.ts';
import { zeroWords } from './words.ts';

/** Bytes per GPU as a formula, in letters and with the present numbers: the terms are the engine's own pieces. */
export function Formula({ locale, state, plan }: { locale: Locale; state: State; plan: Plan }) {
  const t = zeroWords(locale);
  const group = state.tp * state.pp;
  const psi = group > 1 ? 'Ψ′' : 'Ψ';
  const number = printParams(plan.paramsOnRank, 2);
  const n = decimal(plan.dpDegree, 0);
  const states = plan.pieces.filter(({ note, kind }) => !note && kind !== 'activations');
  const whole = states.filter(({ shards }) => shards === 1);
  const divided = states.filter(({ shards }) => shards > 1);
  const rest = plan.pieces.filter((piece) => !states.includes(piece));
  const line = (of: string, over: string, times: string): ComponentChildren[] => {
    const terms: ComponentChildren[] = [];
    if (whole.length > 0) terms.push(<Sum pieces={whole} plan={plan} after={`${times}${of}`} />);
    if (divided.length > 0) {
      terms.push(<Sum pieces={divided} plan={plan} after={`${times}${of}${over}`} />);
    }
    for (const piece of rest) {
      terms.push(<span class={piece.kind}>{amount(piece.bytes, state.unit)}</span>);
    }
    return terms.flatMap((term, index) => (index === 0 ? [term] : [' + ', term]));
  };
  return (
    <div class="zero-formula">
      <h3>{t.formulaTitle}</h3>
      <Scroll label={t.formulaTitle}>
        <div class="zero-equation">
          <p>{line(psi, '/N', '')}</p>
          <p>
            {'= '}
            {line(number, ` / ${n}`, ' × ')}
          </p>
          <p>
            = <b>{amount(plan.bytesPerGpu, state.unit)}</b>
          </p>
        </div>
      </Scroll>
      {group > 1 && <p class="zero-hint">{t.onRank(number, `Ψ / (${state.tp} × ${state.pp})`)}</p>}
    </div>
  );
}

function Sum({ pieces, plan, after }: { pieces: Piece[]; plan: Plan; after: string }) {
  const byKind = new Map<PieceKind, number>();
  for (const { kind, bytes, shards } of pieces) {
    byKind.set(kind, (byKind.get(kind) ?? 0) + (bytes * shards) / plan.paramsOnRank);
  }
  const parts = [...byKind].flatMap(([kind, bytes], index) => [
    index === 0 ? '' : ' + ',
    <span key={kind} class={kind}>
      {String(Number(bytes.toFixed(2)))}
    </span>,
  ]);
  return (
    <span>
      {byKind.size > 1 ? '(' : ''}
      {parts}
      {byKind.size > 1 ? ')' : ''}
      {after}
    </span>
  );
}
