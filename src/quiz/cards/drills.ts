import type { Drill, Solution } from '../drills/drill.ts';
import { seeded } from '../random.ts';

const drills = import.meta.glob<{ default: Drill<unknown> }>('../drills/*.ts');

export async function loadDrill(name: string): Promise<Drill<unknown>> {
  const found = drills[`../drills/${name}.ts`];
  if (!found) throw new Error(`no drill ${name}`);
  return (await found()).default;
}

/** The same question and answer for the same seed. */
export const solutionOf = (drill: Drill<unknown>, seed: number): Solution =>
  drill.solve(drill.draw(seeded(seed)));
