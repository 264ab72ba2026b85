import { ACCOUNTS, PIECE_KINDS, type Piece, type Plan } from '~/engines/memory/index.ts';
import { decimal } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Segments } from '../kit/Segments.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { sentences } from '../kit/words.ts';
import { amount } from './amount.ts';
import { capacityBytes, RANGES, type State } from './state.ts';
import { zeroWords } from './words.ts';

interface Props {
  locale: Locale;
  state: State;
  plan: Plan;
  /** The same settings at stage 0, and by the paper's count. */
  whole: Plan;
  paper: Plan;
  set: (change: Partial<State>) => void;
}

const SHOWN = 8;

/** Verdict, one bar per rank, and what the opened rank holds. */
export function Partition({ locale, state, plan, whole, paper, set }: Props) {
  const t = zeroWords(locale);
  const gb = (bytes: number): string => amount(bytes, state.unit);
  const capacity = capacityBytes(state);
  const left = capacity - plan.bytesPerGpu;
  const [name, why] = t.accounts[state.account];
  const own: readonly number[] = ACCOUNTS[state.account].stages;
  const difference = plan.bytesPerGpu - paper.bytesPerGpu;
  const full = state.scale === 'whole' ? Math.max(whole.bytesPerGpu, capacity) : capacity * 1.3;
  const n = plan.dpDegree;
  const group = state.tp * state.pp;

  return (
    <section class="zero-partition" aria-labelledby="zero-who">
      <p class="zero-answer">
        <b>{gb(plan.bytesPerGpu)}</b> <span>{t.perGpu}</span>
      </p>
      <Verdict good={left >= 0}>
        {sentences(
          locale,
          left >= 0 ? t.fits(gb(capacity), gb(left)) : t.over(gb(capacity), gb(-left)),
          plan.hostBytesPerNode > 0 && t.hostMemory(gb(plan.hostBytesPerNode)),
          plan.nvmeBytesPerNode > 0 && t.nvme(gb(plan.nvmeBytesPerNode)),
        )}
      </Verdict>
      <p class="zero-hint">
        <b>{name}.</b>{' '}
        {sentences(
          locale,
          why,
          !own.includes(state.stage) && t.notOwnStage(name, t.stageList(own)),
          state.account !== 'zero-paper' &&
            (Math.abs(difference) < 1
              ? t.asPaper
              : t.againstPaper(`${difference > 0 ? '+' : '−'}${gb(Math.abs(difference))}`)),
        )}
      </p>
      <ul class="lab-legend zero-legend">
        {PIECE_KINDS.map((kind) => (
          <li key={kind} data-none={plan.bytesByKind[kind] === 0 ? '' : undefined}>
            <i class={`zero-fill ${kind}`} aria-hidden="true" />
            {t.kinds[kind]} <b>{gb(plan.bytesByKind[kind])}</b>
          </li>
        ))}
      </ul>
      <h3 id="zero-who">{t.ranksTitle}</h3>
      <p class="zero-hint">
        {t.ranksLede(decimal(n, 0), group > 1 ? t.modelParallelGroup(group) : '')}
      </p>
      <div class="zero-ranks">
        <span
          class="zero-capacity"
          style={{ '--at': Math.min(1, capacity / full) }}
          aria-hidden="true"
        >
          <b>{t.capacityLine(gb(capacity))}</b>
        </span>
        {ranksShown(n, state.rank).map((rank) =>
          typeof rank === 'number' ? (
            <button
              key={rank}
              type="button"
              class="zero-rank"
              aria-pressed={rank === state.rank}
              onClick={() => set({ rank })}
            >
              <span>{t.rank(decimal(rank, 0))}</span>
              <Bar plan={plan} full={full} cutOff={t.cutOff} />
              <Owns rank={rank} n={n} divided={plan.dividedBytes > 0} />
              <span class="zero-owns">
                {plan.dividedBytes > 0 ? t.owns(decimal(rank + 1, 0), decimal(n, 0)) : t.ownsAll}
              </span>
            </button>
          ) : (
            <p key={rank.from} class="zero-between">
              {t.between(decimal(rank.from, 0), decimal(rank.to, 0))}
            </p>
          ),
        )}
      </div>
      <div class="lab-panel zero-open">
        <Segments
          label={t.scale}
          value={state.scale}
          options={(['whole', 'memory'] as const).map((scale) => ({
            value: scale,
            label: t.scales[scale],
          }))}
          onChange={(scale) => set({ scale })}
        />
        <NumberField
          locale={locale}
          label={t.openRank}
          value={state.rank}
          min={RANGES.rank[0]}
          max={n - 1}
          whole
          format={(value) => decimal(value, 0)}
          onChange={(rank) => set({ rank })}
        />
        <div>
          <h4>{t.rankDetail(decimal(state.rank, 0))}</h4>
          <ul class="zero-pieces">
            {plan.pieces.map((piece, index) => (
              <li key={index}>
                <i class={`zero-fill ${piece.kind}`} aria-hidden="true" />
                <span>
                  {pieceWords(piece, state.rank, plan, t)} <b>{gb(piece.bytes)}</b>
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <p class="zero-hint">
        {t.leftOut} {!state.activations && t.leftOutActivations}
      </p>
    </section>
  );
}

function pieceWords(
  piece: Piece,
  rank: number,
  plan: Plan,
  t: ReturnType<typeof zeroWords>,
): string {
  const kind = t.kinds[piece.kind];
  if (piece.note) return `${kind}: ${t.pieceNotes[piece.note]}`;
  if (piece.shards === 1) return piece.kind === 'activations' ? kind : t.pieceWhole(kind);
  const size = plan.paramsOnRank / piece.shards;
  return t.pieceShard(
    kind,
    decimal(rank + 1, 0),
    decimal(piece.shards, 0),
    decimal(Math.ceil(rank * size), 0),
    decimal(Math.ceil((rank + 1) * size) - 1, 0),
  );
}

/** All ranks when they are few; else the first, the opened one and the last, with what lies between summed up. */
function ranksShown(n: number, opened: number): (number | { from: number; to: number })[] {
  const wanted =
    n <= SHOWN
      ? Array.from({ length: n }, (_, rank) => rank)
      : [...new Set([0, 1, 2, 3, opened, n - 1])].sort((a, b) => a - b);
  return wanted.flatMap((rank, index) => {
    const before = index === 0 ? -1 : (wanted[index - 1] as number);
    return rank - before > 1 ? [{ from: before + 1, to: rank - 1 }, rank] : [rank];
  });
}

function Bar({ plan, full, cutOff }: { plan: Plan; full: number; cutOff: string }) {
  const over = plan.bytesPerGpu > full;
  return (
    <span class="zero-bar" data-cut={over ? '' : undefined}>
      {PIECE_KINDS.map((kind) => (
        <i
          key={kind}
          class={`zero-fill ${kind}`}
          style={{ inlineSize: `${((100 * plan.bytesByKind[kind]) / full).toFixed(3)}%` }}
        />
      ))}
      {over && <span class="visually-hidden">{cutOff}</span>}
    </span>
  );
}

/** The whole model as a strip, with the slice this rank answers for. */
function Owns({ rank, n, divided }: { rank: number; n: number; divided: boolean }) {
  const width = divided ? Math.max(100 / n, 2) : 100;
  const x = divided ? Math.min((100 * rank) / n, 100 - width) : 0;
  return (
    <svg class="zero-slice" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="10" class="zero-slice-all" />
      <rect x={x} width={width} height="10" class="zero-slice-own" />
    </svg>
  );
}
