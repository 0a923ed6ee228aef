import { addMonths } from '../../platform/time.ts'
import { workingDayFrom } from '../../platform/working-days.ts'

/**
 * The last day to answer (article 12.3 of the GDPR): one month from the day of receipt, three once extended. Days are
 * YYYY-MM-DD, of Paris. Regulation 1182/71, article 3: a shorter month ends on its last day, and a last day that is a
 * Saturday, a Sunday or a public holiday moves to the working day that follows.
 */
export const answerBy = (receivedOn: string, extended: boolean): string =>
  workingDayFrom(addMonths(receivedOn, extended ? 3 : 1))

/** The last day on which the person may be told of an extension: the last one of the first month. */
export const extendableUntil = (receivedOn: string): string => answerBy(receivedOn, false)

/** The last day to answer, with or without an extension that the person was told of on `toldOn`. */
export const dueOn = (receivedOn: string, toldOn: string | undefined): string =>
  answerBy(receivedOn, toldOn !== undefined && extensionCounts(receivedOn, toldOn))

/** An extension lengthens the delay when the person was told of it in time: a corrected receipt may undo that. */
export const extensionCounts = (receivedOn: string, toldOn: string): boolean => toldOn <= extendableUntil(receivedOn)

/**
 * The nearest of the last days to answer; null: none waits. `received` is the first day of receipt of the requests that
 * are not extended, `extended` the days of those that are: a later receipt is never due earlier.
 */
export const firstDue = (
  received: string | null,
  extended: readonly { readonly receivedOn: string; readonly toldOn: string }[],
): string | null =>
  [
    ...(received === null ? [] : [answerBy(received, false)]),
    ...extended.map(one => dueOn(one.receivedOn, one.toldOn)),
  ].sort()[0] ?? null

/** Late from the day after the last one, until the answer is noted. */
export const isLate = (
  {
    receivedOn,
    extended,
    answered,
  }: { readonly receivedOn: string; readonly extended: boolean; readonly answered: boolean },
  today: string,
): boolean => !answered && today > answerBy(receivedOn, extended)
