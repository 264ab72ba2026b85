import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather } from '~/labs/kit/gather.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a slider dragged for five seconds is said once, when it rests', () => {
  const said: (readonly string[])[] = [];
  const change = gather<string>((changed) => said.push(changed));
  for (let frame = 0; frame < 300; frame += 1) {
    change('verdict');
    if (frame % 10 === 0) change('error');
    vi.advanceTimersByTime(1000 / 60);
  }
  expect(said).toEqual([]);
  vi.advanceTimersByTime(2000);
  expect(said).toEqual([['verdict', 'error']]);
  vi.advanceTimersByTime(60_000);
  expect(said).toHaveLength(1);
});

test('a player that steps every 1.43 s is said when it stops, and what comes later by itself', () => {
  const said: (readonly string[])[] = [];
  const change = gather<string>((changed) => said.push(changed));
  for (let step = 0; step < 12; step += 1) {
    change('step');
    vi.advanceTimersByTime(1000 / 0.7);
  }
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1500);
  change('verdict');
  vi.advanceTimersByTime(1500);
  expect(said).toEqual([['step'], ['verdict']]);
});
