// biome-ignore-all lint/a11y/useFocusableInteractive: the map has the focus and names its GPU by aria-activedescendant
// biome-ignore-all lint/a11y/useSemanticElements: nodes stand side by side, which the rows of a table cannot
import { useEffect, useMemo, useState } from 'preact/hooks';
import {
  PLACED_DIMENSIONS,
  type PlacedDimension,
  rankPlace,
  stageOfRank,
} from '~/engines/pipeline/index.ts';
import { decimal } from '~/format/number.ts';
import type { PartProps } from '../kit/lab.ts';
import { memo } from '../kit/memo.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { ReadOut } from '../kit/ReadOut.tsx';
import { useSettled } from '../kit/useSettled.ts';
import { gap, sentences } from '../kit/words.ts';
import { moved } from './moves.ts';
import { gpusOf, type PartOf, placementOf } from './state.ts';
import { tensorParallelWords, type Words } from './words.ts';

/** Up to this many GPUs are all drawn, and at once; of more, the nodes that matter, up to the second number. */
const ALL_GPUS = 512;
const MOST_GPUS = 1280;
/** Ranks of a group that are named before the rest is summed up. */
const NAMED = 10;

/** A cluster's nodes with the groups of one GPU, which the reader points at, taps, types or reaches by keys. */
export function NodeMap({ locale, state, set }: PartProps<PartOf<'map'>>) {
  const t = tensorParallelWords(locale);
  const settled = useSettled(state);
  return (
    <div class="tp-map">
      <h4>{t.mapTitle}</h4>
      <div class="tp-choose">
        <NumberField
          locale={locale}
          label={t.chosen}
          value={state.rank}
          min={0}
          max={gpusOf(state) - 1}
          whole
          format={whole}
          onChange={(rank) => set({ rank })}
        />
      </div>
      <Cluster locale={locale} state={gpusOf(state) > ALL_GPUS ? settled : state} set={set} />
    </div>
  );
}

/** One tab stop: it names its GPU by aria-activedescendant, so that thousands need no focus of their own. */
const Cluster = memo(function Cluster({ locale, state, set }: PartProps<PartOf<'map'>>) {
  const t = tensorParallelWords(locale);
  const [pointed, setPointed] = useState<{ rank: number; keys: boolean }>();
  const { nodes, perNode } = state;
  const chosen = pointed?.rank ?? state.rank;
  const layout = placementOf(state);
  const placeOf = (rank: number) =>
    rankPlace({ ...layout, rank: Math.min(rank, gpusOf(state) - 1) });
  const { at, groups } = placeOf(chosen);
  const used = PLACED_DIMENSIONS.filter((dimension) => groups[dimension].length > 1);
  const all = gpusOf(state) <= ALL_GPUS;
  const most = Math.max(1, Math.floor(MOST_GPUS / perNode));
  // Which nodes are drawn follows the GPU that was chosen: none must vanish under the pointer.
  const drawn = useMemo(() => {
    if (all) return Array.from({ length: nodes }, (_, node) => node);
    const own = rankPlace({ ...layout, rank: state.rank }).groups;
    const held = new Set(Object.values(own).flatMap((one) => one.map((r) => nodeOf(r, perNode))));
    return [...held].sort((a, b) => a - b);
  }, [nodes, perNode, state.rank, ...Object.values(layout)]);
  const shown = drawn.slice(0, most);
  const home = nodeOf(state.rank, perNode);
  if (!shown.includes(home)) shown[most - 1] = home;
  const marks = new Map<number, string>();
  for (const dimension of used) {
    for (const rank of groups[dimension]) {
      marks.set(rank, (marks.get(rank) ?? '') + t.letter[dimension]);
    }
  }
  useEffect(() => {
    if (!pointed?.keys) return;
    const nearest = { block: 'nearest', inline: 'nearest' } as const;
    document.getElementById(gpuId(pointed.rank))?.scrollIntoView(nearest);
  }, [pointed]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const way = { rank: chosen, nodes: shown, perNode, all: event.ctrlKey };
    const next = moved(event.key, way);
    if (next !== undefined) setPointed({ rank: next, keys: true });
    else if (event.key === 'Enter' || event.key === ' ') set({ rank: chosen });
    else if (event.key === 'Escape' && pointed !== undefined) setPointed(undefined);
    else return;
    event.preventDefault();
  };
  const rankAt = (target: EventTarget | null): number | undefined => {
    const cell = (target as HTMLElement | null)?.closest<HTMLElement>('[data-gpu]');
    return cell ? Number(cell.dataset['gpu']) : undefined;
  };
  const stageOf = (rank: number): number => stageOfRank({ ...layout, rank });
  return (
    <>
      <p class="tp-hint">
        {sentences(
          locale,
          all ? t.mapAll(whole(nodes)) : t.mapSome(whole(drawn.length), whole(nodes)),
          drawn.length > most && t.mapCut(whole(most), whole(drawn.length)),
        )}
        {gap(locale)}
        <span id="tp-map-keys">{t.mapHint}</span>
      </p>
      <ul class="lab-legend">
        <li>
          <i class="tp-cell" data-self="" aria-hidden="true" />
          {t.self}
        </li>
        {used.map((dimension) => (
          <li key={dimension}>
            <i class="tp-cell" data-in={dimension} aria-hidden="true">
              {t.letter[dimension]}
            </i>
            {t.degrees[dimension]}
          </li>
        ))}
      </ul>
      <div class="scroll">
        <div
          class="tp-nodes"
          role="grid"
          tabIndex={0}
          aria-label={t.mapTitle}
          aria-describedby="tp-map-keys"
          aria-rowcount={nodes}
          aria-activedescendant={gpuId(chosen)}
          style={{ '--wide': Math.min(4, perNode) }}
          onKeyDown={onKeyDown}
          onBlur={() => setPointed(undefined)}
          onMouseMove={({ target }) => {
            const rank = rankAt(target);
            if (rank !== undefined && rank !== pointed?.rank) setPointed({ rank, keys: false });
          }}
          onMouseLeave={() => setPointed(undefined)}
          onClick={({ target }) => {
            const rank = rankAt(target);
            if (rank !== undefined) set({ rank });
          }}
        >
          {shown.map((node) => {
            const first = node * perNode;
            const mine = Array.from({ length: perNode }, (_, index) => {
              const rank = first + index;
              const letters = marks.get(rank) ?? '';
              return `${rank === state.rank ? '+' : ''}${rank === chosen ? '*' : ''}${letters}`;
            }).join(',');
            return (
              <Node
                key={node}
                t={t}
                node={node}
                first={first}
                marks={mine}
                from={stageOf(first)}
                to={stageOf(first + perNode - 1)}
                used={state.pp > 1}
              />
            );
          })}
        </div>
      </div>
      <ReadOut class="visually-hidden">
        {summary(t, pointed?.keys ? pointed.rank : state.rank, perNode, placeOf)}
      </ReadOut>
      <div class="tp-groups">
        <h5>{t.gpuAt(whole(chosen), whole(nodeOf(chosen, perNode)))}</h5>
        <dl>
          {PLACED_DIMENSIONS.map((dimension) => (
            <Group
              key={dimension}
              t={t}
              dimension={dimension}
              at={at[dimension]}
              ranks={groups[dimension]}
              perNode={perNode}
            />
          ))}
        </dl>
      </div>
    </>
  );
});

const whole = (value: number): string => decimal(value, 0);

const gpuId = (rank: number): string => `tp-gpu-${rank}`;

const nodeOf = (rank: number, perNode: number): number => Math.floor(rank / perNode);

interface GroupProps {
  t: Words;
  dimension: PlacedDimension;
  at: number;
  ranks: readonly number[];
  perNode: number;
}

/** A GPU's node and its place in each group it shares, in one sentence for the ear. */
function summary(
  t: Words,
  rank: number,
  perNode: number,
  placeOf: (rank: number) => ReturnType<typeof rankPlace>,
): string {
  const { at, groups } = placeOf(rank);
  const shared = PLACED_DIMENSIONS.filter((dimension) => groups[dimension].length > 1);
  return [
    t.gpuAt(decimal(rank, 0), decimal(nodeOf(rank, perNode), 0)),
    ...shared.map((name) => `${t.short[name]} ${within(t, at[name], groups[name], perNode)}`),
  ].join(t.heardJoin);
}

/** A place in a group, and over how many nodes the group lies. */
function within(t: Words, at: number, ranks: readonly number[], perNode: number): string {
  const nodes = new Set(ranks.map((rank) => nodeOf(rank, perNode))).size;
  return t.placeIn(decimal(at + 1, 0), decimal(ranks.length, 0), t.nodesOf(decimal(nodes, 0)));
}

function Group({ t, dimension, at, ranks, perNode }: GroupProps) {
  const named = ranks.slice(0, NAMED).join(', ');
  const more = ranks.length > NAMED ? ` ${t.andMore(decimal(ranks.length - NAMED, 0))}` : '';
  return (
    <div>
      <dt>
        <i class="tp-cell" data-in={ranks.length > 1 ? dimension : undefined} aria-hidden="true">
          {t.letter[dimension]}
        </i>
        {t.degrees[dimension]}
      </dt>
      {ranks.length === 1 ? (
        <dd>{t.groupAlone}</dd>
      ) : (
        <dd>
          {within(t, at, ranks, perNode)}
          <small>
            {named}
            {more}
          </small>
        </dd>
      )}
    </div>
  );
}

interface NodeProps {
  t: Words;
  node: number;
  first: number;
  /** One entry for each GPU, joined by commas: + if it is the chosen one, * if its groups show, their letters. */
  marks: string;
  from: number;
  to: number;
  used: boolean;
}

/** Drawn again only when its marks change: a pointer passes over hundreds of GPUs. */
const Node = memo(function Node({ t, node, first, marks, from, to, used }: NodeProps) {
  return (
    <div class="tp-node" role="row" aria-rowindex={node + 1}>
      <span role="rowheader">
        {t.node(decimal(node, 0))}
        {used && <small>{t.stage(String(from), String(to))}</small>}
      </span>
      <div>
        {marks.split(',').map((own, index) => {
          const chosen = own.includes('+');
          const self = own.includes('*');
          const letters = own.replace(/[+*]/g, '');
          const rank = first + index;
          return (
            <span
              key={index}
              class="tp-cell"
              role="gridcell"
              id={self ? gpuId(rank) : undefined}
              aria-label={self ? t.gpuAt(decimal(rank, 0), decimal(node, 0)) : undefined}
              aria-selected={chosen || undefined}
              data-gpu={rank}
              data-self={self ? '' : undefined}
              data-in={letters === '' ? undefined : IN[letters.at(-1) as string]}
            >
              {self ? '●' : letters}
            </span>
          );
        })}
      </div>
    </div>
  );
});

const IN: Record<string, PlacedDimension> = { T: 'tp', C: 'cp', E: 'ep', D: 'dp', P: 'pp' };
