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

/**
 * The nearest of the last days to answer, from the first day of receipt of requests of either sort; null: none waits. A
 * later receipt is never due earlier, so the first one received of each sort is enough.
 */
export const firstDue = (received: string | null, extended: string | null): string | null =>
  [received && answerBy(received, false), extended && answerBy(extended, true)].filter(day => day !== null).sort()[0] ??
  null

/** Late from the day after the last one, until the answer is noted. */
export const isLate = (
  {
    receivedOn,
    extended,
    answered,
  }: { readonly receivedOn: string; readonly extended: boolean; readonly answered: boolean },
  today: string,
): boolean => !answered && today > answerBy(receivedOn, extended)
