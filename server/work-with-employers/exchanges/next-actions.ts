export interface DueAction {
  readonly dueOn: string
  /** `HH:MM` in Europe/Paris; null for any time of that day. */
  readonly dueAt: string | null
  readonly doneAt: Date | null
}
/** The day and the time of now in Europe/Paris. */
export interface ParisMoment {
  readonly day: string
  readonly time: string
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
export const parisMoment = (now: Date, day: string): ParisMoment => ({ day, time: clock.format(now) })

/** Late once its day is over, or its hour when it has one. The SQL twin is lateWhen. */
export const isLate = (action: DueAction, now: ParisMoment): boolean =>
  action.doneAt === null &&
  (action.dueOn < now.day || (action.dueOn === now.day && action.dueAt !== null && action.dueAt < now.time))
