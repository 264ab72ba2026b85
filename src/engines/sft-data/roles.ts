import type { Turn } from './example.ts';

export const ROLE_PROBLEMS = [
  'systemNotFirst',
  'assistantFirst',
  'userTwice',
  'assistantTwice',
  'toolWithoutCall',
  'noAnswer',
  'lastNotAssistant',
] as const;
/** What is wrong with the order of a conversation's roles; most chat templates refuse it or mask it wrongly. */
export type RoleProblem = (typeof ROLE_PROBLEMS)[number];

export const EMPTY_PROBLEMS = ['emptyAnswer', 'emptyPrompt'] as const;
export type EmptyProblem = (typeof EMPTY_PROBLEMS)[number];

/** Each problem with the place (from 0) of the first turn that has it. */
export function roleProblems(turns: readonly Turn[]): Map<RoleProblem, number> {
  const found = new Map<RoleProblem, number>();
  const note = (problem: RoleProblem, at: number): void => {
    if (!found.has(problem)) found.set(problem, at);
  };
  let before: Turn | undefined;
  /** The latest user or assistant. */
  let speaker: Turn | undefined;
  turns.forEach((turn, at) => {
    if (turn.role === 'system' && at > 0) note('systemNotFirst', at);
    if (turn.role === 'assistant' && speaker === undefined) {
      note('assistantFirst', at);
    }
    if (turn.role === 'user' && before?.role === 'user') note('userTwice', at);
    if (turn.role === 'assistant' && before?.role === 'assistant') note('assistantTwice', at);
    if (turn.role === 'tool' && !(speaker?.role === 'assistant' && speaker.calls)) {
      note('toolWithoutCall', at);
    }
    before = turn;
    if (turn.role === 'user' || turn.role === 'assistant') speaker = turn;
  });
  const last = turns.length - 1;
  if (!turns.some(({ role }) => role === 'assistant')) note('noAnswer', last);
  else if (turns[last]?.role !== 'assistant') note('lastNotAssistant', last);
  return found;
}

/** Turns that say nothing but white space, though they should. */
export function emptyProblems(turns: readonly Turn[]): Map<EmptyProblem, number> {
  const found = new Map<EmptyProblem, number>();
  turns.forEach(({ role, text, calls }, at) => {
    if (/\S/.test(text)) return;
    const problem =
      role === 'assistant' && !calls ? 'emptyAnswer' : role === 'user' ? 'emptyPrompt' : undefined;
    if (problem && !found.has(problem)) found.set(problem, at);
  });
  return found;
}
