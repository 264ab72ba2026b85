import { memo } from 'preact/compat';
import { useMemo, useState } from 'preact/hooks';
import { PLACED_DIMENSIONS, type PlacedDimension, rankPlace } from '~/engines/pipeline/index.ts';
import { decimal } from '~/format/number.ts';
import type { PartProps } from '../kit/lab.ts';
import { NumberField } from '../kit/NumberField.tsx';
import { Scroll } from '../kit/Scroll.tsx';
import { gpusOf, placementOf, type State } from './state.ts';
import { tensorParallelWords, type Words } from './words.ts';

/** Up to this many nodes are all drawn; of more, those that matter, and no more than the second number. */
const ALL = 64;
const MOST = 160;
/** Ranks of a group that are named before the rest is summed up. */
const NAMED = 10;

/** A cluster's nodes with the groups of one GPU, which the reader points at, taps or types. */
export function NodeMap({ locale, state, set }: PartProps<State>) {
  const t = tensorParallelWords(locale);
  const [pointed, setPointed] = useState<number>();
  const { nodes, perNode } = state;
  const chosen = pointed ?? state.rank;
  const layout = placementOf(state);
  const { at, groups } = rankPlace({ ...layout, rank: Math.min(chosen, gpusOf(state) - 1) });
  const used = PLACED_DIMENSIONS.filter((dimension) => groups[dimension].length > 1);
  // Which nodes are drawn follows the GPU that was chosen: none must vanish under the pointer.
  const drawn = useMemo(() => {
    if (nodes <= ALL) return Array.from({ length: nodes }, (_, node) => node);
    const own = rankPlace({ ...layout, rank: state.rank }).groups;
    const held = new Set(Object.values(own).flatMap((all) => all.map((r) => nodeOf(r, perNode))));
    return [...held].sort((a, b) => a - b);
  }, [nodes, perNode, state.rank, ...Object.values(layout)]);
  const shown = drawn.slice(0, MOST);
  const marks = new Map<number, string>();
  for (const dimension of used) {
    for (const rank of groups[dimension]) {
      marks.set(rank, (marks.get(rank) ?? '') + t.letter[dimension]);
    }
  }
  const whole = (value: number): string => decimal(value, 0);
  const rankAt = (target: EventTarget | null): number | undefined => {
    const cell = (target as HTMLElement | null)?.closest<HTMLElement>('[data-gpu]');
    return cell ? Number(cell.dataset['gpu']) : undefined;
  };
  const stageOf = (rank: number): number => rankPlace({ ...layout, rank }).at.pp;
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
        <p class="tp-hint">
          {nodes <= ALL ? t.mapAll(whole(nodes)) : t.mapSome(whole(drawn.length), whole(nodes))}{' '}
          {drawn.length > MOST && t.mapCut(whole(MOST), whole(drawn.length))} {t.mapHint}
        </p>
      </div>
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
      <Scroll label={t.mapTitle}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above does the same by keyboard */}
        {/* biome-ignore lint/a11y/useKeyWithMouseEvents: as above */}
        <div
          class="tp-nodes"
          role="img"
          aria-label={t.map(whole(chosen))}
          style={{ '--wide': Math.min(4, perNode) }}
          onMouseOver={({ target }) => setPointed(rankAt(target) ?? pointed)}
          onMouseLeave={() => setPointed(undefined)}
          onClick={({ target }) => {
            const rank = rankAt(target);
            if (rank !== undefined) set({ rank });
          }}
        >
          {shown.map((node) => {
            const first = node * perNode;
            const mine = Array.from({ length: perNode }, (_, index) => {
              const letters = marks.get(first + index) ?? '';
              return first + index === chosen ? `*${letters}` : letters;
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
      </Scroll>
      <div class="tp-groups" role="status">
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
    </div>
  );
}

const nodeOf = (rank: number, perNode: number): number => Math.floor(rank / perNode);

interface GroupProps {
  t: Words;
  dimension: PlacedDimension;
  at: number;
  ranks: readonly number[];
  perNode: number;
}

function Group({ t, dimension, at, ranks, perNode }: GroupProps) {
  const nodes = new Set(ranks.map((rank) => nodeOf(rank, perNode))).size;
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
          {t.placeIn(decimal(at + 1, 0), decimal(ranks.length, 0), t.nodesOf(decimal(nodes, 0)))}
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
  /** One entry for each GPU, joined by commas: the letters of its groups, * for the chosen one. */
  marks: string;
  from: number;
  to: number;
  used: boolean;
}

/** Drawn again only when its marks change: a pointer passes over hundreds of GPUs. */
const Node = memo(function Node({ t, node, first, marks, from, to, used }: NodeProps) {
  return (
    <div class="tp-node">
      <span>
        {t.node(decimal(node, 0))}
        {used && <small>{t.stage(String(from), String(to))}</small>}
      </span>
      <div>
        {marks.split(',').map((own, index) => {
          const self = own.startsWith('*');
          const letters = self ? own.slice(1) : own;
          return (
            <i
              key={index}
              class="tp-cell"
              data-gpu={first + index}
              data-self={self ? '' : undefined}
              data-in={letters === '' ? undefined : IN[letters.at(-1) as string]}
            >
              {self ? '●' : letters}
            </i>
          );
        })}
      </div>
    </div>
  );
});

const IN: Record<string, PlacedDimension> = { T: 'tp', C: 'cp', E: 'ep', D: 'dp', P: 'pp' };
