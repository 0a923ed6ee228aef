import { settleConfirmations } from '../../../contract/people-and-rights/confirmations.ts'
import * as grants from '../../../contract/people-and-rights/grants.ts'
import * as people from '../../../contract/people-and-rights/people.ts'
import { decideReviewLines } from '../../../contract/people-and-rights/reviews.ts'
import type { Route } from '../../../contract/route.ts'
import type { Action } from '../../platform/action.ts'
import { keep } from './judge.ts'

const ofPerson = ({ id }: { id: string }) => [id]
const ofPersonBeside = ({ person }: { person: { id: string } }) => [person.id]
/** The acts that may correct an anomaly, and whose account each is about. */
const about = new Map<Route, (subject: any) => readonly string[]>([
  [people.editPerson, ofPersonBeside],
  [people.suspendPerson, ofPerson],
  [people.resumePerson, ofPerson],
  [people.liftInactivity, ofPerson],
  [people.recordDeparture, ofPerson],
  [grants.grantAccess, ofPerson],
  [grants.changeGrant, ofPersonBeside],
  [grants.endGrant, ofPersonBeside],
  [grants.decideGrantRequest, ofPersonBeside],
  [
    settleConfirmations,
    (waiting: readonly { accountId: string }[]) => [...new Set(waiting.map(one => one.accountId))].sort(),
  ],
  [
    decideReviewLines,
    ({ lines }: { lines: readonly { id: string }[] }) => [...new Set(lines.map(line => line.id))].sort(),
  ],
])

/**
 * Around such an act, in its transaction: what was wrong is written before it, and what it corrects after, with who did
 * it. So an anomaly that opened and was corrected between two nights, or while the nightly job was dead, is kept too
 * (ACC-14).
 */
export const keepingAnomalies = (action: Action): Action => {
  const accountsOf = about.get(action.route)
  if (!accountsOf) return action
  return {
    ...action,
    run: async (subject, input, context) => {
      const ids = accountsOf(subject)
      await keep(context, ids)
      const done = await action.run(subject, input, context)
      await keep(context, ids, context.viewer.accountId)
      return done
    },
  }
}
