import { compareEvents, SCHEMA, type StoredEvent } from './events.ts';
import { checkEvent, isRecord, type Problem } from './validate.ts';

const FORMAT = 'llm-interview-lab/progress';

/** Larger files are refused unread. 100,000 reviews are about 12 MB. */
export const MAX_CHARACTERS = 50_000_000;

/** Problems after these are not listed: the file is refused anyway. */
const MAX_PROBLEMS = 20;

/** The file a reader keeps: JSON, one event a line, in order; the same events give the same text. */
export function exportProgress(events: readonly StoredEvent[]): string {
  const lines = [...events].sort(compareEvents).map((event) => JSON.stringify(event));
  const head = `"format":${JSON.stringify(FORMAT)},"schema":${SCHEMA}`;
  return `{${head},"events":[${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}]}\n`;
}

export interface ImportPreview {
  /** Events that are not here yet; none when there is a problem. `store.appendAll(add)` imports them. */
  add: StoredEvent[];
  /** How many are here already. */
  known: number;
  /** Empty when the file may be imported; at most 20. */
  problems: Problem[];
}

/**
 * What importing a file would add to `present`. The file counts whole or not at all; nothing is changed
 * here and nothing is thrown, whatever the text holds.
 */
export function previewImport(text: string, present: readonly StoredEvent[]): ImportPreview {
  const problems: Problem[] = [];
  const refused = (): ImportPreview => ({
    add: [],
    known: 0,
    problems: problems.slice(0, MAX_PROBLEMS),
  });
  const refuse = (problem: Problem): ImportPreview => {
    problems.push(problem);
    return refused();
  };

  if (text.length > MAX_CHARACTERS) {
    return refuse({
      place: 'file',
      problem: 'too-large',
      value: String(text.length),
      allowed: `at most ${MAX_CHARACTERS} characters`,
    });
  }
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse({ place: lineOf(text, error), problem: 'not-json' });
  }
  if (!isRecord(file) || file['format'] !== FORMAT || !Array.isArray(file['events'])) {
    return refuse({ place: 'file', problem: 'not-progress', allowed: `"format": "${FORMAT}"` });
  }
  if (!Number.isInteger(file['schema']) || (file['schema'] as number) < 1) {
    return refuse({ place: 'schema', problem: 'not-allowed', allowed: 'whole number from 1' });
  }
  for (const key of Object.keys(file)) {
    // A newer version may say more about the file; its events are kept all the same.
    if (!['format', 'schema', 'events'].includes(key) && (file['schema'] as number) <= SCHEMA) {
      return refuse({ place: key.slice(0, 60), problem: 'unknown-field' });
    }
  }

  const here = new Map(present.map((event) => [event.id, event]));
  const fresh = new Map<string, StoredEvent>();
  let known = 0;
  for (const [i, event] of (file['events'] as unknown[]).entries()) {
    const place = `events[${i}]`;
    if (!checkEvent(event, place, problems)) {
      if (problems.length >= MAX_PROBLEMS) break;
      continue;
    }
    const other = here.get(event.id) ?? fresh.get(event.id);
    if (other === undefined) fresh.set(event.id, event);
    else if (canonical(other) !== canonical(event)) {
      problems.push({ place, problem: 'conflict', value: event.id });
    } else if (here.has(event.id)) known += 1;
  }
  return problems.length > 0 ? refused() : { add: [...fresh.values()], known, problems };
}

/** The line a parser stopped at, where it tells. */
function lineOf(text: string, error: unknown): string {
  const position = /position (\d+)/.exec(String(error))?.[1];
  const line = /line (\d+)/.exec(String(error))?.[1];
  if (line !== undefined) return `line ${line}`;
  if (position === undefined)
    return /end/.test(String(error)) ? `line ${text.split('\n').length}` : 'file';
  return `line ${text.slice(0, Number(position)).split('\n').length}`;
}

/** The same text for the same content, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(value).sort();
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
