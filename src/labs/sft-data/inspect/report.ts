/** The report as a file. Nothing of an example's text is in it but what is masked. */
import { countKept, FINDINGS, type Finding, flagsOf } from '~/engines/sft-data/index.ts';
import type { Locale } from '~/i18n/locale.ts';
import { kindsOf, placeName, placesOf } from './places.ts';
import { percent, size, whole } from './print.ts';
import type { Report } from './useInspection.ts';
import { inspectWords } from './words.ts';

export function reportJson(
  { file, settings, inspection, map }: Report,
  removed: readonly Finding[],
): string {
  const { overlap, ...comparing } = settings;
  return `${JSON.stringify(
    {
      file: { name: file.name, bytes: file.size },
      settings: {
        ...comparing,
        overlap: overlap && {
          items: overlap.items.length,
          n: overlap.n,
          coverage: overlap.coverage,
        },
      },
      removed,
      kept: countKept(map, flagsOf(removed)),
      ...inspection,
    },
    null,
    2,
  )}\n`;
}

export function reportMarkdown(
  locale: Locale,
  report: Report,
  removed: readonly Finding[],
): string {
  const t = inspectWords(locale);
  const { file, settings, inspection, map } = report;
  const { near, lengths, overlap } = inspection;
  const name = plain(file.name);
  const [colon, comma, semicolon, stop] = locale === 'zh' ? '：，；。' : [': ', ', ', '; ', '. '];
  const kept = countKept(map, flagsOf(removed));
  const lines = [
    `# ${t.md.title(name)}`,
    '',
    t.verdict(name, whole(inspection.records), whole(inspection.clean)),
    t.facts(
      size(inspection.bytes),
      inspection.blank,
      inspection.formats
        .map(([format, count]) => t.formatCount(t.formats[format], whole(count)))
        .join(comma),
    ),
    ...(inspection.problem ? [t.fileProblems[inspection.problem]] : []),
    '',
    `| ${t.md.finding} | ${t.md.examples} |`,
    '| --- | ---: |',
    ...FINDINGS.map(
      (finding) => `| ${t.findings[finding]} | ${whole(inspection.flagged[finding])} |`,
    ),
    '',
    `${t.md.removed}${colon}${
      removed.map((finding) => t.findings[finding]).join(comma) || t.none
    }${stop}${t.stay(whole(kept), whole(inspection.records - kept))}`,
    '',
  ];
  for (const finding of FINDINGS) {
    const listed = inspection[finding];
    if (!listed || listed.total === 0) continue;
    lines.push(`## ${t.findings[finding]}`, '');
    const kinds = kindsOf(t, finding, inspection);
    if (kinds.length > 1) lines.push(kinds.map(plain).join(' · '), '');
    if (listed.total > listed.first.length) {
      lines.push(t.first(listed.first.length, whole(listed.total)), '');
    }
    for (const { number, what, code, more } of placesOf(t, finding, inspection)) {
      const details = [what, code && asCode(code), more && plain(more)].filter(Boolean);
      lines.push(`- ${placeName(t, inspection, number)}${colon}${details.join(' ')}`);
    }
    lines.push('');
  }
  lines.push(
    `## ${t.lengthsTitle}`,
    '',
    `${t.lengths(whole(lengths.median), whole(lengths.p95), whole(lengths.most))} ${t.lengthsNote}`,
    '',
    `| ${t.lengthsHead.join(' | ')} |`,
    '| --- | ---: |',
    ...lengths.bins.map(
      ({ from, to, count }) => `| ${whole(from)}–${whole(to)} | ${whole(count)} |`,
    ),
    '',
    `## ${t.md.settings}`,
    '',
    `- ${t.md.nearSettings(settings.b, settings.r, t.units[settings.unit], String(settings.threshold))}${semicolon}${t.parts[settings.part]}`,
    `- ${t.compared(whole(near.compared), whole(near.reached))}`,
    ...(near.tooShort > 0 ? [`- ${t.tooShort(whole(near.tooShort))}`] : []),
    ...(near.limited > 0 ? [`- ${t.limited(whole(near.limited))}`] : []),
    ...(overlap && settings.overlap
      ? [
          `- ${t.md.overlapSettings(settings.overlap.n, percent(settings.overlap.coverage))}`,
          `- ${t.overlapVerdict(
            whole(overlap.matched),
            whole(overlap.items),
            percent(overlap.matched / overlap.items, 1),
            whole(overlap.total),
          )}`,
        ]
      : []),
    '',
  );
  return lines.join('\n');
}

/** What stems from the file, so that no reader of Markdown takes it for markup. */
const plain = (text: string): string =>
  text.replace(/[\\`*_[\]<>|#]/g, '\\$&').replace(/\s+/g, ' ');

function asCode(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)));
  const inner = text.replace(/\s+/g, ' ');
  return inner.startsWith('`') || inner.endsWith('`')
    ? `${fence} ${inner} ${fence}`
    : fence + inner + fence;
}
