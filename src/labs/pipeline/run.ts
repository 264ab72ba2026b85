import type { Timetable, TimetableInput, TimetableName } from '~/engines/pipeline/index.ts';

/** One of the schedules on show. */
export interface Run {
  schedule: TimetableName;
  input: TimetableInput;
  timetable: Timetable;
  /** Activations of one micro-batch on one whole stage. */
  bytes: number;
}
