import type { Static } from 'typebox'
import type { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import type { Db } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { isRefused } from './answers.queries.ts'
import { accountName, memberAccount, type NewMember } from './rgc.queries.ts'

export const tidy = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

type Asked = Static<typeof proposeDeed.body>['members']
/**
 * The account of each person, opened where they have none; refused, of another structure or not permanent, none is.
 * `organisationId`: the structure whose paper is entered; null: one's own.
 */
export const nameMembers = async (
  db: Db,
  asked: Asked,
  conventionId: string,
  organisationId: string | null,
  newId: () => string,
) => {
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
    const accountId = await memberAccount(db, newId(), named, organisationId)
    if (!accountId) throw new Refused('rgc/not-of-the-structure')
    if (await isRefused(db, conventionId, { ...named, accountId })) throw new Refused('rgc/refused-person')
    members.push({ ...named, accountId, accountName: await accountName(db, accountId) })
  }
  return members
}
