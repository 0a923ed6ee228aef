import { randomBytes } from 'node:crypto'
import type { Static } from 'typebox'
import type { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import type { Db } from '../../platform/database.ts'
import { Refused } from '../../platform/errors.ts'
import { obstacleOf } from './answers.queries.ts'
import { obstacleRefusals, signatoryAlone } from './deed-rules.ts'
import { accountName, memberAccount, type NewMember } from './rgc.queries.ts'

export const tidy = (text: string) => text.trim().replaceAll(/\s+/g, ' ')

type Asked = Static<typeof proposeDeed.body>['members']
interface Naming {
  readonly id: string
  readonly signatories: readonly { readonly id: string }[]
  /** One's own structure; else, the one whose paper the operator enters. */
  readonly own: boolean
}
/**
 * The account of each person, opened where they have none; each date of birth with a salt of its own.
 * Of another structure, with an obstacle, or the only signatory named alone, the deed is refused.
 */
export const nameMembers = async (db: Db, asked: Asked, structure: Naming, newId: () => string) => {
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
      birthSalt: randomBytes(16),
    }
    const accountId = await memberAccount(db, newId(), named, structure.own ? null : structure.id)
    if (!accountId) throw new Refused('rgc/not-of-the-structure')
    const obstacle = await obstacleOf(db, structure.id, { ...named, accountId })
    if (obstacle) throw new Refused(obstacleRefusals[obstacle])
    members.push({ ...named, accountId, accountName: await accountName(db, accountId) })
  }
  const signing = structure.signatories.map(s => s.id)
  if (
    signatoryAlone(
      members.map(m => m.accountId),
      signing,
    )
  )
    throw new Refused('rgc/signatory-alone')
  return members
}
