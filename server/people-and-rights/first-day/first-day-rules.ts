import { addDays, parisDay } from '../../platform/time.ts'

/** An account is opened days before its person comes in: two months leave everyone the time to read. */
const offeredFor = 60

/** Whether the first day is offered on the home page: to new accounts, until they want it no more. */
export const isOffered = (
  { openedAt, dismissed }: { readonly openedAt: Date; readonly dismissed: boolean },
  today: string,
): boolean => !dismissed && today < addDays(parisDay(openedAt), offeredFor)
