import type { Static } from 'typebox'
import type { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import type { Db } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { obstacleOf } from './answers.queries.ts'
import { obstacleRefusals } from './deed-rules.ts'
import { accountName, memberAccount, type NewMember } from './rgc.queries.ts'

export const tidy = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

type Asked = Static<typeof proposeDeed.body>['members']
/**
 * The account of each person, opened where they have none; of another structure or with an obstacle, the deed is refused.
 * `own`: of one's own structure; else, the one whose paper the CSSI enters.
 */
export const nameMembers = async (db: Db, asked: Asked, organisationId: string, own: boolean, newId: () => string) => {
  const members: NewMember[] = []
  for (const [n, m] of asked.entries()) {
    const named = {
      position: m.position,
      rank: n + 1,
      givenName: tidy(m.givenName),
      familyName: tidy(m.familyName),
      phone: tidy(m.telephone),
      email: m.email.trim().toLowerCase(),
      bornOn: m.bornOn,
    }
    const accountId = await memberAccount(db, newId(), named, own ? null : organisationId)
    if (!accountId) throw new Refused('rgc/not-of-the-structure')
    const obstacle = await obstacleOf(db, organisationId, { ...named, accountId })
    if (obstacle) throw new Refused(obstacleRefusals[obstacle])
    members.push({ ...named, accountId, accountName: await accountName(db, accountId) })
  }
  return members
}
