import { tellPerson } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { saveStatus } from '../accounts/accounts.queries.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'
import { grantWaits } from '../confirmations/confirmations.queries.ts'
import { changedMail, endedMail } from '../grants/grants.mails.ts'
import { endGrants, findGrant, insertFollowing } from '../grants/grants.queries.ts'
import { perimeterWithin } from '../organisations/ceiling.queries.ts'
import { endAccount } from '../people/departures.ts'
import { statusMail } from '../people/people.mails.ts'
import { endSessionsOf, findPerson } from '../people/people.queries.ts'
import type { LineRow } from './review-facts.ts'
import type { Decision } from './reviews.queries.ts'

/** Makes the rights what was decided. What ended meanwhile stays ended: the decision is kept all the same. */
export const correct = async (
  line: LineRow,
  followed: readonly LineRow[],
  { decision, toProfile, reason, by }: Decision,
  context: Context,
): Promise<void> => {
  if (decision === 'keep') return
  if (line.grantId !== null) return correctGrant(line, decision === 'reduce' ? toProfile : null, reason!, by, context)
  const { db, now, newId } = context
  const person = found(await findPerson(db, line.id))
  if (person.status === 'deleted') return // left since the review started: nothing may open that account again
  if (decision === 'delete') {
    await endAccount(person, 'departure', reason!, context)
    return
  }
  if (followed.length > 0)
    await endGrants(
      db,
      followed.map(f => f.grantId!),
      by,
      reason!,
    )
  await saveStatus(db, line.id, 'suspended', reason!)
  await endSessionsOf(db, line.id)
  await tellPerson(db, statusMail(line.id, 'suspended', reason!), { newId, now })
}

/** A grant is never rewritten: the old one ends, and a smaller one follows it. */
const correctGrant = async (
  { grantId, id, function: ofFunction }: LineRow,
  toProfile: LineRow['toProfile'],
  reason: string,
  by: string,
  { db, now, today, newId }: Context,
) => {
  const grant = await findGrant(db, grantId!)
  if (grant && !grant.revokedAt && toProfile !== null && !(await perimeterWithin(db, grant)))
    throw new Refused('territory/beyond-structure')
  if (!grant || (await endGrants(db, [grant.id], by, reason)) === 0) return
  if (toProfile === null) {
    await tellPerson(db, endedMail(id, grant.tool, reason), { newId, now })
    return
  }
  const following = newId()
  await insertFollowing(db, grant.id, {
    id: following,
    profile: toProfile,
    beyondFunction: exceedsFunction(ofFunction, grant.tool, toProfile),
    grantedBy: by,
    today,
  })
  await tellPerson(
    db,
    changedMail(
      id,
      { ...grant, profile: toProfile, startsOn: grant.startsOn > today ? grant.startsOn : today, reason },
      await grantWaits(db, following),
    ),
    { newId, now },
  )
}
