import { DAY, endOfDay } from './schedule.ts';

/**
 * The day of the interview, YYYY-MM-DD in the reader's calendar, as the moment recall is aimed at: nine in
 * the morning of that day, epoch ms.
 * @throws RangeError when it is not a day of the calendar.
 */
export function interviewMoment(day: string): number {
  const moment = new Date(`${day}T09:00:00`);
  const [year, month, date] = day.split('-').map(Number);
  const same =
    /^\d{4}-\d{2}-\d{2}$/.test(day) &&
    moment.getFullYear() === year &&
    moment.getMonth() + 1 === month &&
    moment.getDate() === date;
  if (!same) throw new RangeError(`day is "${day}"; allowed: a day as YYYY-MM-DD`);
  return moment.getTime();
}

/** Days of study from now to the interview, today included; 0 when its morning has come. */
export function daysLeft(moment: number, now: number): number {
  if (now >= moment) return 0;
  return 1 + Math.max(0, Math.round((endOfDay(moment) - endOfDay(now)) / DAY) - 1);
}
