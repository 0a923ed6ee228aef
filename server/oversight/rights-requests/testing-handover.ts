import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Person } from '../../testing/house.ts'
import type { Register } from './testing.ts'

export const identity = { checkedOn: '2026-06-08', manner: 'known' }

/** The operator hands a request to a partner at nine; it is ten afterwards. */
export const handed = async (register: Register): Promise<string> => {
  register.at('2026-06-08T09:00:00Z')
  const { id } = await register.entered(register.operatorDpd, { kind: 'access' })
  await register.ok(register.operatorDpd, `/${id}/handover`, { toOrganisationId: register.structures.other })
  register.at('2026-06-08T10:00:00Z')
  return id
}

/** What the function answers to this person, undone after. */
export const endStraight = async (register: Register, who: Person, id: string, back: boolean): Promise<string> => {
  const tx = await register.house.database.begin()
  try {
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    return (await tx.first(
      sql<{
        outcome: string
      }>`select end_rights_handover(${id}::uuid, ${back}, 'x') as outcome`,
    ))!.outcome
  } finally {
    await tx.rollback()
  }
}
