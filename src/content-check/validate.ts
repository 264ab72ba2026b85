import type { z } from 'astro/zod';
import type { Problem } from './problem.ts';

interface Issue {
  code?: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
  values?: unknown[];
  expected?: string;
  errors?: Issue[][];
  input?: unknown;
}

/** Checks `value` against a schema; each issue becomes one line that names the field and what is allowed. */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  file: string,
): { data?: z.infer<S>; problems: Problem[] } {
  const result = schema.safeParse(value);
  if (result.success) return { data: result.data, problems: [] };
  const issues = result.error.issues as unknown as Issue[];
  return {
    problems: issues.map((issue) => ({
      file,
      field: fieldName(issue),
      message: explain(issue, value, allowedKeys(schema, value)),
    })),
  };
}

function fieldName(issue: Issue): string {
  const path =
    issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys?.[0] ?? ''] : issue.path;
  return path.map(String).join('.') || 'file';
}

function explain(issue: Issue, value: unknown, keys: string[]): string {
  const got = issue.path.reduce<unknown>((at, key) => Object(at)[key], value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key; allowed: ${keys.join(', ')}`;
    case 'invalid_value':
      return `got ${show(got)}; allowed: ${(issue.values ?? []).map(show).join(', ')}`;
    case 'invalid_union': {
      const values = issue.errors?.flat().flatMap((e) => e.values ?? []) ?? [];
      if (values.length > 0) return `got ${show(got)}; allowed: ${values.map(show).join(', ')}`;
      const discriminators = /Expected (.+)$/.exec(issue.message)?.[1]?.replaceAll(' | ', ', ');
      return `got ${show(got)}; ${discriminators ? `allowed: ${discriminators}` : issue.message}`;
    }
    case 'invalid_type':
      return got === undefined
        ? `missing; allowed: ${issue.expected}`
        : `got ${show(got)}; allowed: ${issue.expected}`;
    default:
      return issue.message.startsWith('allowed')
        ? `got ${show(got)}; ${issue.message}`
        : issue.message;
  }
}

/** Keys of the (chosen branch of the) schema, for the message about an unknown one. */
function allowedKeys(schema: z.ZodType, value: unknown): string[] {
  const { def } = schema as unknown as {
    def: {
      shape?: Record<string, unknown>;
      options?: { def: { shape: Record<string, { def: { values?: unknown[] } }> } }[];
    };
  };
  if (def.shape) return Object.keys(def.shape);
  const kind = Object(value)['kind'];
  const branch = def.options?.find((option) =>
    option.def.shape['kind']?.def.values?.includes(kind),
  );
  return Object.keys(branch?.def.shape ?? {});
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
