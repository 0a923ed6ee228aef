/**
 * Executable specification: production runs the SQL (database/functions/rights.sql);
 * opened-and-granted.parity.test.ts proves them equal.
 */
import { addMonths } from '../../platform/time.ts'

export interface Opened {
  readonly id: string
  /** Null: nobody at work did, such as an import. */
  readonly openedBy: string | null
  readonly createdOn: string
}
export interface Request {
  readonly by: Opened
  readonly decision: 'accepted' | 'refused' | 'withdrawn' | null
}
/** What others did of an account. */
export interface Seen {
  /** One of its grants, or itself, was confirmed. */
  readonly confirmed: boolean
  /** Who gave each of its grants. */
  readonly grantedBy: readonly (string | null)[]
  readonly requests: readonly Request[]
}

const isYoung = ({ createdOn }: Opened, today: string) => createdOn > addMonths(today, -3)

/**
 * Someone else of the structure vouched for it: neither itself, nor its opener, nor a young account of the same opener.
 * The SQL twin is ctx.seen_by_another.
 */
export const isSeenByAnother = (of: Opened, opener: string, seen: Seen, today: string): boolean =>
  seen.confirmed ||
  seen.grantedBy.some(by => by !== null && by !== opener) ||
  seen.requests.some(
    ({ by, decision }) =>
      by.id !== of.id &&
      by.id !== opener &&
      (decision === null || decision === 'accepted') &&
      (by.openedBy !== opener || !isYoung(by, today)),
  )

/**
 * What a grant asks for, given by that person: nothing, to wait for another account manager, or where there is none to
 * be told. The SQL twin is ctx.ask_second_for_opener.
 */
export const asksSecondForOpener = (
  to: Opened,
  given: { readonly by: string; readonly seen: Seen; readonly managers: readonly string[] },
  today: string,
): 'waits' | 'told' | null => {
  if (to.openedBy !== given.by || !isYoung(to, today) || isSeenByAnother(to, given.by, given.seen, today)) return null
  return given.managers.some(id => id !== given.by && id !== to.id) ? 'waits' : 'told'
}
