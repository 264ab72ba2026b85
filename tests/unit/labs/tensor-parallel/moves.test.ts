import { expect, test } from 'vitest';
import { moved } from '~/labs/tensor-parallel/moves.ts';

/** Nodes 0, 1, 9 and 20 of 8 GPUs are drawn. */
const way = { nodes: [0, 1, 9, 20], perNode: 8, all: false };
const from = (rank: number, key: string, all = false) => moved(key, { ...way, rank, all });

test('left and right go along the GPUs and on to the next drawn node', () => {
  expect(from(3, 'ArrowRight')).toBe(4);
  expect(from(3, 'ArrowLeft')).toBe(2);
  expect(from(15, 'ArrowRight')).toBe(72);
  expect(from(72, 'ArrowLeft')).toBe(15);
  expect(from(0, 'ArrowLeft')).toBe(0);
  expect(from(167, 'ArrowRight')).toBe(167);
});

test('up and down keep the place in the node, pages go far, the ends hold', () => {
  expect(from(13, 'ArrowDown')).toBe(77);
  expect(from(13, 'ArrowUp')).toBe(5);
  expect(from(5, 'ArrowUp')).toBe(5);
  expect(from(5, 'PageDown')).toBe(165);
  expect(from(165, 'PageUp')).toBe(5);
});

test('Home and End stay in the node, with Ctrl they go to the first and last drawn', () => {
  expect(from(75, 'Home')).toBe(72);
  expect(from(75, 'End')).toBe(79);
  expect(from(75, 'Home', true)).toBe(0);
  expect(from(75, 'End', true)).toBe(167);
  expect(from(75, 'a')).toBeUndefined();
});
