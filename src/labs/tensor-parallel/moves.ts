/** How keys go over the map of nodes. */

/** Nodes that PageUp and PageDown pass. */
const PAGE = 8;

/**
 * The GPU that a key leads to from another: left and right along the GPUs, up and down along the drawn nodes
 * (ascending, `rank`'s among them), Home and End within the node, with `all` to the first and last drawn.
 * The ends hold. Undefined for keys that do not go anywhere.
 */
export function moved(
  key: string,
  {
    rank,
    nodes,
    perNode,
    all,
  }: {
    rank: number;
    nodes: readonly number[];
    perNode: number;
    all: boolean;
  },
): number | undefined {
  const index = rank % perNode;
  const row = nodes.indexOf((rank - index) / perNode);
  const at = (toRow: number, toIndex: number): number => {
    const held = Math.min(nodes.length - 1, Math.max(0, toRow));
    return (nodes[held] as number) * perNode + toIndex;
  };
  switch (key) {
    case 'ArrowLeft':
      return index > 0 ? rank - 1 : row > 0 ? at(row - 1, perNode - 1) : rank;
    case 'ArrowRight':
      return index < perNode - 1 ? rank + 1 : row < nodes.length - 1 ? at(row + 1, 0) : rank;
    case 'ArrowUp':
      return at(row - 1, index);
    case 'ArrowDown':
      return at(row + 1, index);
    case 'PageUp':
      return at(row - PAGE, index);
    case 'PageDown':
      return at(row + PAGE, index);
    case 'Home':
      return at(all ? 0 : row, 0);
    case 'End':
      return at(all ? nodes.length - 1 : row, perNode - 1);
    default:
      return undefined;
  }
}
