import { found, Refused } from '../../platform/errors.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import * as grantActs from '../grants/acts.ts'
import { findGrant } from '../grants/grants.queries.ts'
import { perimeterWithin } from '../organisations/ceiling.queries.ts'
import * as accountActs from '../people/acts.ts'
import { findPerson } from '../people/people.queries.ts'
import type { LineRow } from './review-facts.ts'
import type { Decision } from './reviews.queries.ts'

/**
 * Makes the rights what was decided, by the acts of the other screens. What ended meanwhile stays ended: the decision
 * is kept all the same. The trail has one entry a line, `review.decided`, in the place of those of the acts.
 */
export const correct = async (
  line: LineRow,
  followed: readonly LineRow[],
  { decision, toProfile, reason }: Decision,
  during: Correcting,
): Promise<void> => {
  if (decision === 'keep') return
  if (line.grantId !== null)
    return correctGrant(line.grantId, line, decision === 'reduce' ? toProfile : null, reason!, during)
  const person = found(await findPerson(during.db, line.id))
  if (person.status === 'deleted') return // left since the review started: nothing may open that account again
  if (decision === 'delete') {
    await accountActs.end(person, 'departure', reason!, during)
    return
  }
  await grantActs.endWithAccount(
    followed.map(f => f.grantId!),
    reason!,
    during,
  )
  await accountActs.suspend(line.id, reason!, during)
}

/** Ended; or reduced: the same grant with a smaller profile, from today or from its start when that is to come. */
const correctGrant = async (
  grantId: string,
  { function: ofFunction }: LineRow,
  toProfile: LineRow['toProfile'],
  reason: string,
  during: Correcting,
) => {
  const { db, viewer, today, newId } = during
  const grant = await findGrant(db, grantId)
  if (!grant || grant.revokedAt) return
  if (toProfile === null) {
    await grantActs.end(grant, reason, during)
    return
  }
  if (!(await perimeterWithin(db, grant))) throw new Refused('territory/beyond-structure')
  const { grantedAt: _1, revokedAt: _2, ...same } = grant
  await grantActs.change(
    {
      ...same,
      id: newId(),
      profile: toProfile,
      startsOn: grant.startsOn > today ? grant.startsOn : today,
      beyondFunction: exceedsFunction(ofFunction, grant.tool, toProfile),
      grantedBy: viewer.accountId,
      replaces: grant.id,
    },
    reason,
    during,
  )
}
