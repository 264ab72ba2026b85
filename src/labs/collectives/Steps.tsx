import { useMemo } from 'preact/hooks';
import { ALGORITHMS, type AllReduceRun, runAllReduce } from '~/engines/collectives/index.ts';
import type { PartProps } from '../kit/lab.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Player } from '../kit/Player.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { Segments } from '../kit/Segments.tsx';
import { TableOf } from '../kit/TableOf.tsx';
import { Network } from './Network.tsx';
import { RANGES, type State, sampleData } from './state.ts';
import { collectivesWords, type Words } from './words.ts';

/** A small all-reduce on real numbers. The grid of numbers is a table, and the picture of it. */
export function Steps({ locale, state, set }: PartProps<State>) {
  const t = collectivesWords(locale);
  const { algorithm, ranks, round } = state;
  const run = useMemo(
    () => runAllReduce({ algorithm, data: sampleData(ranks) }),
    [algorithm, ranks],
  );
  const now = round === 0 ? undefined : run.rounds[round - 1];
  const { values, summed } = now ?? run.start;
  const before = run.rounds[round - 2] ?? run.start;
  const name = (node: number): string => (node === ranks ? t.server : t.rank(node));
  const received = (node: number, chunk: number): boolean =>
    now?.transfers.some(({ to, chunks }) => to === node && chunks.includes(chunk)) ?? false;
  const lastReduce =
    now?.phase === 'reduce-scatter' && run.rounds[round]?.phase !== 'reduce-scatter';
  const last = round === run.rounds.length;

  return (
    <section class="coll-steps" aria-labelledby="coll-steps">
      <h3 id="coll-steps">{t.stepsTitle}</h3>
      <p class="coll-hint">{t.stepsLede(ranks)}</p>
      <div class="coll-choose">
        <Segments
          label={t.algorithm}
          value={algorithm}
          options={ALGORITHMS.map((value) => ({ value, label: t.names[value] }))}
          onChange={(next) => set({ algorithm: next, round: 0 })}
        />
        <NumberField
          locale={locale}
          label={t.ranks}
          value={ranks}
          min={RANGES.ranks[0]}
          max={RANGES.ranks[1]}
          whole
          onChange={(next) => set({ ranks: next, round: 0 })}
        />
      </div>
      <Player
        locale={locale}
        at={round}
        last={run.rounds.length}
        onAt={(next) => set({ round: next })}
      />
      <ReadOut class="coll-round">
        <b>{now ? t.roundOf(round, run.rounds.length) : t.start}</b>
        {now && <span>{t.phases[now.phase]}</span>}
      </ReadOut>
      <div class="coll-stage">
        <Network
          t={t}
          ranks={ranks}
          transfers={now?.transfers ?? []}
          server={algorithm === 'server'}
        />
        <div class="coll-numbers">
          <Scroll label={t.grid}>
            <table class="coll-grid">
              <thead>
                <tr>
                  <td />
                  {values[0]?.map((_, chunk) => (
                    <th key={chunk} scope="col">
                      {t.chunk(chunk)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {values.map((row, node) => (
                  <tr key={node}>
                    <th scope="row">{name(node)}</th>
                    {row.map((value, chunk) => {
                      const count = summed[node]?.[chunk] ?? 0;
                      const full = count === ranks;
                      return (
                        <td
                          key={chunk}
                          style={{ '--share': count / ranks }}
                          data-full={full ? '' : undefined}
                          data-now={received(node, chunk) ? '' : undefined}
                        >
                          {count === 0 ? '–' : value}
                          <span class="visually-hidden"> {t.summed(count, ranks)}</span>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <ul class="lab-legend coll-legend">
            <li>
              <i style={{ '--share': 1 / ranks }} />
              {t.legend.own}
            </li>
            <li>
              <i style={{ '--share': 0.6 }} />
              {t.legend.part}
            </li>
            <li>
              <i style={{ '--share': 1 }} data-full />
              {t.legend.full}
            </li>
            <li>
              <i style={{ '--share': 0 }} data-now />
              {t.legend.now}
            </li>
          </ul>
          <ul class="coll-messages">
            {now ? (
              now.transfers.map(({ from, to, chunks, operation }) => {
                const [chunk] = chunks as [number];
                const what = chunks.length > 1 || ranks === 1 ? t.whole : t.chunk(chunk);
                const result =
                  chunks.length > 1
                    ? undefined
                    : operation === 'add'
                      ? t.adds(
                          before.values[to]?.[chunk] ?? 0,
                          before.values[from]?.[chunk] ?? 0,
                          values[to]?.[chunk] ?? 0,
                        )
                      : t.copies(values[to]?.[chunk] ?? 0);
                return (
                  <li key={`${from}-${to}`}>
                    <span>{t.sends(name(from), name(to), what)}</span>
                    {result && <b>{result}</b>}
                  </li>
                );
              })
            ) : (
              <li>{t.nothingYet}</li>
            )}
          </ul>
          <p class="coll-hint">
            {lastReduce && t.halfway(t.rank(0), t.chunk(ownerOf(run, round, 0)))}
            {last && t.finished}
          </p>
        </div>
      </div>
      <TableOf
        locale={locale}
        caption={t.valuesTable}
        head={t.valuesHead}
        rows={run.rounds.map(({ phase, transfers }, index) => [
          String(index + 1),
          t.phases[phase],
          messages(t, transfers, name),
        ])}
      />
    </section>
  );
}

function ownerOf(run: AllReduceRun, round: number, node: number): number {
  const counts = run.rounds[round - 1]?.summed[node] ?? [];
  return counts.indexOf(Math.max(...counts));
}

function messages(
  t: Words,
  transfers: AllReduceRun['rounds'][number]['transfers'],
  name: (node: number) => string,
): string {
  return transfers
    .map(({ from, to, chunks }) =>
      t.sends(name(from), name(to), chunks.length > 1 ? t.whole : t.chunk(chunks[0] as number)),
    )
    .join(', ');
}
