/** Findings in words, for the page and for the report. */
import type { Finding, Inspection } from '~/engines/sft-data/index.ts';
import { percent, whole } from './print.ts';
import type { InspectWords } from './words.ts';

/** One place of a finding. `code` and `more` may stem from the file: they are text and nothing else. */
export interface Place {
  number: number;
  what: string;
  code?: string;
  more?: string;
}

export function placeName(t: InspectWords, { kind }: Inspection, number: number): string {
  return kind === 'list' ? t.item(number) : t.line(number);
}

/** Kinds of a finding with their counts; none where there is only one. */
export function kindsOf(t: InspectWords, finding: Finding, inspection: Inspection): string[] {
  if (finding === 'exact' || finding === 'near' || finding === 'overlap') return [];
  const names = t[finding] as Record<string, string>;
  return inspection[finding].kinds.map(([code, count]) =>
    t.kinds(names[code] ?? code, whole(count)),
  );
}

export function placesOf(t: InspectWords, finding: Finding, inspection: Inspection): Place[] {
  switch (finding) {
    case 'schema':
      return inspection.schema.first.map(({ number, code, at, found }) => ({
        number,
        what: t.schema[code],
        code: at,
        more: code === 'notJson' ? found && t.character(found) : t.found[code]?.(found),
      }));
    case 'roles':
      return inspection.roles.first.map(({ number, code, turn }) => ({
        number,
        what: t.roles[code],
        more: t.turn(turn),
      }));
    case 'empty':
      return inspection.empty.first.map(({ number, code, turn }) => ({
        number,
        what: t.empty[code],
        more: t.turn(turn),
      }));
    case 'pii':
      return inspection.pii.first.map(({ number, rule, masked }) => ({
        number,
        what: t.pii[rule],
        code: masked,
      }));
    case 'exact':
      return inspection.exact.first.map(({ number, of }) => ({
        number,
        what: t.copyOf(placeName(t, inspection, of)),
      }));
    case 'near':
      return inspection.near.first.map(({ number, of, jaccard }) => ({
        number,
        what: t.like(placeName(t, inspection, of), jaccard.toFixed(2)),
      }));
    case 'overlap':
      return (inspection.overlap?.first ?? []).map(({ number, item, coverage }) => ({
        number,
        what: t.overlapWith(item, percent(coverage)),
      }));
  }
}
