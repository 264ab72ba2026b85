import type { Locale } from '~/i18n/locale.ts';
import { sentences } from '../kit/words.ts';
import { gigabytes, plain } from './print.ts';
import type { Run } from './run.ts';
import { pipelineWords } from './words.ts';

/** Bars of the activations each stage holds at its fullest. The numbers stand beside the bars. */
export function Peaks({ locale, runs }: { locale: Locale; runs: readonly Run[] }) {
  const t = pipelineWords(locale);
  const most = Math.max(...runs.flatMap(({ timetable }) => timetable.peakHeld));
  return (
    <section class="pipe-peaks" aria-labelledby="pipe-peaks">
      <h3 id="pipe-peaks">{t.peakTitle}</h3>
      <div>
        {runs.map(({ schedule, timetable, bytes }) => (
          <table key={schedule} class="pipe-peak">
            <caption>{t.names[schedule]}</caption>
            <tbody>
              {timetable.peakHeld.map((held, rank) => {
                const memory = timetable.peakMemory[rank] as number;
                return (
                  <tr key={rank}>
                    <th scope="row">{t.stage(rank)}</th>
                    <td class="pipe-bar">
                      <i style={{ inlineSize: `${(100 * memory) / most}%` }} />
                    </td>
                    <td>{t.microBatches(plain(held))}</td>
                    <td>
                      <b>{gigabytes(memory * bytes)}</b>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        ))}
      </div>
      <p class="pipe-hint">
        {sentences(
          locale,
          t.peakNote,
          runs.some(({ schedule }) => schedule === 'dualpipe') && t.twoCopies,
        )}
      </p>
    </section>
  );
}
