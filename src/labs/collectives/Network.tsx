import type { Transfer } from '~/engines/collectives/index.ts';
import type { Words } from './words.ts';

interface Props {
  t: Words;
  ranks: number;
  transfers: readonly Transfer[];
  server: boolean;
}

const SIZE = 300;
const CENTRE = SIZE / 2;
const RADIUS = 112;
const NODE = 21;

/** Ranks in a circle, the server in its middle, an arrow for each message. */
export function Network({ t, ranks, transfers, server }: Props) {
  const place = (node: number): [number, number] => {
    if (node === ranks) return [CENTRE, CENTRE];
    const angle = (2 * Math.PI * node) / ranks - Math.PI / 2;
    return [
      Number((CENTRE + RADIUS * Math.cos(angle)).toFixed(2)),
      Number((CENTRE + RADIUS * Math.sin(angle)).toFixed(2)),
    ];
  };
  const nodes = Array.from({ length: ranks + (server ? 1 : 0) }, (_, node) => node);
  const short = (node: number): string => (node === ranks ? t.serverShort : t.node(node));
  const told = transfers.map(({ from, to }) => `${short(from)} → ${short(to)}`).join(', ');
  return (
    <svg
      class="coll-network"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={told === '' ? t.nothingYet : t.picture(told)}
    >
      <defs>
        <marker
          id="coll-arrow"
          viewBox="0 0 10 10"
          refX="8"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 L10 5 L0 10 z" class="coll-head" />
        </marker>
      </defs>
      <circle cx={CENTRE} cy={CENTRE} r={RADIUS} class="coll-circle" />
      {transfers.map((transfer) => (
        <Arrow key={`${transfer.from}-${transfer.to}`} transfer={transfer} place={place} />
      ))}
      {nodes.map((node) => {
        const [x, y] = place(node);
        return (
          <g key={node}>
            <circle cx={x} cy={y} r={NODE} class="coll-node" />
            <text x={x} y={y + 5.5} class="coll-node-name">
              {short(node)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Arrow({
  transfer: { from, to, chunks },
  place,
}: {
  transfer: Transfer;
  place: (node: number) => [number, number];
}) {
  const [x1, y1] = place(from);
  const [x2, y2] = place(to);
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  // Two ranks send to each other at once: each arrow keeps to its own side.
  const side = 7;
  const at = (x: number, y: number, along: number): [string, string] => [
    (x + ux * along - uy * side).toFixed(1),
    (y + uy * along + ux * side).toFixed(1),
  ];
  const [startX, startY] = at(x1, y1, NODE + 3);
  const [endX, endY] = at(x2, y2, -NODE - 5);
  const [midX, midY] = at((x1 + x2) / 2, (y1 + y2) / 2, -2);
  return (
    <g>
      <line
        x1={startX}
        y1={startY}
        x2={endX}
        y2={endY}
        class="coll-line"
        data-whole={chunks.length > 1 ? '' : undefined}
        marker-end="url(#coll-arrow)"
      />
      {chunks.length === 1 && (
        <>
          <circle cx={midX} cy={midY} r="11" class="coll-tag" />
          <text x={midX} y={Number(midY) + 5} class="coll-tag-name">
            {chunks[0]}
          </text>
        </>
      )}
    </g>
  );
}
