import { found, Refused } from '../../platform/errors.ts'
import { exceedsFunction } from '../accounts/smallest-profile-rules.ts'
import type { Correcting } from '../anomalies/correcting.ts'
import * as grantActs from '../grants/acts.ts'
import { alikeHeld, findGrant } from '../grants/grants.queries.ts'
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
  { decision, toProfile, toTerritoryId, cause, reason }: Decision,
  during: Correcting,
): Promise<void> => {
  if (decision === 'keep') return
  if (line.grantId !== null)
    return correctGrant(line.grantId, line, { decision, toProfile, toTerritoryId, reason: reason! }, during)
  const person = found(await findPerson(during.db, line.id))
  if (person.status === 'deleted') return // left since the review started: nothing may open that account again
  if (decision === 'delete') {
    await accountActs.end(person, cause ?? 'departure', reason!, during)
    return
  }
  await grantActs.endWithAccount(
    followed.map(f => f.grantId!),
    reason!,
    during,
  )
  await accountActs.suspend(person, reason!, during)
}

/** Ended, suspended, or reduced: the same grant with a smaller profile or perimeter, from today or from its start when to come. */
const correctGrant = async (
  grantId: string,
  { function: ofFunction }: LineRow,
  {
    decision,
    toProfile,
    toTerritoryId,
    reason,
  }: Pick<Decision, 'decision' | 'toProfile' | 'toTerritoryId'> & { readonly reason: string },
  during: Correcting,
) => {
  const { db, viewer, today, newId } = during
  const grant = await findGrant(db, grantId)
  if (!grant || grant.revokedAt) return
  if (decision !== 'reduce') {
    await (decision === 'suspend' ? grantActs.suspend : grantActs.end)(grant, reason, during)
    return
  }
  const { territoryId, agencyId } = grant
  const perimeter = toTerritoryId === null ? { territoryId, agencyId } : { territoryId: toTerritoryId, agencyId: null }
  const profile = toProfile ?? grant.profile
  if (!(await perimeterWithin(db, perimeter))) throw new Refused('territory/beyond-structure')
  if (toTerritoryId !== null && (await alikeHeld(db, { ...grant, ...perimeter }, grant.id, today)))
    throw new Refused('grant/already')
  const { grantedAt: _1, revokedAt: _2, suspended: _3, ...same } = grant
  await grantActs.change(
    {
      ...same,
      id: newId(),
      profile,
      ...perimeter,
      startsOn: grant.startsOn > today ? grant.startsOn : today,
      beyondFunction: exceedsFunction(ofFunction, grant.tool, profile),
      grantedBy: viewer.accountId,
      replaces: grant.id,
    },
    reason,
    during,
  )
}
