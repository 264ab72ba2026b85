import { useMemo } from 'preact/hooks';
import { collectiveSends, type Step, type Tile } from '~/engines/tensor-parallel/index.ts';
import { scientific } from '~/format/number.ts';
import type { Locale } from '~/i18n/locale.ts';
import type { PartProps } from '../kit/lab.ts';
import { memo } from '../kit/memo.ts';
import { Player } from '../kit/Player.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { Verdict } from '../kit/Verdict.tsx';
import { sentences } from '../kit/words.ts';
import { Grid, labelOf, Name } from './Grid.tsx';
import { entry, plain } from './print.ts';
import { BLOCKS, lastStep, type PartOf, RANGES, RANKS, splitRun } from './state.ts';
import { tensorParallelWords, type Words } from './words.ts';

/** A block of a layer on a few ranks, on numbers small enough to check. */
export const Split = memo(function Split({ locale, state, set }: PartProps<Shown>) {
  const t = tensorParallelWords(locale);
  const { block, ranks, sequenceParallel, seed } = state;
  const { run, weights, wrong } = useMemo(
    () => splitRun({ block, ranks, sequenceParallel, seed }),
    [block, ranks, sequenceParallel, seed],
  );
  const at = Math.min(state.step, run.steps.length - 1);
  const step = run.steps[at] as Step;
  const sent = (pass: Step['pass']): string =>
    plain(
      run.steps
        .slice(0, at + 1)
        .filter((one) => one.pass === pass)
        .reduce((total, one) => total + one.sends, 0),
    );
  const start = lastStep({ block, sequenceParallel });
  return (
    <section class="tp-split" aria-labelledby="tp-split">
      <h3 id="tp-split">{t.splitTitle}</h3>
      <p class="tp-hint">{t.splitLede}</p>
      <div class="tp-choose">
        <Segments
          label={t.block}
          value={block}
          options={BLOCKS.map((value) => ({ value, label: t.blocks[value] }))}
          onChange={(next) => set({ block: next, step: next === 'rows' ? 2 : 0 })}
        />
        <Segments
          label={t.ranks}
          value={ranks}
          options={RANKS.map((value) => ({ value, label: String(value) }))}
          onChange={(next) => set({ ranks: next })}
        />
        {block !== 'rows' && (
          <Segments
            label={t.between}
            value={sequenceParallel ? 'tokens' : 'whole'}
            options={(['whole', 'tokens'] as const).map((value) => ({
              value,
              label: t.betweens[value],
            }))}
            onChange={(next) => set({ sequenceParallel: next === 'tokens', step: 0 })}
          />
        )}
        <button type="button" onClick={() => set({ seed: (seed + 1) % (RANGES.seed[1] + 1) })}>
          {t.otherNumbers}
        </button>
      </div>
      <div class="tp-weights">
        <h4>{t.weights}</h4>
        <p class="tp-hint">{t.weightsHint[block]}</p>
        <Scroll label={t.weights}>
          <div class="tp-row">
            {weights.map(({ name, share, matrix }) => {
              const all = share === 'rows' ? matrix.length : (matrix[0]?.length ?? 1);
              return (
                <Grid
                  key={name}
                  t={t}
                  name={name}
                  matrix={matrix}
                  owner={(row, column) =>
                    Math.floor(((share === 'rows' ? row : column) * ranks) / all)
                  }
                />
              );
            })}
          </div>
        </Scroll>
        <ul class="lab-legend">
          {Array.from({ length: ranks }, (_, rank) => (
            <li key={rank} style={{ '--rank': rank }}>
              <i class="tp-swatch" aria-hidden="true" />
              {t.rank(rank)}
            </li>
          ))}
        </ul>
      </div>
      <Player
        locale={locale}
        at={at}
        last={start}
        perSecond={0.7}
        onAt={(next) => set({ step: next })}
      />
      <ReadOut as="div" class="tp-step">
        <p>
          <b>{t.stepOf(at + 1, run.steps.length)}</b> <span>{t.passes[step.pass]}</span>
          <span class="tp-collective" data-talks={step.collective ? '' : undefined}>
            {step.collective ? t.collectives[step.collective] : t.alone}
          </span>
          {operator(t, step, state) && <span>{operator(t, step, state)}</span>}
        </p>
        <p>{what(locale, step, state)}</p>
      </ReadOut>
      <Scroll label={t.stepOf(at + 1, run.steps.length)}>
        <Cards t={t} step={step} block={block} />
      </Scroll>
      <p class="tp-hint">
        {block === 'rows'
          ? t.ledgerForward(
              sent('forward'),
              plain(collectiveSends({ collective: 'all-reduce', ranks, elements: ranks * ranks })),
            )
          : t.ledger(sent('forward'), sent('backward'))}
      </p>
      <Result t={t} step={step} run={run} wrong={wrong} />
      <TableOf
        locale={locale}
        caption={t.stepTable}
        head={t.stepHead}
        rows={run.steps.map((one, index) => [
          String(index + 1),
          t.passes[one.pass],
          what(locale, one, state),
          one.collective ? t.collectives[one.collective] : t.alone,
          t.numbers(plain(one.sends)),
        ])}
      />
    </section>
  );
});

type Shown = PartOf<'split'>;

/** Megatron's name for the place: f at the block's entry, g at its end. */
function operator(t: Words, { id }: Step, { block, sequenceParallel }: Shown): string | undefined {
  // Under sequence parallelism the letters mean other operators: arXiv:2205.05198 Figure 5.
  if (block === 'rows' || sequenceParallel) return undefined;
  if (id === 'input') return t.operators.f;
  if (id === 'output') return t.operators.g;
  if (id === 'gradient') return t.operators.gBack;
  return id === 'input-gradient' ? t.operators.fBack : undefined;
}

function what(locale: Locale, { id }: Step, { block, sequenceParallel }: Shown): string {
  const t = tensorParallelWords(locale);
  if (block === 'rows') {
    if (id === 'input') return t.scatteredInput;
    if (id === 'first') return t.partialFirst;
    if (id === 'gelu') return t.wholeGelu;
  }
  if (sequenceParallel) {
    if (id === 'input' || id === 'gradient') return t.sharded[id];
    if (id === 'back-first' || id === 'back-project')
      return sentences(locale, t.steps[id], t.regather);
  }
  return t.steps[id];
}

/** What every rank has alike stands once; what is a rank's own stands on its card. */
function Cards({ t, step, block }: { t: Words; step: Step; block: Shown['block'] }) {
  const [first] = step.ranks as [Step['ranks'][number]];
  const whole = (tiles: readonly Tile[]) => tiles.filter(({ share }) => share === 'whole');
  const own = (tiles: readonly Tile[]) => tiles.filter(({ share }) => share !== 'whole');
  const common = { uses: whole(first.uses), makes: whole(first.makes) };
  const cards = step.ranks.some(({ uses, makes }) => own([...uses, ...makes]).length > 0);
  const many = step.ranks.length > 4;
  return (
    <div class="tp-cards" data-many={many ? '' : undefined}>
      {common.uses.length > 0 && (
        <Card t={t} title={t.everyRank} uses={common.uses} makes={[]} rank={0} block={block} />
      )}
      {cards && (
        <div class="tp-own">
          {step.ranks.map(({ uses, makes }, rank) => (
            <Card
              key={rank}
              t={t}
              title={t.rank(rank)}
              uses={own(uses)}
              makes={own(makes)}
              rank={rank}
              block={block}
              own
            />
          ))}
        </div>
      )}
      {common.makes.length > 0 && (
        <Card t={t} title={t.everyRank} uses={[]} makes={common.makes} rank={0} block={block} />
      )}
    </div>
  );
}

interface CardProps {
  t: Words;
  title: string;
  uses: readonly Tile[];
  makes: readonly Tile[];
  rank: number;
  block: Shown['block'];
  own?: boolean;
}

function Card({ t, title, uses, makes, rank, block, own = false }: CardProps) {
  const side = (label: string, tiles: readonly Tile[]) =>
    tiles.length > 0 && (
      <div class="tp-side">
        <h5>{label}</h5>
        <div class="tp-row">
          {tiles.map((tile) => (
            <div key={tile.name}>
              <Grid
                t={t}
                name={labelOf(tile.name, tile.share, rank)}
                matrix={tile.matrix}
                partial={tile.share === 'partial'}
                {...(own ? { owner: () => rank } : {})}
              />
              <small>
                {block === 'attention' && ['Q', 'K', 'V', 'P', 'O'].includes(tile.name.slice(-1))
                  ? t.headWeights
                  : t.shares[tile.share]}
              </small>
            </div>
          ))}
        </div>
      </div>
    );
  return (
    <article class="tp-card" style={{ '--rank': rank }} data-own={own ? '' : undefined}>
      <h4>{title}</h4>
      {side(t.takes, uses)}
      {side(t.makes, makes)}
    </article>
  );
}

interface ResultProps {
  t: Words;
  step: Step;
  run: ReturnType<typeof splitRun>['run'];
  wrong: number[][] | undefined;
}

/** At the end of a pass, beside what one device computes. */
function Result({ t, step, run, wrong }: ResultProps) {
  if (step.id === 'extra' && wrong) {
    const z = run.unsplit.z.flat();
    const was = wrong.flat();
    const place = z.findIndex((value, index) => Math.abs(value - (was[index] as number)) > 0.005);
    return (
      <div class="tp-result">
        <h4>{t.wrongTitle}</h4>
        <Scroll label={t.wrongTitle}>
          <div class="tp-row">
            <Grid t={t} name="Z" matrix={run.unsplit.z} of={t.unsplit} />
            <span class="tp-unequal">≠</span>
            <Grid t={t} name="Z′" matrix={wrong} />
          </div>
        </Scroll>
        {place >= 0 && (
          <Verdict good={false}>
            {t.wrongIs(entry(z[place] as number, 2), entry(was[place] as number, 2))}
          </Verdict>
        )}
      </div>
    );
  }
  const output = step.id === 'output';
  if (!output && step.id !== 'input-gradient') return null;
  const name = output ? 'Z' : 'dX';
  const difference = output ? run.difference.output : run.difference.inputGradient;
  const terms = step.ranks.map((_, rank) => labelOf(name, 'partial', rank));
  return (
    <div class="tp-result">
      <p class="tp-sum">
        <Name name={name} /> = {terms.join(' + ')}
      </p>
      <h4>{t.unsplit}</h4>
      <Scroll label={t.unsplit}>
        <div class="tp-row">
          <Grid t={t} name={name} matrix={output ? run.unsplit.z : run.unsplit.dx} of={t.unsplit} />
        </div>
      </Scroll>
      <Verdict good={difference < 1e-9}>
        {t.same(name, difference === 0 ? t.none : t.roundings(scientific(difference, 0)))}
      </Verdict>
    </div>
  );
}
