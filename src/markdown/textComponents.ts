/**
 * The closed set of components an author may use, with their attributes. `required` and `optional`
 * are checked before a build; where an element must stand says `within`.
 */
export interface TextComponent {
  required?: readonly string[];
  optional?: readonly string[];
  /** Only allowed directly or indirectly inside one of these. */
  within?: readonly string[];
  /** Only allowed in these kinds of text. */
  in?: readonly TextKind[];
}

export type TextKind = 'topic' | 'question' | 'lab';

export const TEXT_COMPONENTS: Readonly<Record<string, TextComponent>> = {
  Say: { required: ['for'], in: ['topic'] },
  DeepDive: { in: ['topic'] },
  Pitfalls: { in: ['topic'] },
  Pitfall: { required: ['id', 'wrong'], within: ['Pitfalls'] },
  Cite: { required: ['ref'], optional: ['at'] },
  Term: { required: ['id'] },
  Note: {},
  Engine: { required: ['call'], optional: ['with', 'pick', 'as', 'digits'] },
  Figure: { required: ['name'] },
  Prompt: { in: ['question'] },
  Hint: { in: ['question'] },
  Answer: { in: ['question'] },
  KeyPoint: { required: ['id'], in: ['question'] },
  Option: { required: ['id'], in: ['question'] },
  Why: { within: ['Option'] },
  Solution: { in: ['question'] },
  Drawn: { required: ['name'], within: ['Prompt', 'Solution', 'Hint'] },
};

export const SAY_FOR = ['30s', '2min'] as const;
